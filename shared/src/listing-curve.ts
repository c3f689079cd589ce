import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { dayNumber, Day, laterDay } from './day.js'
import type { Drug } from './drug.js'
import { Evidence } from './evidence.js'
import { fewestForBand } from './peers.js'
import { percentile } from './percentile.js'

/*
 * How fast a drug reached its n-th unit, and how many institutions had it at one time, counted in days from its listing, and how that
 * stands against the drugs of other companies of its class. Units are counted as they are reached for the first time, whichever have it
 * later on; of institutions, the most that had it at once: which of them were the first, counts do not tell. Either way a curve never falls.
 *
 * Of rivals nothing is told but a band, and the band is such that no rival can be worked out of it:
 *
 * - a company's own drugs are never in it: with them it could take its own figures out;
 * - it is of companies, five others or more ({@link fewestForBand}): of several drugs of one company the middle of their figures is in
 *   it, so that a company counts once, however many drugs it has;
 * - drugs of which nothing was ever said under this kind of evidence are in none: what they reached is not known, and that is not
 *   nothing. Who steps in when he is spoken of for the first time never steps out; how many are left out is told. Along a band all of it
 *   are in from its first day on, and before the first word of a drug it counts as having reached nothing, which the screen
 *   says: let in one by one, each step would tell what one of them reached;
 * - any two bands of one answer are of the same drugs, or differ by the drugs of five companies or more on each side
 *   on which they differ: so the difference of two bands is no smaller than a band ({@link bandMembers});
 * - its ends are the tenth and the ninetieth percentile where ten companies or more are in it, and else the quartiles: of few,
 *   the outermost percentiles are next to somebody's own figure.
 *
 * What this does not hold back: who is in a band depends on the day and the kind of evidence. Whoever asks for two days around the first
 * word of one rival's drug sees two bands that differ by that company. They are still percentiles of five or more, and name nobody.
 *
 * Where the class is too small, the next wider one is taken; where none is wide enough, there is no band.
 */

/** From the narrowest class to the widest: need (for a rare disease or not), supply form and therapeutic group alike; need and form; need; all drugs of the list. */
export const classLevels = ['therapeutic', 'supply_form', 'need', 'list'] as const
export const ClassLevel = z.enum(classLevels)
export type ClassLevel = z.infer<typeof ClassLevel>

/** Under so many companies a band has no ends beyond its quartiles. */
export const fewestForEnds = 10

/** A drug as far as it says of which classes it is. `said`: whether anything was ever said of it under the kind of evidence asked for. */
export type Classified = Pick<Drug, 'code' | 'company' | 'rareDisease' | 'supplyForm' | 'categoryCode'> & { listedOn: Day; said: boolean }

/** The day from which a drug's days are counted: its own first day on the list, and not before the list came into force. */
export function listedOn({ validFrom }: Pick<Drug, 'validFrom'>, inForce: Day): Day {
  return laterDay(validFrom, inForce)
}

/** The therapeutic group of a category code of the list (`X` and an ATC code): the second level of ATC, `XL01`; null where none is given. */
export function therapeuticGroup(categoryCode: string | null): string | null {
  return categoryCode !== null && categoryCode.length >= 4 ? categoryCode.slice(0, 4) : null
}

/** What the drugs of a class have in common, as the narrowest classes have all of it; null: it tells none apart. */
export const DrugClass = z.strictObject({ level: ClassLevel, rareDisease: z.boolean().nullable(), supplyForm: z.string().nullable(), group: z.string().nullable() })
export type DrugClass = z.infer<typeof DrugClass>

/** The class of a drug at a level; null where nothing says of which it is. */
export function classOf({ rareDisease, supplyForm, categoryCode }: Classified, level: ClassLevel): DrugClass | null {
  const group = therapeuticGroup(categoryCode)
  switch (level) {
    case 'therapeutic': return group === null ? null : { level, rareDisease, supplyForm, group }
    case 'supply_form': return { level, rareDisease, supplyForm, group: null }
    case 'need': return { level, rareDisease, supplyForm: null, group: null }
    case 'list': return { level, rareDisease: null, supplyForm: null, group: null }
  }
}

/** With whom a drug is compared: the class, and the codes of the drugs of other companies in it. `companies`: of how many. `silent`: how many more there are of which nothing was ever said. */
export interface Members {
  class: DrugClass
  drugs: readonly string[]
  companies: number
  silent: number
}

/**
 * With whom each drug of a company is compared, by the rules above; null where no class is wide enough. Drugs that were listed
 * after a drug are never compared with it: they have not been there for as many days.
 */
export function bandMembers(company: string, drugs: readonly Classified[]): ReadonlyMap<string, Members | null> {
  const companyOf = new Map(drugs.map((one) => [one.code, one.company]))
  const chosen = drugs.filter((one) => one.company === company).map((drug) => ({ drug, at: nextWide(drug, drugs, 0) }))
  // Two bands that are too near to each other: the smaller one is widened, until none are. Levels only ever rise.
  for (let again = true; again;) {
    again = false
    for (const [i, one] of chosen.entries()) {
      for (const other of chosen.slice(i + 1)) {
        if (one.at === null || other.at === null || !tooNear(one.at.members, other.at.members, companyOf)) continue
        const smaller = one.at.members.drugs.length <= other.at.members.drugs.length ? one : other
        smaller.at = nextWide(smaller.drug, drugs, smaller.at!.level + 1)
        again = true
      }
    }
  }
  return new Map(chosen.map(({ drug, at }) => [drug.code, at?.members ?? null]))
}

/** The first class from a level on in which there are enough others. */
function nextWide(drug: Classified, drugs: readonly Classified[], from: number): { level: number; members: Members } | null {
  for (let level = from; level < classLevels.length; level++) {
    const own = classOf(drug, classLevels[level]!)
    if (own === null) continue
    const alike = drugs.filter((one) => one.company !== drug.company && one.listedOn <= drug.listedOn && sameClass(classOf(one, own.level), own))
    const others = alike.filter((one) => one.said)
    const companies = new Set(others.map((one) => one.company)).size
    if (companies >= fewestForBand) return { level, members: { class: own, drugs: others.map(({ code }) => code), companies, silent: alike.length - others.length } }
  }
  return null
}

function sameClass(one: DrugClass | null, other: DrugClass): boolean {
  return one !== null && one.rareDisease === other.rareDisease && one.supplyForm === other.supplyForm && one.group === other.group
}

/** Whether what one of two bands has and the other has not could tell of fewer companies than a band may. */
function tooNear(one: Members, other: Members, companyOf: ReadonlyMap<string, string>): boolean {
  const beyond = (a: Members, b: Members) => new Set(a.drugs.filter((code) => !b.drugs.includes(code)).map((code) => companyOf.get(code))).size
  return [beyond(one, other), beyond(other, one)].some((companies) => companies > 0 && companies < fewestForBand)
}

/** From this many days since the listing on, so many are reached. */
export interface Step {
  days: number
  n: number
}

/** The steps of a curve, of the figures of a drug on the days on which they change: what was reached once stays reached, and what was there before the listing was there on its day. */
export function stepsOf(figures: Iterable<{ day: number; n: number }>, listedOn: Day): Step[] {
  const first = dayNumber(listedOn)
  const steps: Step[] = []
  for (const { day, n } of figures) {
    if (n <= (steps.at(-1)?.n ?? 0)) continue
    const days = Math.max(0, day - first)
    if (steps.at(-1)?.days === days) steps.at(-1)!.n = n
    else steps.push({ days, n })
  }
  return steps
}

/** How many are reached after so many days. */
export function reachedBy(steps: readonly Step[], days: number): number {
  return steps.findLast((one) => one.days <= days)?.n ?? 0
}

/** A band from a day since the listing on: of how many are reached, the percentiles over its companies; `low` and `high`: null where there are too few for ends. */
export const BandPoint = z.strictObject({ days: z.int(), low: z.number().nullable(), lower: z.number(), median: z.number(), upper: z.number(), high: z.number().nullable() })
export type BandPoint = z.infer<typeof BandPoint>

/** The band of some companies, each with the curves of its drugs, which count as nothing before their first step: a point on each day on which it moves, from the listing to `last` days after it. */
export function bandAlong(companies: readonly (readonly (readonly Step[])[])[], last: number): BandPoint[] {
  const days = [...new Set([0, ...companies.flat(2).map((one) => one.days)])].filter((one) => one <= last).sort((a, b) => a - b)
  const points: BandPoint[] = []
  for (const day of days) {
    const rising = (figures: number[]) => figures.sort((a, b) => a - b)
    const sorted = rising(companies.map((curves) => percentile(rising(curves.map((steps) => reachedBy(steps, day))), 0.5)))
    const of = (share: number) => Math.round(percentile(sorted, share) * 10) / 10
    const ends = companies.length >= fewestForEnds
    const point = { days: day, low: ends ? of(0.1) : null, lower: of(0.25), median: of(0.5), upper: of(0.75), high: ends ? of(0.9) : null }
    const before = points.at(-1)
    if (!before || (['low', 'lower', 'median', 'upper', 'high'] as const).some((one) => before[one] !== point[one])) points.push(point)
  }
  return points
}

export const curveOf = ['units', 'institutions'] as const
export const CurveOf = z.enum(curveOf)
export type CurveOf = z.infer<typeof CurveOf>

/** `company`: whose drugs; a company asks of its own. */
export const CurvesQuestion = z.object({ company: z.string().max(80).optional(), evidence: Evidence.default('declared'), of: CurveOf.default('units'), asOf: Day.optional(), format: Format.default('json') })
export type CurvesQuestion = z.infer<typeof CurvesQuestion>

/**
 * One drug of the company. `said`: whether anything was ever said of it under this kind of evidence; where nothing was, that it reached
 * nothing is not known. `days` it has been listed by the as-of day. `reached`: on this day so many were reached for the first
 * time, `units` those that were new then (null where institutions are counted). `band` null: there are not five other companies in any class of whose drugs anything was said.
 */
export const DrugCurve = z.strictObject({
  drug: z.string(), listedOn: Day, days: z.int(), said: z.boolean(),
  reached: z.array(z.strictObject({ n: z.int(), day: Day, days: z.int(), units: z.array(z.string()).nullable() })),
  /** `silent`: how many more there are of which nothing was ever said under this kind of evidence; they are not in it. `narrower`: a narrower class has too few companies, or would tell too much beside another band. */
  band: z.strictObject({ class: DrugClass, drugs: z.int(), companies: z.int(), silent: z.int(), narrower: z.boolean(), points: z.array(BandPoint) }).nullable(),
})
export type DrugCurve = z.infer<typeof DrugCurve>

/** Answer of `/progress/curves`. `most`: how many units there are; null where institutions are counted. */
export const CurvesAnswer = z.strictObject({ basis: Basis, company: z.string(), of: CurveOf, most: z.int().nullable(), drugs: z.array(DrugCurve) })
export type CurvesAnswer = z.infer<typeof CurvesAnswer>
