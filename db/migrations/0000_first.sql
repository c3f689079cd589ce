CREATE TABLE "city_slot" (
	"area_id" integer NOT NULL,
	"slot" smallint NOT NULL,
	"city_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	CONSTRAINT "city_slot_area_id_slot_unique" UNIQUE("area_id","slot"),
	CONSTRAINT "city_slot_city_id_unit_id_unique" UNIQUE("city_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "region" (
	"id" serial PRIMARY KEY NOT NULL,
	"region_set_id" integer NOT NULL,
	"code" text NOT NULL,
	"level" text NOT NULL,
	"parent" text,
	"name" jsonb NOT NULL,
	"population" integer,
	"latitude" double precision,
	"longitude" double precision,
	CONSTRAINT "region_region_set_id_code_unique" UNIQUE("region_set_id","code")
);
--> statement-breakpoint
CREATE TABLE "region_set" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"time_zone" text NOT NULL,
	"thresholds" jsonb NOT NULL,
	"geometry_source" jsonb NOT NULL,
	"population_source" jsonb,
	"masters_version" integer DEFAULT 1 NOT NULL,
	"out_of_scope" jsonb NOT NULL,
	CONSTRAINT "region_set_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "unit" (
	"id" serial PRIMARY KEY NOT NULL,
	"region_set_id" integer NOT NULL,
	"code" text NOT NULL,
	"slot" smallint NOT NULL,
	"name" jsonb NOT NULL,
	"full_name" jsonb NOT NULL,
	"polygon" boolean NOT NULL,
	CONSTRAINT "unit_region_set_id_code_unique" UNIQUE("region_set_id","code"),
	CONSTRAINT "unit_region_set_id_slot_unique" UNIQUE("region_set_id","slot")
);
--> statement-breakpoint
CREATE TABLE "list" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"region_set_id" integer NOT NULL,
	"name" jsonb NOT NULL,
	"document" jsonb,
	"time_zone" text NOT NULL,
	"in_force" date NOT NULL,
	"valid_to" date,
	"clock" text NOT NULL,
	"fixed_today" date,
	"demonstration" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "list_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "company" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "company_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "drug" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"company_id" integer NOT NULL,
	"code" text NOT NULL,
	"no" integer NOT NULL,
	"freshness_days" integer NOT NULL,
	"eligible_when_reported" boolean DEFAULT false NOT NULL,
	"eligibility_loaded" boolean DEFAULT false NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "drug_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "institution" (
	"id" serial PRIMARY KEY NOT NULL,
	"region_set_id" integer NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "institution_region_set_id_code_unique" UNIQUE("region_set_id","code")
);
--> statement-breakpoint
CREATE TABLE "institution_version" (
	"institution_id" integer NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	"name" text NOT NULL,
	"kind" smallint NOT NULL,
	"level" text,
	"unit_id" integer,
	"place" text,
	"city_id" integer,
	"address" text,
	"latitude" double precision,
	"longitude" double precision,
	"datum" text,
	"telephone" text,
	"dual_channel" boolean DEFAULT false NOT NULL,
	"opened_on" date,
	"closed_on" date,
	"qualifications" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "institution_version_institution_id_known_from_pk" PRIMARY KEY("institution_id","known_from")
);
--> statement-breakpoint
CREATE TABLE "eligibility" (
	"institution_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	CONSTRAINT "eligibility_institution_id_drug_id_from_day_known_from_pk" PRIMARY KEY("institution_id","drug_id","from_day","known_from")
);
--> statement-breakpoint
CREATE TABLE "eligibility_rule" (
	"id" serial PRIMARY KEY NOT NULL,
	"drug_id" integer NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"source" jsonb NOT NULL,
	"reason" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"codes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standard" (
	"id" serial PRIMARY KEY NOT NULL,
	"drug_id" integer NOT NULL,
	"from_day" date NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	"reason" jsonb NOT NULL,
	"author" text NOT NULL,
	"min_institutions" integer NOT NULL,
	"min_cities" integer NOT NULL,
	"kinds" jsonb NOT NULL,
	"eligible_only" boolean NOT NULL,
	"units" jsonb
);
--> statement-breakpoint
CREATE TABLE "source" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"evidence" smallint NOT NULL,
	"data" jsonb NOT NULL,
	"profile" jsonb NOT NULL,
	CONSTRAINT "source_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "report" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"list_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"evidence" smallint NOT NULL,
	"mode" text NOT NULL,
	"scope" jsonb NOT NULL,
	"period" text,
	"as_of" date NOT NULL,
	"slot" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"filename" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"channel" text NOT NULL,
	"rows_total" integer NOT NULL,
	"stored_count" integer NOT NULL,
	"stored_sha256" text,
	"errors_total" integer NOT NULL,
	"warnings" jsonb NOT NULL,
	"may_hold_prices" boolean DEFAULT false NOT NULL,
	"parsed" jsonb,
	"effect" jsonb,
	"received_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"superseded_at" timestamp with time zone,
	"corrects_id" integer,
	"superseded_by_id" integer,
	"idempotency_key" text,
	CONSTRAINT "report_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "report_error" (
	"report_id" integer NOT NULL,
	"ord" integer NOT NULL,
	"row" integer NOT NULL,
	"field" text,
	"code" text NOT NULL,
	"value" text,
	CONSTRAINT "report_error_report_id_ord_pk" PRIMARY KEY("report_id","ord")
);
--> statement-breakpoint
CREATE TABLE "price" (
	"institution_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"line" integer NOT NULL,
	"amount" numeric(10, 2) NOT NULL,
	CONSTRAINT "price_institution_id_drug_id_report_id_line_pk" PRIMARY KEY("institution_id","drug_id","report_id","line")
);
--> statement-breakpoint
CREATE TABLE "statement" (
	"institution_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"line" integer NOT NULL,
	"status" smallint NOT NULL,
	"day" date NOT NULL,
	"day_basis" smallint NOT NULL,
	"reason" smallint,
	"lead_days" integer,
	"quantity" double precision,
	CONSTRAINT "statement_institution_id_drug_id_report_id_pk" PRIMARY KEY("institution_id","drug_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "supply" (
	"institution_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"line" integer NOT NULL,
	"day" date NOT NULL,
	"quantity" double precision,
	CONSTRAINT "supply_institution_id_drug_id_report_id_line_pk" PRIMARY KEY("institution_id","drug_id","report_id","line")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_city" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"area_id" integer NOT NULL,
	"day" date NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_city_list_id_lens_drug_id_area_id_day_pk" PRIMARY KEY("list_id","lens","drug_id","area_id","day")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_unit" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"day" date NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_unit_list_id_lens_drug_id_day_pk" PRIMARY KEY("list_id","lens","drug_id","day")
);
--> statement-breakpoint
CREATE TABLE "institution_span" (
	"institution_id" integer NOT NULL,
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"state" smallint NOT NULL,
	CONSTRAINT "institution_span_institution_id_list_id_lens_from_day_pk" PRIMARY KEY("institution_id","list_id","lens","from_day")
);
--> statement-breakpoint
CREATE TABLE "pair_span" (
	"institution_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"state" smallint NOT NULL,
	"report_id" integer NOT NULL,
	"line" integer,
	CONSTRAINT "pair_span_institution_id_drug_id_lens_from_day_pk" PRIMARY KEY("institution_id","drug_id","lens","from_day")
);
--> statement-breakpoint
ALTER TABLE "city_slot" ADD CONSTRAINT "city_slot_area_id_region_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city_slot" ADD CONSTRAINT "city_slot_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city_slot" ADD CONSTRAINT "city_slot_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region" ADD CONSTRAINT "region_region_set_id_region_set_id_fk" FOREIGN KEY ("region_set_id") REFERENCES "public"."region_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit" ADD CONSTRAINT "unit_region_set_id_region_set_id_fk" FOREIGN KEY ("region_set_id") REFERENCES "public"."region_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list" ADD CONSTRAINT "list_region_set_id_region_set_id_fk" FOREIGN KEY ("region_set_id") REFERENCES "public"."region_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company" ADD CONSTRAINT "company_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug" ADD CONSTRAINT "drug_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drug" ADD CONSTRAINT "drug_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution" ADD CONSTRAINT "institution_region_set_id_region_set_id_fk" FOREIGN KEY ("region_set_id") REFERENCES "public"."region_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_version" ADD CONSTRAINT "institution_version_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_version" ADD CONSTRAINT "institution_version_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_version" ADD CONSTRAINT "institution_version_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eligibility" ADD CONSTRAINT "eligibility_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eligibility" ADD CONSTRAINT "eligibility_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eligibility_rule" ADD CONSTRAINT "eligibility_rule_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard" ADD CONSTRAINT "standard_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_error" ADD CONSTRAINT "report_error_report_id_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."report"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "institution_version_unit" ON "institution_version" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "report_one_accepted" ON "report" USING btree ("source_id","slot") WHERE state = 'accepted';--> statement-breakpoint
CREATE UNIQUE INDEX "report_key" ON "report" USING btree ("source_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "report_accepted_at" ON "report" USING btree ("list_id","accepted_at");--> statement-breakpoint
CREATE INDEX "statement_report" ON "statement" USING brin ("report_id");--> statement-breakpoint
CREATE INDEX "supply_report" ON "supply" USING brin ("report_id");