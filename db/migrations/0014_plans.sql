CREATE TABLE "plan" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"code" text NOT NULL,
	"insurer" text NOT NULL,
	CONSTRAINT "plan_list_id_code_unique" UNIQUE("list_id","code")
);
--> statement-breakpoint
CREATE TABLE "plan_drug" (
	"plan_version_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"pays" jsonb,
	CONSTRAINT "plan_drug_plan_version_id_drug_id_pk" PRIMARY KEY("plan_version_id","drug_id")
);
--> statement-breakpoint
CREATE TABLE "plan_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"plan_id" integer NOT NULL,
	"version" integer NOT NULL,
	"name" jsonb NOT NULL,
	"unit_id" integer,
	"city_id" integer,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" jsonb NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone,
	"entered_by" text NOT NULL,
	CONSTRAINT "plan_version_plan_id_version_unique" UNIQUE("plan_id","version")
);
--> statement-breakpoint
ALTER TABLE "plan" ADD CONSTRAINT "plan_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_drug" ADD CONSTRAINT "plan_drug_plan_version_id_plan_version_id_fk" FOREIGN KEY ("plan_version_id") REFERENCES "public"."plan_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_drug" ADD CONSTRAINT "plan_drug_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_version" ADD CONSTRAINT "plan_version_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_version" ADD CONSTRAINT "plan_version_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_version" ADD CONSTRAINT "plan_version_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_drug_drug" ON "plan_drug" USING btree ("drug_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_version_known" ON "plan_version" USING btree ("plan_id") WHERE known_to is null;