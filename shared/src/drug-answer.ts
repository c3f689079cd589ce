import { z } from 'zod'
import { Day } from './day.js'
import { Company, Drug } from './drug.js'
import { StandardRule } from './standard.js'

/* What is answered of one drug, and of one company: beside what they are, so that who needs that alone need not load the rest. */

/** Answer of `/drugs/{drug}`: the drug, its standard, and the days from listing to the n-th unit under each kind of evidence. */
export const DrugAnswer = z.strictObject({
  drug: Drug,
  company: Company,
  /** The rules of its standard that hold on the day, as known now: for all units together, or some for each. */
  standard: z.array(StandardRule),
  /** For each kind of evidence: the day on which the n-th unit first stocked it (n from 1), in order. */
  milestones: z.array(z.strictObject({ evidence: z.string(), unitsReached: z.array(z.strictObject({ n: z.int(), day: Day, daysSinceListing: z.int() })) })),
  /** Last statement or supply seen under each kind of evidence. */
  lastStatements: z.array(z.strictObject({ evidence: z.string(), day: Day.nullable() })),
})
export type DrugAnswer = z.infer<typeof DrugAnswer>

/** Answer of `/companies/{company}`: its drugs, unstocked first. */
export const CompanyAnswer = z.strictObject({
  company: Company,
  asOf: Day,
  drugs: z.array(z.strictObject({
    drug: z.string(),
    institutions: z.strictObject({ declared: z.int(), confirmed: z.int(), supplied: z.int() }),
    units: z.strictObject({ declared: z.int(), confirmed: z.int(), supplied: z.int() }),
    lastStatements: z.array(z.strictObject({ evidence: z.string(), day: Day.nullable() })),
  })),
})
export type CompanyAnswer = z.infer<typeof CompanyAnswer>
