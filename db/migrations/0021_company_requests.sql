CREATE TABLE "company_request" (
	"id" serial PRIMARY KEY NOT NULL,
	"list_id" integer NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"company_id" integer NOT NULL,
	"drug_id" integer NOT NULL,
	"kind" text NOT NULL,
	"institution_id" integer,
	"unit_id" integer,
	"office_id" integer,
	"text" text NOT NULL,
	"disputed" jsonb,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"opened_on" date NOT NULL,
	"due_on" date NOT NULL,
	"first_due_on" date NOT NULL,
	"outcome" text,
	"resolve_by" date,
	"ended_on" date,
	"idempotency_key" text,
	"asked" text NOT NULL,
	CONSTRAINT "company_request_list_id_year_number_unique" UNIQUE("list_id","year","number")
);
--> statement-breakpoint
CREATE TABLE "company_request_event" (
	"id" serial PRIMARY KEY NOT NULL,
	"request_id" integer NOT NULL,
	"kind" text NOT NULL,
	"on_day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_actor" text NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"office_id" integer,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_request_file" (
	"id" serial PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"list_id" integer NOT NULL,
	"event_id" integer,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"by_actor" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "company_request_file_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request" ADD CONSTRAINT "company_request_office_id_unit_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request_event" ADD CONSTRAINT "company_request_event_request_id_company_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."company_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request_event" ADD CONSTRAINT "company_request_event_office_id_unit_id_fk" FOREIGN KEY ("office_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request_file" ADD CONSTRAINT "company_request_file_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_request_file" ADD CONSTRAINT "company_request_file_event_id_company_request_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."company_request_event"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "company_request_key" ON "company_request" USING btree ("company_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "company_request_state" ON "company_request" USING btree ("list_id","state");--> statement-breakpoint
CREATE INDEX "company_request_company" ON "company_request" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "company_request_drug" ON "company_request" USING btree ("drug_id");--> statement-breakpoint
CREATE INDEX "company_request_event_request" ON "company_request_event" USING btree ("request_id","id");--> statement-breakpoint
CREATE INDEX "company_request_event_office" ON "company_request_event" USING btree ("office_id");--> statement-breakpoint
CREATE INDEX "company_request_file_event" ON "company_request_file" USING btree ("event_id");