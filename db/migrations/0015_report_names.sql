ALTER TABLE "report" ADD COLUMN "institutions" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "drugs_named" jsonb;