import { z } from 'zod'
import { Basis } from './basis.js'
import { Day, Period } from './day.js'
import { Evidence } from './evidence.js'
import { Kind } from './kind.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { ReportMode, Scope } from './source.js'
import { Reason, Status } from './status.js'
import { Text } from './text.js'
import { words } from './words.js'

/*
 * What is stated on screen, not in a file that somebody made: it becomes a report like any other. Three acts: statements;
 * "unchanged", which re-dates what its source said of the pairs that it names; and the nil report.
 */

/** Lines of one report that is filled in on screen, at most. */
export const entriesAtMost = 2_000

/** A code as it goes into a cell of a file, which a spreadsheet must not compute. */
const cellCode = words(80).refine((text) => !/^[=+\-@＝＋－＠]/.test(text), { message: 'a code, which begins with a letter or a digit' })

/** Of a drug that is not in stock, by when it is expected can be said where it is on order or has run out. */
export const expectable: readonly Status[] = ['on_order', 'out_of_stock']
/** Of a drug that is in stock, or of which nothing is known, there is no reason why not. */
export const reasoned: readonly Status[] = ['on_order', 'out_of_stock', 'not_carried', 'discontinued']

/** One line: what is said of a drug at an institution. */
export const Entry = onlyFields({
  institution: cellCode,
  drug: cellCode,
  status: Status,
  reason: Reason.nullable().default(null),
  /** The day by which it is expected. Kept as days from the statement's own day, so that it is the same day again wherever it is shown. */
  expectedOn: Day.nullable().default(null),
}).superRefine(({ status, reason, expectedOn }, c) => {
  if (reason !== null && !reasoned.includes(status)) c.addIssue({ code: 'custom', path: ['reason'], message: 'a drug in stock, and one of which nothing is known, has no reason why not' })
  if (expectedOn !== null && !expectable.includes(status)) c.addIssue({ code: 'custom', path: ['expectedOn'], message: 'a day is expected where a drug is on order or has run out' })
})
export type Entry = z.infer<typeof Entry>

/** A pair whose last statement holds unchanged: with what its sender believes it to be, so that nobody re-dates what he has not seen. */
export const Unchanged = onlyFields({ institution: cellCode, drug: cellCode, status: Status, day: Day })
export type Unchanged = z.infer<typeof Unchanged>

const report = {
  source: z.string().min(1).max(80),
  /** Period or day of which it speaks; neither is the list's today. */
  period: Period.optional(),
  asOf: Day.optional(),
  /** Narrows the source's scope, as a report's may be. */
  scope: Scope.optional(),
  /** Checks it and says what would become of it; nothing is written. */
  dryRun: z.boolean().default(false),
}

/** What is sent from a form on screen. */
export const Entries = z.discriminatedUnion('kind', [
  /** Statements. As `changes` (usual) they leave what they do not name as it is; as a `snapshot` they are the period's report, and what they leave out is not reported. */
  onlyFields({ kind: z.literal('statements'), ...report, mode: ReportMode.default('changes'), lines: z.array(Entry).min(1).max(entriesAtMost) }),
  onlyFields({ kind: z.literal('unchanged'), ...report, lines: z.array(Unchanged).min(1).max(entriesAtMost) }),
  /** Nothing to report of the period or day. It says nothing of any pair: not that nothing is in stock, either. */
  onlyFields({ kind: z.literal('nil'), ...report }),
])
export type Entries = z.infer<typeof Entries>

/** A source through which somebody can state what he sees, and of what it speaks then. */
export const EntrySource = z.strictObject({
  code: z.string(),
  name: Text,
  evidence: Evidence,
  unit: z.string().nullable(),
  company: z.string().nullable(),
  institution: z.string().nullable(),
  mode: ReportMode,
  rhythm: z.enum(['monthly', 'weekly', 'daily', 'irregular']),
  scope: Scope,
})
export type EntrySource = z.infer<typeof EntrySource>

export const EntrySourcesAnswer = z.strictObject({ today: Day, sources: z.array(EntrySource) })
export type EntrySourcesAnswer = z.infer<typeof EntrySourcesAnswer>

export const EntryFormQuestion = z.object({
  source: z.string().min(1).max(80), region: z.string().optional(), drug: z.string().optional(), kind: Kind.optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(entriesAtMost).default(200),
})
export type EntryFormQuestion = z.infer<typeof EntryFormQuestion>

/** What a source said last of a pair. */
export const LastSaid = z.strictObject({
  status: Status, day: Day, reason: Reason.nullable(),
  /** The day by which it was expected then. */
  expectedOn: Day.nullable(),
  /** True once it is older than the drug's freshness. */
  stale: z.boolean(),
})
export type LastSaid = z.infer<typeof LastSaid>

/** A line of the form: a pair that the source spoke of last, or of which it could be expected to. */
export const EntryRow = z.strictObject({
  institution: z.string(), institutionName: z.string(), kind: Kind, city: z.string().nullable(), drug: z.string(),
  /** Null where no eligibility is loaded. */
  eligible: z.boolean().nullable(),
  /** Null where the source never spoke of it, or left it out of its last snapshot. */
  last: LastSaid.nullable(),
})
export type EntryRow = z.infer<typeof EntryRow>

/** The form of a source: `said` of its lines have a last statement. */
export const EntryFormAnswer = z.strictObject({ today: Day, source: EntrySource, rows: z.array(EntryRow), said: z.int(), page: Page })
export type EntryFormAnswer = z.infer<typeof EntryFormAnswer>

/** By what pairs to be confirmed can be ordered: those that wait longest first is the usual order. */
export const unconfirmedOrders = ['age', 'institution', 'drug'] as const
export type UnconfirmedOrder = (typeof unconfirmedOrders)[number]

/** Standings of pairs that the company declares in stock and nobody at the institution confirms. */
export const unconfirmedStandings = ['declared_only', 'contradicted', 'supplied'] as const
export const UnconfirmedStanding = z.enum(unconfirmedStandings)
export type UnconfirmedStanding = z.infer<typeof UnconfirmedStanding>

export const UnconfirmedQuestion = z.object({
  region: z.string().optional(), drug: z.string().optional(), institution: z.string().optional(), kind: Kind.optional(),
  standing: UnconfirmedStanding.default('declared_only'),
  /** Declared at least so many days ago. */
  minDays: z.coerce.number().int().min(0).max(36_500).default(0),
  sort: z.enum(unconfirmedOrders.flatMap((one): (`${UnconfirmedOrder}-up` | `${UnconfirmedOrder}-down`)[] => [`${one}-up`, `${one}-down`])).optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
})
export type UnconfirmedQuestion = z.infer<typeof UnconfirmedQuestion>

/** A pair that is declared in stock, and waits for somebody at the institution, its city or province to confirm or refute it. */
export const UnconfirmedRow = z.strictObject({
  institution: z.string(), institutionName: z.string(), kind: Kind, unit: z.string().nullable(), city: z.string().nullable(), drug: z.string(), company: z.string(),
  standing: UnconfirmedStanding,
  declaredOn: Day,
  /** Days since it was declared. */
  days: z.int(),
})
export type UnconfirmedRow = z.infer<typeof UnconfirmedRow>

export const UnconfirmedAnswer = z.strictObject({ basis: Basis, rows: z.array(UnconfirmedRow), page: Page })
export type UnconfirmedAnswer = z.infer<typeof UnconfirmedAnswer>
