CREATE TABLE "alert" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"kind" text NOT NULL,
	"evidence" smallint NOT NULL,
	"drug_id" integer NOT NULL,
	"unit_id" integer,
	"class" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"is_over" boolean NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_once" UNIQUE NULLS NOT DISTINCT("list_id","kind","evidence","drug_id","unit_id","class","from_day")
);
--> statement-breakpoint
CREATE TABLE "alert_message" (
	"alert_id" integer NOT NULL,
	"message_id" integer NOT NULL,
	CONSTRAINT "alert_message_alert_id_message_id_pk" PRIMARY KEY("alert_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "alert_watch" (
	"list_id" integer NOT NULL,
	"evidence" smallint NOT NULL,
	"version" integer NOT NULL,
	"today" date NOT NULL,
	CONSTRAINT "alert_watch_list_id_evidence_pk" PRIMARY KEY("list_id","evidence")
);
--> statement-breakpoint
CREATE TABLE "subscription" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"account_id" text NOT NULL,
	"list_id" integer NOT NULL,
	"drug_id" integer,
	"unit_id" integer,
	"company_id" integer,
	"evidence" smallint NOT NULL,
	"events" text[] NOT NULL,
	"pace" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subscription_code_unique" UNIQUE("code"),
	CONSTRAINT "subscription_once" UNIQUE NULLS NOT DISTINCT("account_id","list_id","drug_id","unit_id","company_id","evidence")
);
--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "alerting" jsonb;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "pace" text;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alert"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_watch" ADD CONSTRAINT "alert_watch_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_message_message" ON "alert_message" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "subscription_list" ON "subscription" USING btree ("list_id");