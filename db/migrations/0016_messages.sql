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
ALTER TABLE "report" ADD COLUMN "named_before_id" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_again" integer;--> statement-breakpoint
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
CREATE INDEX "digest_waiting" ON "digest" USING btree ("state","next_at");