import { z } from 'zod'
import { Day, Instant, PartialDay } from './day.js'
import { onlyFields } from './only-fields.js'
import { Role } from './permission.js'
import { AdmittedBy, enteredRungs, FactOrigin, FactSaying, FactStanding, Rung } from './rung.js'
import { Text } from './text.js'
import { inBoth, words } from './words.js'

/*
 * Facts of the ladder: what an office, a company or a publication says of a rung, for a drug or all drugs of the list, in a unit, a city
 * of it, or everywhere. Each is valid from a day to a day, and known from an instant to an instant: a change is a version.
 */

const count = z.int().min(0).max(1_000_000).nullable().default(null)

/** Where a fact is written. */
export const FactSource = onlyFields({
  text: inBoth(500),
  /** The number of the document (文号). */
  number: words(120).nullable().default(null),
  /** When it was published. */
  dated: PartialDay.nullable().default(null),
  url: z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' }).max(500).nullable().default(null),
})
export type FactSource = z.infer<typeof FactSource>

/** What a fact says beside, as far as it belongs to its rung ({@link detailsOf}). Null: not said. */
export const FactDetail = onlyFields({
  /** By whom it is admitted. */
  by: AdmittedBy.nullable().default(null),
  /** How many institutions: that admitted it, or that settle at once. */
  institutions: count,
  /** The wording of the rule. */
  rule: inBoth(1_000).nullable().default(null),
  /** How a case is left out of payment by case: who applies to whom. */
  reviewPath: inBoth(500).nullable().default(null),
  casesApplied: count,
  casesApproved: count,
  /** When the exemption was asked for. */
  askedOn: PartialDay.nullable().default(null),
  /** What the plan, fund or arrangement is called. */
  scheme: inBoth(200).nullable().default(null),
  /** What it pays, in words. */
  pays: inBoth(500).nullable().default(null),
  /** It is reported as about to stop. */
  stopping: z.boolean().nullable().default(null),
})
export type FactDetail = z.infer<typeof FactDetail>

/** Which details belong to a rung. */
export const detailsOf: Record<Rung, readonly (keyof FactDetail)[]> = {
  platform_listed: [], admitted: ['by', 'institutions'], stocked: [], supplied: [], guide_listed: ['scheme', 'pays'], one_stop_settlement: ['scheme', 'institutions'], settled: ['scheme'],
  in_force: [], exclusion_self_pay: ['rule'], exclusion_substitute: ['rule'], exclusion_drg: ['rule', 'reviewPath', 'casesApplied', 'casesApproved'], tertiary_exemption: ['askedOn'], special_fund: ['scheme', 'pays', 'stopping'],
}

const Code = words(40).nullable().default(null)
export const EnteredRung = z.enum(enteredRungs as [Rung, ...Rung[]])

const shape = {
  rung: EnteredRung,
  /** Null: all drugs of the list. */
  drug: Code,
  /** Null: everywhere. */
  unit: Code,
  /** A city of the unit; null: all of it. */
  city: Code,
  says: FactSaying,
  detail: FactDetail.default(() => FactDetail.parse({})),
  validFrom: Day,
  /** The last day; null where no end is known. */
  validTo: Day.nullable().default(null),
  /** False: it held on `validFrom`, and may have held before. */
  exact: z.boolean().default(true),
  source: FactSource,
  note: inBoth(500).nullable().default(null),
}

type Said = z.infer<z.ZodObject<typeof shape>>

/** The three exclusions: each has its rule, its document and its day. */
const exclusions: readonly Rung[] = ['exclusion_self_pay', 'exclusion_substitute', 'exclusion_drg']

/** Which particulars anybody expects of a fact: those that it does not say are not known, and told so. The third exclusion is conditional: it is worth what its review lets through. */
export function detailsExpected({ rung, says }: Pick<Said, 'rung' | 'says'>): readonly (keyof FactDetail)[] {
  if (!exclusions.includes(rung) || says === 'no') return []
  return says === 'conditional' ? detailsOf[rung] : ['rule']
}

/**
 * Whether a fact that is conditional says under which condition. Any rung may be conditional (a platform takes orders case by case, a
 * plan pays for some of its drugs), so the condition is what makes it different from yes: a note says it, or the wording of the rule,
 * the review path, or that a fund is about to stop. What a company writes in its note is read by the province that confirms it.
 */
function saysCondition({ detail, note }: Pick<Said, 'detail' | 'note'>): boolean {
  return note !== null || detail.rule !== null || detail.reviewPath !== null || detail.stopping === true
}

/** What no field says alone, of a fact that is entered: one that was published says what was published, and no more. */
function holdsTogether({ rung, says, unit, city, validFrom, validTo, detail, note }: Said, wrong: z.RefinementCtx): void {
  const say = (path: (string | number)[], message: string) => wrong.addIssue({ code: 'custom', path, message })
  if (validTo !== null && validTo < validFrom) say(['validTo'], 'the last day is before the first')
  if (city !== null && unit === null) say(['unit'], 'a city lies in a unit: say which')
  for (const field of Object.keys(detail) as (keyof FactDetail)[]) {
    if (detail[field] !== null && !detailsOf[rung].includes(field)) say(['detail', field], `that belongs to no ${rung}; there ${detailsOf[rung].length === 0 ? 'is nothing' : `are ${detailsOf[rung].join(', ')}`}`)
  }
  // How many cases went that way may be unknown to who enters it; which way they go may not.
  if (rung === 'exclusion_drg' && says === 'conditional' && detail.reviewPath === null) say(['detail', 'reviewPath'], 'a conditional exclusion says by which review a case is left out: who applies, and who decides')
  else if (says === 'conditional' && !saysCondition({ detail, note })) say(['note'], 'what is conditional says under which condition: write it in the note')
  const { casesApplied, casesApproved } = detail
  if (casesApplied !== null && casesApproved !== null && casesApproved > casesApplied) say(['detail', 'casesApproved'], 'no more cases are approved than were applied for')
}

/** A fact as it is entered: all of it, each time. */
export const LadderFactSaid = onlyFields(shape).superRefine(holdsTogether)
export type LadderFactSaid = z.infer<typeof LadderFactSaid>

/** Why a fact is refused. */
export const LadderRefusal = onlyFields({ reason: words(500) })
export type LadderRefusal = z.infer<typeof LadderRefusal>

/** `ladder.json` of an edition: facts that were published, each with a code that stays. They say what was published and no more: a review path that was not is not known. `drugs`, `units`: a fact for each of them; null: one for all. */
export const PublishedFact = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(60),
  ...shape, drug: z.undefined().optional(), unit: z.undefined().optional(),
  drugs: z.array(z.string()).min(1).nullable().default(null), units: z.array(z.string()).min(1).nullable().default(null),
})
export type PublishedFact = z.infer<typeof PublishedFact>
export const LadderFile = z.array(PublishedFact)

/** An office or company, and no person: a province by its unit, a company by its code. */
export const FactOffice = z.strictObject({ role: Role, unit: z.string().nullable(), company: z.string().nullable() })
export type FactOffice = z.infer<typeof FactOffice>

/** A fact, as it is or was known. */
export const LadderFact = z.strictObject({
  code: z.string(),
  /** From 1, one more with every change, confirmation and refusal. Who changes it names the version that he saw (`If-Match`). */
  version: z.int(),
  rung: Rung, drug: z.string().nullable(), unit: z.string().nullable(), city: z.string().nullable(), cityName: Text.nullable(),
  says: FactSaying, detail: FactDetail, validFrom: Day, validTo: Day.nullable(), exact: z.boolean(), source: FactSource,
  /** Of what a company entered: for that company, the province and the regulator alone; null for everybody else. */
  note: Text.nullable(),
  origin: FactOrigin,
  /** Who entered it; null of what was published. */
  enteredBy: FactOffice.nullable(),
  standing: FactStanding,
  /** Who confirmed or refused it, and when; null: nobody yet, or it was published. */
  decidedBy: FactOffice.nullable(), decidedAt: Instant.nullable(),
  /** Why it was refused: for whom the note is. */
  reason: z.string().nullable(),
  knownFrom: Instant, knownTo: Instant.nullable(),
})
export type LadderFact = z.infer<typeof LadderFact>

/** On whose word a fact stands. */
export function standingOfFact({ origin, standing }: Pick<LadderFact, 'origin' | 'standing'>): 'confirmed' | 'published' | 'unconfirmed' {
  return origin === 'published' ? 'published' : standing === 'confirmed' ? 'confirmed' : 'unconfirmed'
}
