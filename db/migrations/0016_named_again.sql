ALTER TABLE "report" ADD COLUMN "named_before_id" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "named_again" integer;