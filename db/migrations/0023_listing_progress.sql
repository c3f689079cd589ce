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
CREATE TABLE "company_visit" (
	"account_id" text NOT NULL,
	"company_id" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "company_visit_account_id_company_id_pk" PRIMARY KEY("account_id","company_id")
);
--> statement-breakpoint
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
CREATE TABLE "demand" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"drug_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"city_id" integer,
	"institution_id" integer,
	"patients" text NOT NULL,
	"urgency" text NOT NULL,
	"on_day" date NOT NULL,
	"expires_on" date NOT NULL,
	"withdrawn_on" date,
	"at" timestamp with time zone NOT NULL,
	"key" text,
	"asked" text NOT NULL,
	CONSTRAINT "demand_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "finder" jsonb;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact" ADD CONSTRAINT "ladder_fact_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_fact_version" ADD CONSTRAINT "ladder_fact_version_fact_id_ladder_fact_id_fk" FOREIGN KEY ("fact_id") REFERENCES "public"."ladder_fact"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_visit" ADD CONSTRAINT "company_visit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_visit" ADD CONSTRAINT "company_visit_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_edition_id_listing_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."listing_edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy" ADD CONSTRAINT "candidacy_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidacy_version" ADD CONSTRAINT "candidacy_version_candidacy_id_candidacy_id_fk" FOREIGN KEY ("candidacy_id") REFERENCES "public"."candidacy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_edition" ADD CONSTRAINT "listing_edition_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_edition_version" ADD CONSTRAINT "listing_edition_version_edition_id_listing_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."listing_edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ladder_fact_drug" ON "ladder_fact" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "ladder_fact_unit" ON "ladder_fact" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ladder_fact_version_known" ON "ladder_fact_version" USING btree ("fact_id") WHERE known_to is null;--> statement-breakpoint
CREATE INDEX "candidacy_substance" ON "candidacy" USING btree ("list_id","substance");--> statement-breakpoint
CREATE UNIQUE INDEX "candidacy_version_known" ON "candidacy_version" USING btree ("candidacy_id") WHERE known_to is null;--> statement-breakpoint
CREATE UNIQUE INDEX "listing_edition_version_known" ON "listing_edition_version" USING btree ("edition_id") WHERE known_to is null;--> statement-breakpoint
CREATE INDEX "listing_edition_version_edition" ON "listing_edition_version" USING btree ("edition_id");--> statement-breakpoint
CREATE UNIQUE INDEX "demand_key" ON "demand" USING btree ("list_id","key");--> statement-breakpoint
CREATE INDEX "demand_list" ON "demand" USING btree ("list_id","expires_on");--> statement-breakpoint
CREATE INDEX "demand_drug" ON "demand" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "demand_institution" ON "demand" USING btree ("institution_id");