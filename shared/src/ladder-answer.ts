import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant } from './day.js'
import { LadderContradiction, LadderContradictionKind, LadderPlan, LadderReach, LadderRung, LadderStock } from './ladder.js'
import { LadderFact } from './ladder-fact.js'
import { FactOrigin, FactStanding, Rung, RungAsk, WordKind } from './rung.js'
import { Page } from './page.js'
import { Text } from './text.js'

/** A ladder in a matrix: its rungs in the order of `rungs` (shared/rung), how far it leads, and what speaks against each other in it. */
export const LadderRow = z.strictObject({ drug: z.string(), unit: z.string(), rungs: z.array(LadderRung), reach: LadderReach, contradictions: z.array(LadderContradictionKind) })
export type LadderRow = z.infer<typeof LadderRow>

/** Which ladders: of a drug in all units, of all drugs in a unit, of a company's drugs; at least one of the three. `rung` with `state`: those alone where that rung stands so (`held`: yes or conditional); `word`: on whose word. */
export const LaddersQuestion = z.object({
  drug: z.string().optional(), unit: z.string().optional(), company: z.string().optional(), rung: Rung.optional(), state: RungAsk.optional(), word: WordKind.optional(),
  asOf: Day.optional(), knownOn: Instant.optional(), format: Format.default('json'),
})
export type LaddersQuestion = z.infer<typeof LaddersQuestion>
/** Ladders by drug, and of each by unit. */
export const LaddersAnswer = z.strictObject({ basis: Basis, ladders: z.array(LadderRow) })
export type LaddersAnswer = z.infer<typeof LaddersAnswer>

export const LadderQuestion = z.object({ asOf: Day.optional(), knownOn: Instant.optional(), format: Format.default('json') })
export type LadderQuestion = z.infer<typeof LadderQuestion>
/** One ladder with all it is made of. `facts`: those that speak of it, also such as do not hold on the day; refused ones for whom they are. */
export const LadderAnswer = z.strictObject({
  basis: Basis, drug: z.string(), unit: z.string(), rungs: z.array(LadderRung), reach: LadderReach, contradictions: z.array(LadderContradiction),
  stock: z.array(LadderStock), plans: z.array(LadderPlan), facts: z.array(LadderFact),
})
export type LadderAnswer = z.infer<typeof LadderAnswer>

/** Facts as a list: for who enters or confirms them. `unit`, `drug`: those that name it. */
export const LadderFactsQuestion = z.object({
  rung: Rung.optional(), drug: z.string().optional(), unit: z.string().optional(), standing: FactStanding.optional(), origin: FactOrigin.optional(), knownOn: Instant.optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type LadderFactsQuestion = z.infer<typeof LadderFactsQuestion>
/** Facts, the latest said first, a page of them. */
export const LadderFactsAnswer = z.strictObject({ basis: Basis, facts: z.array(LadderFact), page: Page })
export type LadderFactsAnswer = z.infer<typeof LadderFactsAnswer>

/** A fact and what was known of it before, the latest first. */
export const LadderFactAnswer = z.strictObject({ fact: LadderFact, former: z.array(LadderFact) })
export type LadderFactAnswer = z.infer<typeof LadderFactAnswer>

/** A row of an imported file that cannot be taken: where, what is wrong and what to do, in both languages. `row`: 1 is the first row of the file, which names the columns. */
export const LadderRowError = z.strictObject({ row: z.int(), column: z.string().nullable(), message: Text })
export type LadderRowError = z.infer<typeof LadderRowError>

/** What an import does: facts that are new, said otherwise than before, and the same; `leftOut`: rows of an export that others said. With errors nothing is taken, and of a dry run nothing is. */
export const LadderImportAnswer = z.strictObject({ dryRun: z.boolean(), rows: z.int(), created: z.int(), changed: z.int(), unchanged: z.int(), leftOut: z.int(), errors: z.array(LadderRowError), moreErrors: z.int() })
export type LadderImportAnswer = z.infer<typeof LadderImportAnswer>
