CREATE TABLE "coverage_ahead" (
	"list_id" integer NOT NULL,
	"lens" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"bucket" integer NOT NULL,
	"run" integer NOT NULL,
	"changes" "bytea" NOT NULL,
	CONSTRAINT "coverage_ahead_list_id_lens_drug_id_bucket_run_pk" PRIMARY KEY("list_id","lens","drug_id","bucket","run")
);
--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "counted_to" integer DEFAULT 0 NOT NULL;