CREATE TABLE "case_comment" (
	"id" serial PRIMARY KEY NOT NULL,
	"case_id" integer NOT NULL,
	"notice" text,
	"at" timestamp with time zone NOT NULL,
	"by_actor" text NOT NULL,
	"role" text NOT NULL,
	"side" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"id" serial PRIMARY KEY NOT NULL,
	"case_id" integer NOT NULL,
	"notice" text,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_actor" text,
	"role" text,
	"state" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_gap" (
	"case_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"unit_id" integer NOT NULL,
	"opened" jsonb NOT NULL,
	"met_on" date,
	CONSTRAINT "case_gap_case_id_drug_id_unit_id_pk" PRIMARY KEY("case_id","drug_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "supervision_case" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"unit_id" integer,
	"subject" text NOT NULL,
	"subject_code" text NOT NULL,
	"evidence" smallint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"checked_on" date,
	"checked_report" integer NOT NULL,
	CONSTRAINT "supervision_case_list_id_year_number_unique" UNIQUE("list_id","year","number")
);
--> statement-breakpoint
CREATE TABLE "attachment" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"case_id" integer NOT NULL,
	"notice_id" integer NOT NULL,
	"step" text,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"by_actor" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "attachment_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"case_id" integer NOT NULL,
	"list_id" integer NOT NULL,
	"company_id" integer,
	"unit_id" integer,
	"state" text NOT NULL,
	"round" integer NOT NULL,
	"office" text NOT NULL,
	"year" integer,
	"number" integer,
	"drafted_on" date NOT NULL,
	"due_on" date,
	"note" text,
	"gaps" jsonb,
	"letters" jsonb,
	"sent_on" date,
	"sent_channel" text,
	"acknowledged_on" date,
	"acknowledged_channel" text,
	"acknowledged_by" text,
	"withdrawn_on" date,
	"withdrawn_reason" text,
	CONSTRAINT "notice_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "notice_answer" (
	"notice_id" integer PRIMARY KEY NOT NULL,
	"reasons" jsonb NOT NULL,
	"plan" text NOT NULL,
	"done_by" date NOT NULL,
	"on_day" date NOT NULL,
	"channel" text NOT NULL,
	"side" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "calendar" jsonb;--> statement-breakpoint
ALTER TABLE "list" ADD COLUMN "supervision" jsonb;--> statement-breakpoint
ALTER TABLE "case_comment" ADD CONSTRAINT "case_comment_case_id_supervision_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."supervision_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_supervision_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."supervision_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_gap" ADD CONSTRAINT "case_gap_case_id_supervision_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."supervision_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_gap" ADD CONSTRAINT "case_gap_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_gap" ADD CONSTRAINT "case_gap_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_case" ADD CONSTRAINT "supervision_case_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_case" ADD CONSTRAINT "supervision_case_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_case_id_supervision_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."supervision_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_case_id_supervision_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."supervision_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_answer" ADD CONSTRAINT "notice_answer_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_comment_case" ON "case_comment" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "case_event_case" ON "case_event" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "case_gap_pair" ON "case_gap" USING btree ("drug_id","unit_id");--> statement-breakpoint
CREATE INDEX "supervision_case_state" ON "supervision_case" USING btree ("list_id","state");--> statement-breakpoint
CREATE INDEX "attachment_notice" ON "attachment" USING btree ("notice_id");--> statement-breakpoint
CREATE INDEX "notice_case" ON "notice" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "notice_company" ON "notice" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "notice_unit" ON "notice" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_number" ON "notice" USING btree ("list_id","office","year","number");