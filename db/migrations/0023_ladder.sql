CREATE TABLE "ladder_fact" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"rung" text NOT NULL,
	"drug_id" integer,
	"unit_id" integer,
	"city_id" integer,
	"origin" text NOT NULL,
	"company_id" integer,
	CONSTRAINT "ladder_fact_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "ladder_fact_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"fact_id" integer NOT NULL,
	"version" integer NOT NULL,
	"says" text NOT NULL,
	"detail" jsonb NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"exact" boolean NOT NULL,
	"source" jsonb NOT NULL,
	"note" jsonb,
	"said_by" text NOT NULL,
	"office" jsonb,
	"standing" text NOT NULL,
	"decided_by" text,
	"decided_office" jsonb,
	"decided_at" timestamp with time zone,
	"reason" text,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	CONSTRAINT "ladder_fact_version_fact_id_version_unique" UNIQUE("fact_id","version")
);
--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact_version" ADD CONSTRAINT "ladder_fact_version_fact_id_ladder_fact_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."ladder_fact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ladder_fact_drug" ON "ladder_fact" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "ladder_fact_unit" ON "ladder_fact" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ladder_fact_version_known" ON "ladder_fact_version" USING btree ("fact_id") WHERE known_to is null;