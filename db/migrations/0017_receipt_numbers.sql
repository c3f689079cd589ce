ALTER TABLE "report" ADD COLUMN "number" bigint;--> statement-breakpoint
ALTER TABLE "audit_entry" ADD COLUMN "object" text GENERATED ALWAYS AS (body::jsonb ->> 'object') STORED;--> statement-breakpoint
CREATE UNIQUE INDEX "report_number" ON "report" USING btree ("source_id","number");--> statement-breakpoint
CREATE INDEX "audit_entry_object" ON "audit_entry" USING btree ("object","seq");
--> statement-breakpoint
-- By hand from here: what was received before there were numbers has them in the order in which it came, of the years of its list's own calendar (`receipt.ts` in shared).
UPDATE "report" SET "number" = n.number FROM (
	SELECT r.id, r.year * 10000000 + row_number() OVER (PARTITION BY r.source_id, r.year ORDER BY r.received_at, r.id) AS number FROM (
		SELECT r.id, r.source_id, r.received_at, extract(year FROM least((r.received_at AT TIME ZONE l.time_zone)::date, coalesce(l.fixed_today, 'infinity'::date)))::bigint AS year
		FROM "report" r JOIN "list" l ON l.id = r.list_id
	) r
) n WHERE n.id = report.id;
