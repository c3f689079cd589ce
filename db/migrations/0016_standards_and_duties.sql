CREATE TABLE "standard_filed" (
	"drug_id" integer PRIMARY KEY NOT NULL,
	"author" text NOT NULL,
	"rules" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standard_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"drug_id" integer NOT NULL,
	"version" integer NOT NULL,
	"origin" text NOT NULL,
	"author" text NOT NULL,
	"account" text,
	"role" text,
	"why" text,
	"rules" jsonb NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	CONSTRAINT "standard_version_drug_id_version_unique" UNIQUE("drug_id","version")
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"data" jsonb NOT NULL,
	"asked" boolean DEFAULT true NOT NULL,
	CONSTRAINT "duty_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "duty_entry" (
	"id" serial PRIMARY KEY NOT NULL,
	"duty_id" integer NOT NULL,
	"institution_id" integer NOT NULL,
	"version" integer NOT NULL,
	"convened" boolean NOT NULL,
	"convened_on" date,
	"outcomes" jsonb NOT NULL,
	"note" text,
	"said_by" text NOT NULL,
	"role" text NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	CONSTRAINT "duty_entry_duty_id_institution_id_version_unique" UNIQUE("duty_id","institution_id","version")
);
--> statement-breakpoint
ALTER TABLE "standard_filed" ADD CONSTRAINT "standard_filed_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_version" ADD CONSTRAINT "standard_version_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty" ADD CONSTRAINT "duty_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_entry" ADD CONSTRAINT "duty_entry_duty_id_duty_id_fk" FOREIGN KEY ("duty_id") REFERENCES "public"."duty"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_entry" ADD CONSTRAINT "duty_entry_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "standard_version_known" ON "standard_version" USING btree ("drug_id") WHERE known_to is null;--> statement-breakpoint
CREATE UNIQUE INDEX "duty_entry_known" ON "duty_entry" USING btree ("duty_id","institution_id") WHERE known_to is null;--> statement-breakpoint
CREATE INDEX "duty_entry_institution" ON "duty_entry" USING btree ("institution_id");--> statement-breakpoint
-- By hand, from here to the end: what was a row a rule becomes a version a drug, with what its files said last; then the rows go.
INSERT INTO "standard_version" ("drug_id", "version", "origin", "author", "rules", "known_from", "known_to")
SELECT drug_id, row_number() OVER (PARTITION BY drug_id ORDER BY known_from), 'edition', string_agg(DISTINCT author, '; '),
	jsonb_agg(jsonb_build_object('from', from_day::text, 'units', units, 'kinds', kinds, 'eligibleOnly', eligible_only, 'minInstitutions', min_institutions, 'minCities', min_cities, 'reach', NULL, 'servedBy', '[]'::jsonb, 'reason', reason) ORDER BY id),
	known_from, known_to
FROM "standard" GROUP BY drug_id, known_from, known_to;--> statement-breakpoint
INSERT INTO "standard_filed" ("drug_id", "author", "rules") SELECT drug_id, author, rules FROM "standard_version" WHERE known_to IS NULL;--> statement-breakpoint
DROP TABLE "standard" CASCADE;
