DROP TABLE "coverage_ahead" CASCADE;--> statement-breakpoint
DROP TABLE "coverage_by_city" CASCADE;--> statement-breakpoint
DROP TABLE "coverage_by_unit" CASCADE;