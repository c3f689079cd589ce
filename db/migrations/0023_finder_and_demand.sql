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
ALTER TABLE "demand" ADD CONSTRAINT "demand_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_city_id_region_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."region"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demand" ADD CONSTRAINT "demand_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "demand_key" ON "demand" USING btree ("list_id","key");--> statement-breakpoint
CREATE INDEX "demand_list" ON "demand" USING btree ("list_id","expires_on");--> statement-breakpoint
CREATE INDEX "demand_drug" ON "demand" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "demand_institution" ON "demand" USING btree ("institution_id");