import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant } from './day.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { Text } from './text.js'
import { inBoth, words } from './words.js'

/*
 * Customised commercial insurance (惠民保): plans of a province or city whose guide names the drugs that they pay for. The
 * insurer keeps the rows of its own; everybody may read them.
 */

/** A listed drug that a plan's guide names. `pays`: what the plan pays for it, in words; null where the guide does not say. */
export const PlanDrug = z.strictObject({ drug: z.string(), pays: Text.nullable() })
export type PlanDrug = z.infer<typeof PlanDrug>

/** A plan, as its insurer keeps it. */
export const Plan = z.strictObject({
  /** Unique in its list, also among those that have ended. */
  code: z.string(),
  insurer: z.string(),
  /** From 1, one more with every change. Who changes a plan names the version that he saw (`If-Match`). */
  version: z.int(),
  name: Text,
  /** Where it is sold: in a unit, or in a city of it; without a unit in the whole country. */
  unit: z.string().nullable(),
  city: z.string().nullable(),
  cityName: Text.nullable(),
  validFrom: Day,
  /** The last day; null where no end is known. */
  validTo: Day.nullable(),
  /** The guide document that names its drugs. */
  source: Text,
  /** In list order. */
  drugs: z.array(PlanDrug),
  /** From when to when this was what is known of it; null: it is now. */
  knownFrom: Instant,
  knownTo: Instant.nullable(),
})
export type Plan = z.infer<typeof Plan>

const Place = words(40).nullable().default(null)

const content = {
  name: inBoth(200), unit: Place, city: Place, validFrom: Day, validTo: Day.nullable().default(null), source: inBoth(500),
  drugs: z.array(onlyFields({ drug: words(80), pays: inBoth(500).nullable().default(null) })).min(1, 'at least one drug: a plan that names none is none of the list').max(1_000),
}

type Content = Pick<Plan, 'unit' | 'city' | 'validFrom' | 'validTo' | 'drugs'>

/** What no field says alone: the days are in order, a city lies in a unit, and no drug is named twice. */
function holdsTogether({ unit, city, validFrom, validTo, drugs }: Content, wrong: z.RefinementCtx): void {
  const say = (path: (string | number)[], message: string) => wrong.addIssue({ code: 'custom', path, message })
  if (validTo !== null && validTo < validFrom) say(['validTo'], 'the last day is before the first')
  if (city !== null && unit === null) say(['unit'], 'a city lies in a unit: say which')
  for (const [i, { drug }] of drugs.entries()) if (drugs.findIndex((other) => other.drug === drug) < i) say(['drugs', i, 'drug'], `${drug} is named twice`)
}

/** What an insurer says of a plan of its own: all of it, each time. */
export const PlanChange = onlyFields(content).superRefine(holdsTogether)
export type PlanChange = z.infer<typeof PlanChange>

/** A plan that is new. Its code stays. */
export const NewPlan = onlyFields({ code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters and digits, with hyphens between them').max(80), ...content }).superRefine(holdsTogether)
export type NewPlan = z.infer<typeof NewPlan>

/**
 * Which plans are asked for. `region`: those sold there (of a unit: in the whole country, the unit, or a city of it; of a
 * city: in the whole country, its unit, or the city). `anyDay`: those too whose days do not hold the as-of day.
 */
export const PlansQuestion = z.object({
  drug: z.string().optional(), region: z.string().optional(), insurer: z.string().max(200).optional(), asOf: Day.optional(), knownOn: Instant.optional(), anyDay: z.enum(['true', 'false']).default('false'),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(100), format: Format.default('json'),
})
export type PlansQuestion = z.infer<typeof PlansQuestion>
/** Plans: those of the whole country first, then by unit, city and code. Of a drug that was asked for, with all that they name. */
export const PlansAnswer = z.strictObject({ basis: Basis, plans: z.array(Plan), page: Page })
export type PlansAnswer = z.infer<typeof PlansAnswer>

export const PlanQuestion = z.object({ knownOn: Instant.optional(), format: Format.default('json') })
export type PlanQuestion = z.infer<typeof PlanQuestion>
/** A plan and what was known of it before, the latest first. */
export const PlanAnswer = z.strictObject({ basis: Basis, plan: Plan, former: z.array(Plan) })
export type PlanAnswer = z.infer<typeof PlanAnswer>

/** True if a plan's days hold a day. */
export function isValidOn({ validFrom, validTo }: Pick<Plan, 'validFrom' | 'validTo'>, day: Day): boolean {
  return validFrom <= day && (validTo === null || day <= validTo)
}
