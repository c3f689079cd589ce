ALTER TABLE "report" ADD COLUMN "institutions" integer;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "drugs_named" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "suspicions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "review_reason" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "latest_day" date;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "content" text;