ALTER TABLE "list" ADD COLUMN "self_reports" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "nil" boolean DEFAULT false NOT NULL;