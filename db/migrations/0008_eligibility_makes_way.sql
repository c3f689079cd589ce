-- What was stored a row a pair stays under another name until `pack-eligibility.ts` has packed it.
DO $$ BEGIN
	IF EXISTS (SELECT FROM "eligibility") THEN
		ALTER TABLE "eligibility" RENAME TO "unpacked_eligibility";
	ELSE
		DROP TABLE "eligibility" CASCADE;
	END IF;
END $$;
