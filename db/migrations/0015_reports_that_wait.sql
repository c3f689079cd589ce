CREATE TABLE "message" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"list_id" integer NOT NULL,
	"source_id" integer,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"addressees" text[] NOT NULL,
	"done_by" text,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "message_code_unique" UNIQUE("code"),
	CONSTRAINT "message_once" UNIQUE("list_id","kind","key")
);
--> statement-breakpoint
CREATE TABLE "message_mark" (
	"account_id" text NOT NULL,
	"message_id" integer NOT NULL,
	"acknowledged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_mark_account_id_message_id_pk" PRIMARY KEY("account_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "message_mute" (
	"account_id" text NOT NULL,
	"what" text NOT NULL,
	CONSTRAINT "message_mute_account_id_what_pk" PRIMARY KEY("account_id","what")
);
--> statement-breakpoint
CREATE TABLE "message_setting" (
	"account_id" text PRIMARY KEY NOT NULL,
	"mail" text NOT NULL,
	"language" text
);
--> statement-breakpoint
CREATE TABLE "digest" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"account_id" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"messages" integer[] NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "digest_code_unique" UNIQUE("code"),
	CONSTRAINT "digest_once" UNIQUE("account_id","key")
);
--> statement-breakpoint
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
ALTER TABLE "list" ADD COLUMN "self_reports" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "number" bigint;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "nil" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "institutions" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "drugs_named" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_before_id" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_again" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "suspicions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review_reason" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "stocked_at" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "latest_day" date;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "content" text;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD COLUMN "object" text GENERATED ALWAYS AS (body::jsonb ->> 'object') STORED;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mark" ADD CONSTRAINT "message_mark_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mark" ADD CONSTRAINT "message_mark_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mute" ADD CONSTRAINT "message_mute_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_setting" ADD CONSTRAINT "message_setting_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest" ADD CONSTRAINT "digest_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed" ADD CONSTRAINT "feed_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_file" ADD CONSTRAINT "feed_file_feed_id_feed_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."feed"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_file" ADD CONSTRAINT "feed_file_run_id_feed_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."feed_run"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feed_run" ADD CONSTRAINT "feed_run_feed_id_feed_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."feed"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_addressees" ON "message" USING gin ("addressees");--> statement-breakpoint
CREATE INDEX "message_at" ON "message" USING btree ("at");--> statement-breakpoint
CREATE INDEX "message_source" ON "message" USING btree ("source_id","kind");--> statement-breakpoint
CREATE INDEX "message_mark_message" ON "message_mark" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "digest_waiting" ON "digest" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "feed_next" ON "feed" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "feed_source" ON "feed" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "feed_file_run" ON "feed_file" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "feed_run_feed" ON "feed_run" USING btree ("feed_id","started_at");--> statement-breakpoint
CREATE INDEX "confirmation_request_pair" ON "confirmation_request" USING btree ("drug_id","institution_id");--> statement-breakpoint
CREATE INDEX "confirmation_request_source" ON "confirmation_request" USING btree ("source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "report_number" ON "report" USING btree ("source_id","number");--> statement-breakpoint
CREATE INDEX "audit_entry_object" ON "audit_entry" USING btree ("object","seq");--> statement-breakpoint
-- By hand from here: what was received before there were numbers has them in the order in which it came, of the years of its list's own calendar (`receipt.ts` in shared).
UPDATE "report" SET "number" = n.number FROM (
	SELECT r.id, r.year * 10000000 + row_number() OVER (PARTITION BY r.source_id, r.year ORDER BY r.received_at, r.id) AS number FROM (
		SELECT r.id, r.source_id, r.received_at, extract(year FROM least((r.received_at AT TIME ZONE l.time_zone)::date, coalesce(l.fixed_today, 'infinity'::date)))::bigint AS year
		FROM "report" r JOIN "list" l ON l.id = r.list_id
	) r
) n WHERE n.id = report.id;
