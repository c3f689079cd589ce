CREATE TABLE "coverage_ahead" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"bucket" integer NOT NULL,
	"run" integer NOT NULL,
	"changes" "bytea" NOT NULL,
	CONSTRAINT "coverage_ahead_list_id_bucket_lens_run_pk" PRIMARY KEY("list_id","bucket","lens","run")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_city" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"area_id" integer NOT NULL,
	"from_day" integer NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_city_list_id_lens_drug_id_area_id_from_day_pk" PRIMARY KEY("list_id","lens","drug_id","area_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_drug" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"unit_slot" smallint NOT NULL,
	"from_day" integer NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_drug_list_id_lens_drug_id_unit_slot_from_day_pk" PRIMARY KEY("list_id","lens","drug_id","unit_slot","from_day")
);
--> statement-breakpoint
CREATE TABLE "coverage_by_unit" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"unit_slot" smallint NOT NULL,
	"from_day" integer NOT NULL,
	"counts" "bytea" NOT NULL,
	CONSTRAINT "coverage_by_unit_list_id_lens_unit_slot_from_day_pk" PRIMARY KEY("list_id","lens","unit_slot","from_day")
);
--> statement-breakpoint
-- Packed rows are packed already: another attempt costs time on every write and read.
ALTER TABLE "coverage_by_unit" ALTER COLUMN "counts" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_by_drug" ALTER COLUMN "counts" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_by_city" ALTER COLUMN "counts" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "coverage_ahead" ALTER COLUMN "changes" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "shelf" ALTER COLUMN "pairs" SET STORAGE EXTERNAL, ALTER COLUMN "eligible" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "past_spans" ALTER COLUMN "spans" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "report_lines" ALTER COLUMN "lines" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "drug_named" ALTER COLUMN "institutions" SET STORAGE EXTERNAL;
