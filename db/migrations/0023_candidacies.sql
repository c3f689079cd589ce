CREATE TABLE "candidacy" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"edition_id" integer NOT NULL,
	"substance" text NOT NULL,
	"company_id" integer,
	"drug_id" integer,
	"filed" jsonb,
	CONSTRAINT "candidacy_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "candidacy_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"candidacy_id" integer NOT NULL,
	"version" integer NOT NULL,
	"about" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"public_from" date,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	"entered_by" text NOT NULL,
	CONSTRAINT "candidacy_version_candidacy_id_version_unique" UNIQUE("candidacy_id","version")
);
--> statement-breakpoint
CREATE TABLE "listing_edition" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "listing_edition_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "listing_edition_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"edition_id" integer NOT NULL,
	"place" integer NOT NULL,
	"data" jsonb NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_edition_id_listing_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."listing_edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy_version" ADD CONSTRAINT "candidacy_version_candidacy_id_candidacy_id_fk" FOREIGN KEY ("candidacy_id") REFERENCES "public"."candidacy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_edition" ADD CONSTRAINT "listing_edition_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_edition_version" ADD CONSTRAINT "listing_edition_version_edition_id_listing_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."listing_edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "candidacy_substance" ON "candidacy" USING btree ("list_id","substance");--> statement-breakpoint
CREATE UNIQUE INDEX "candidacy_version_known" ON "candidacy_version" USING btree ("candidacy_id") WHERE known_to is null;--> statement-breakpoint
CREATE UNIQUE INDEX "listing_edition_version_known" ON "listing_edition_version" USING btree ("edition_id") WHERE known_to is null;--> statement-breakpoint
CREATE INDEX "listing_edition_version_edition" ON "listing_edition_version" USING btree ("edition_id");