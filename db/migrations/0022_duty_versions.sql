CREATE TABLE "duty_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"duty_id" integer NOT NULL,
	"data" jsonb NOT NULL,
	"known_from" timestamp with time zone NOT NULL,
	"known_to" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "duty_version" ADD CONSTRAINT "duty_version_duty_id_duty_id_fk" FOREIGN KEY ("duty_id") REFERENCES "public"."duty"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "duty_version_known" ON "duty_version" USING btree ("duty_id") WHERE known_to is null;--> statement-breakpoint
CREATE INDEX "duty_version_duty" ON "duty_version" USING btree ("duty_id");--> statement-breakpoint
-- By hand: what was asked before versions were kept was always known; what was asked no more has none that is known now.
INSERT INTO "duty_version" ("duty_id", "data", "known_from", "known_to") SELECT id, data, '1970-01-01T00:00:00Z', CASE WHEN asked THEN NULL ELSE '1970-01-01T00:00:00Z'::timestamptz END FROM "duty";--> statement-breakpoint
ALTER TABLE "duty" DROP COLUMN "data";--> statement-breakpoint
ALTER TABLE "duty" DROP COLUMN "asked";