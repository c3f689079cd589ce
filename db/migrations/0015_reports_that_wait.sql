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
ALTER TABLE "report" ADD COLUMN "number" bigint;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "institutions" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "drugs_named" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_before_id" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_again" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "suspicions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review_reason" text;--> statement-breakpoint
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
CREATE INDEX "message_addressees" ON "message" USING gin ("addressees");--> statement-breakpoint
CREATE INDEX "message_at" ON "message" USING btree ("at");--> statement-breakpoint
CREATE INDEX "message_source" ON "message" USING btree ("source_id","kind");--> statement-breakpoint
CREATE INDEX "message_mark_message" ON "message_mark" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "digest_waiting" ON "digest" USING btree ("state","next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_number" ON "report" USING btree ("source_id","number");--> statement-breakpoint
CREATE INDEX "audit_entry_object" ON "audit_entry" USING btree ("object","seq");--> statement-breakpoint
-- By hand from here: what was received before there were numbers has them in the order in which it came, of the years of its list's own calendar (`receipt.ts` in shared).
UPDATE "report" SET "number" = n.number FROM (
	SELECT r.id, r.year * 10000000 + row_number() OVER (PARTITION BY r.source_id, r.year ORDER BY r.received_at, r.id) AS number FROM (
		SELECT r.id, r.source_id, r.received_at, extract(year FROM least((r.received_at AT TIME ZONE l.time_zone)::date, coalesce(l.fixed_today, 'infinity'::date)))::bigint AS year
		FROM "report" r JOIN "list" l ON l.id = r.list_id
	) r
) n WHERE n.id = report.id;
