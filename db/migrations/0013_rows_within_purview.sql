-- A second net under the clauses of queries: whoever asks as a user who does not own these tables sees no row of them
-- but what the transaction says it is for ("lastmile.purview", set by as-viewer.ts). Without a word, nothing.
ALTER TABLE "price" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "price_read" ON "price" FOR SELECT USING (
	(SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'all'
	OR (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'institution' AND institution_id IN (
		SELECT i.id FROM institution i WHERE i.code = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'institution')
	)
	OR (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'unit' AND institution_id IN (
		SELECT v.institution_id FROM institution_version v JOIN unit u ON u.id = v.unit_id WHERE v.known_to IS NULL AND u.code = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'unit')
	)
);--> statement-breakpoint
CREATE POLICY "price_store" ON "price" FOR INSERT WITH CHECK (true);--> statement-breakpoint
ALTER TABLE "settlement_price" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "settlement_price_read" ON "settlement_price" FOR SELECT USING (
	(SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'all'
	OR (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'company' AND drug_id IN (
		SELECT d.id FROM drug d JOIN company c ON c.id = d.company_id WHERE c.code = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'company')
	)
);--> statement-breakpoint
CREATE POLICY "settlement_price_store" ON "settlement_price" FOR INSERT WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "settlement_price_close" ON "settlement_price" FOR UPDATE USING (
	(SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'all'
);--> statement-breakpoint
ALTER TABLE "report_error" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "report_error_read" ON "report_error" FOR SELECT USING (
	(SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of') = 'all'
	OR report_id IN (
		SELECT r.id FROM report r JOIN source o ON o.id = r.source_id WHERE CASE (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'of')
			WHEN 'source' THEN o.code = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'source')
			WHEN 'institution' THEN o.data ->> 'institution' = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'institution')
			WHEN 'company' THEN o.data ->> 'company' = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'company')
			WHEN 'unit' THEN o.data ->> 'unit' = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'unit')
			WHEN 'city' THEN o.data ->> 'unit' = (SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'unit') AND r.scope -> 'regions' <> '[]' AND r.scope -> 'regions' <@ jsonb_build_array((SELECT nullif(current_setting('lastmile.purview', true), '')::jsonb ->> 'city'))
		END
	)
);--> statement-breakpoint
CREATE POLICY "report_error_store" ON "report_error" FOR INSERT WITH CHECK (true);
