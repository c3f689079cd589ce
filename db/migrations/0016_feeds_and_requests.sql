CREATE TABLE "feed" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"source_id" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"place" jsonb NOT NULL,
	"file" text NOT NULL,
	"schedule" jsonb NOT NULL,
	"day_from" text NOT NULL,
	"enabled" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"next_at" timestamp with time zone NOT NULL,
	"asked_by" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"leased_by" text,
	"leased_until" timestamp with time zone,
	"etag" text,
	"last_modified" text,
	CONSTRAINT "feed_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "feed_file" (
	"id" serial PRIMARY KEY NOT NULL,
	"feed_id" integer NOT NULL,
	"run_id" integer,
	"sha256" text NOT NULL,
	"filename" text NOT NULL,
	"mark" text,
	"bytes" bigint NOT NULL,
	"as_of" text,
	"period" text,
	"outcome" text NOT NULL,
	"report" text,
	"rows" integer NOT NULL,
	"errors" integer NOT NULL,
	"reason" text,
	"detail" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "feed_file_feed_id_sha256_unique" UNIQUE("feed_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "feed_run" (
	"id" serial PRIMARY KEY NOT NULL,
	"feed_id" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"asked_by" text,
	"stop_asked" boolean DEFAULT false NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "confirmation_request" (
	"id" serial PRIMARY KEY NOT NULL,
	"contradiction_set" text NOT NULL,
	"drug_id" integer NOT NULL,
	"institution_id" integer NOT NULL,
	"source_id" integer NOT NULL,
	"asked_by" text NOT NULL,
	"role" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"until" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feed" ADD CONSTRAINT "feed_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_file" ADD CONSTRAINT "feed_file_feed_id_feed_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."feed"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_file" ADD CONSTRAINT "feed_file_run_id_feed_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."feed_run"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_run" ADD CONSTRAINT "feed_run_feed_id_feed_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."feed"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feed_next" ON "feed" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "feed_source" ON "feed" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "feed_file_run" ON "feed_file" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "feed_run_feed" ON "feed_run" USING btree ("feed_id","started_at");--> statement-breakpoint
CREATE INDEX "confirmation_request_pair" ON "confirmation_request" USING btree ("drug_id","institution_id");--> statement-breakpoint
CREATE INDEX "confirmation_request_source" ON "confirmation_request" USING btree ("source_id");