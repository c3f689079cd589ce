-- What 0.1.0 stored a row a line stays under another name until `pack-statements.ts` has packed it; what follows from it is counted anew.
DO $$ BEGIN
	IF EXISTS (SELECT FROM "statement") OR EXISTS (SELECT FROM "supply") THEN
		ALTER TABLE "statement" RENAME TO "unpacked_statement";
		ALTER TABLE "supply" RENAME TO "unpacked_supply";
	ELSE
		DROP TABLE "statement" CASCADE;
		DROP TABLE "supply" CASCADE;
	END IF;
END $$;--> statement-breakpoint
DROP TABLE "coverage_by_city" CASCADE;--> statement-breakpoint
DROP TABLE "coverage_by_unit" CASCADE;--> statement-breakpoint
DROP TABLE "institution_span" CASCADE;--> statement-breakpoint
DROP TABLE "pair_span" CASCADE;
