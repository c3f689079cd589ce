import { z } from 'zod'
import { addDays, Day, daysBetween } from './day.js'
import { CourseStage } from './drug-stage.js'
import { ListingRules } from './listing-eligibility.js'
import { Text } from './text.js'

/*
 * Editions of lists side by side: those that were published, with their windows, and the one that is to come. Their files say what
 * was published of each, and nothing of which drugs are in one whose result is not known.
 */

const Code = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)

/** A step of the edition itself that was published, of no drug in particular. */
export const EditionStep = z.strictObject({ what: Text, on: Day, source: Text })
export type EditionStep = z.infer<typeof EditionStep>

/** How many drugs had come to a stage, as it was published; of them, how many applied for both lists. */
export const FunnelStep = z.strictObject({ stage: CourseStage, drugs: z.int().nonnegative(), bothLists: z.int().nonnegative().nullable(), source: Text })
export type FunnelStep = z.infer<typeof FunnelStep>

/** An edition of a list, as `editions.json` gives it. */
export const ListingEdition = z.strictObject({
  code: Code,
  /** The commercial list, or the negotiated drugs of the basic one. */
  kind: z.enum(['commercial', 'basic']),
  name: Text,
  /** The list of this system that watches its drugs; null: none does. */
  list: z.string().nullable(),
  document: Text.nullable(),
  /** When its drugs were published, and from when to when it holds; null: not known yet, or not as one window. */
  publishedOn: Day.nullable(),
  inForce: Day.nullable(),
  validTo: Day.nullable(),
  /** The month in which its result is expected, where it was not published. */
  expected: z.strictObject({ period: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/), source: Text }).nullable(),
  /** Stages that are stated of its drugs at all: of others nothing is missing. */
  told: z.array(CourseStage).min(1),
  steps: z.array(EditionStep),
  funnel: z.array(FunnelStep),
  /** What it asks of a drug; null: not stated here. */
  rules: ListingRules.nullable(),
  /** So many days before a window ends its company and the regulator are told; and why then. Null: nobody is. */
  remind: z.strictObject({ before: z.array(z.int().min(1).max(732)).min(1).max(10), reason: Text }).nullable(),
  note: Text.nullable(),
})
export type ListingEdition = z.infer<typeof ListingEdition>

/** Where an edition stands on a day: its result is awaited, it is published, in force, or over. */
export const editionPhases = ['awaited', 'published', 'in_force', 'over'] as const
export type EditionPhase = (typeof editionPhases)[number]

export function editionPhase({ publishedOn, inForce, validTo }: Pick<ListingEdition, 'publishedOn' | 'inForce' | 'validTo'>, day: Day): EditionPhase {
  if (validTo !== null && day > validTo) return 'over'
  if (inForce !== null && day >= inForce) return 'in_force'
  return publishedOn !== null && day >= publishedOn ? 'published' : 'awaited'
}

/** An edition as far as it could be known on a day: no step that came later, and of one that was published later nothing that came with that. */
export function editionKnownOn(edition: ListingEdition, day: Day): ListingEdition {
  const known = { ...edition, steps: edition.steps.filter(({ on }) => on <= day) }
  return edition.publishedOn === null || edition.publishedOn <= day ? known : { ...known, document: null, publishedOn: null, inForce: null, validTo: null, funnel: [], note: null }
}

/** The next edition of the commercial list on a day: the first in the file whose result is awaited then. Null: none is known. */
export function nextEdition(editions: readonly ListingEdition[], day: Day): ListingEdition | null {
  return editions.find((one) => one.kind === 'commercial' && one.rules !== null && editionPhase(one, day) === 'awaited') ?? null
}

/** Windows of an edition that end on one day. `daysLeft`: until then, 0 on it. `madeUp`: of drugs that are made up for the demonstration, which are never counted with the others. `temporary`: of temporary inclusions, which are no listing. */
export interface WindowsEnding {
  edition: string
  endsOn: Day
  daysLeft: number
  madeUp: boolean
  temporary: boolean
  drugs: number
}

/** Which windows end next, by edition and last day, the first first. */
export function windowsEnding(standings: readonly { edition: string; endsOn: Day | null; madeUp?: boolean; temporary?: boolean }[], day: Day): WindowsEnding[] {
  const found = new Map<string, WindowsEnding>()
  for (const { edition, endsOn, madeUp = false, temporary = false } of standings) {
    if (endsOn === null || endsOn < day) continue
    const key = `${endsOn} ${edition} ${madeUp ? 1 : 0} ${temporary ? 1 : 0}`
    const one = found.get(key) ?? { edition, endsOn, daysLeft: daysBetween(day, endsOn), madeUp, temporary, drugs: 0 }
    found.set(key, { ...one, drugs: one.drugs + 1 })
  }
  return [...found.keys()].sort().map((key) => found.get(key)!)
}

/** What was not told while no server ran is told afterwards, up to so many days. */
const madeUpDays = 31

/** The day on which the reminder was due that holds on a day: the last whose day has come; null where none has, it is out of date, or the window is over. */
export function windowReminderOn(endsOn: Day, before: readonly number[], today: Day): Day | null {
  if (endsOn < today) return null
  const last = before.map((n) => addDays(endsOn, -n)).filter((day) => day <= today).reduce<Day | null>((latest, day) => (latest === null || day > latest ? day : latest), null)
  return last === null || addDays(last, madeUpDays) <= today ? null : last
}
