CREATE TABLE "report_drug" (
	"drug_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"lines" integer NOT NULL,
	"days" integer[] NOT NULL,
	CONSTRAINT "report_drug_drug_id_report_id_pk" PRIMARY KEY("drug_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "report_lines" (
	"institution_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"lines" "bytea" NOT NULL,
	CONSTRAINT "report_lines_institution_id_report_id_pk" PRIMARY KEY("institution_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_city" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"area_id" integer NOT NULL,
	"from_day" integer NOT NULL,
	"near_to" integer NOT NULL,
	"cities" "bytea" NOT NULL,
	"cities_ahead" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_city_list_id_lens_drug_id_area_id_from_day_pk" PRIMARY KEY("list_id","lens","drug_id","area_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_unit" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"from_day" integer NOT NULL,
	"near_to" integer NOT NULL,
	"whole" "bytea" NOT NULL,
	"whole_ahead" "bytea" NOT NULL,
	"units" "bytea" NOT NULL,
	"units_ahead" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_unit_list_id_lens_drug_id_from_day_pk" PRIMARY KEY("list_id","lens","drug_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "drug_named" (
	"drug_id" integer NOT NULL,
	"block" integer NOT NULL,
	"institutions" "bytea" NOT NULL,
	CONSTRAINT "drug_named_drug_id_block_pk" PRIMARY KEY("drug_id","block")
);
--> statement-breakpoint
CREATE TABLE "past_spans" (
	"institution_id" integer NOT NULL,
	"list_id" integer NOT NULL,
	"report_id" integer NOT NULL,
	"from_day" integer NOT NULL,
	"to_day" integer NOT NULL,
	"spans" "bytea" NOT NULL,
	CONSTRAINT "past_spans_institution_id_list_id_report_id_pk" PRIMARY KEY("institution_id","list_id","report_id")
);
--> statement-breakpoint
CREATE TABLE "shelf" (
	"institution_id" integer NOT NULL,
	"list_id" integer NOT NULL,
	"pairs" "bytea" NOT NULL,
	"eligible" "bytea" NOT NULL,
	CONSTRAINT "shelf_institution_id_list_id_pk" PRIMARY KEY("institution_id","list_id")
);
--> statement-breakpoint
CREATE INDEX "report_lines_report" ON "report_lines" USING brin ("report_id");--> statement-breakpoint
-- Packed rows do not compress, and a question reads them one after another: they stay in their table's pages.
ALTER TABLE "report_lines" ALTER COLUMN "lines" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "report_lines" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "past_spans" ALTER COLUMN "spans" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "past_spans" SET (toast_tuple_target = 8160);--> statement-breakpoint
ALTER TABLE "shelf" ALTER COLUMN "pairs" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "shelf" ALTER COLUMN "eligible" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "shelf" SET (toast_tuple_target = 8160, fillfactor = 70);--> statement-breakpoint
ALTER TABLE "drug_named" ALTER COLUMN "institutions" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_by_unit" ALTER COLUMN "whole" SET STORAGE EXTERNAL, ALTER COLUMN "whole_ahead" SET STORAGE EXTERNAL, ALTER COLUMN "units" SET STORAGE EXTERNAL, ALTER COLUMN "units_ahead" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_by_unit" SET (toast_tuple_target = 8160, fillfactor = 70);--> statement-breakpoint
ALTER TABLE "coverage_by_city" ALTER COLUMN "cities" SET STORAGE EXTERNAL, ALTER COLUMN "cities_ahead" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_by_city" SET (toast_tuple_target = 8160, fillfactor = 70);
