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
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_drug_id_drug_id_fk" FOREIGN KEY ("drug_id") REFERENCES "public"."drug"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_request" ADD CONSTRAINT "confirmation_request_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "confirmation_request_pair" ON "confirmation_request" USING btree ("drug_id","institution_id");--> statement-breakpoint
CREATE INDEX "confirmation_request_source" ON "confirmation_request" USING btree ("source_id");