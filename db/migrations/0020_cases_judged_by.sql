ALTER TABLE "supervision_case" ADD COLUMN "checked_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "supervision_case" ADD COLUMN "checked_at" timestamp with time zone;