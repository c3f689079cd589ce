CREATE TABLE "company_visit" (
	"account_id" text NOT NULL,
	"company_id" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "company_visit_account_id_company_id_pk" PRIMARY KEY("account_id","company_id")
);
--> statement-breakpoint
ALTER TABLE "company_visit" ADD CONSTRAINT "company_visit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_visit" ADD CONSTRAINT "company_visit_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;