-- What 0.1.0 stored a row a line stays under another name until `upgrade/pack-statements.ts` has packed it; what follows from it is counted anew.
ALTER TABLE "statement" RENAME TO "unpacked_statement";--> statement-breakpoint
ALTER TABLE "supply" RENAME TO "unpacked_supply";--> statement-breakpoint
DROP TABLE "coverage_by_city" CASCADE;--> statement-breakpoint
DROP TABLE "coverage_by_unit" CASCADE;--> statement-breakpoint
DROP TABLE "institution_span" CASCADE;--> statement-breakpoint
DROP TABLE "pair_span" CASCADE;
