import { z } from 'zod'
import { breakBetween, breakReasons, type SnapshotCounts } from './break.js'
import type { Day } from './day.js'

/** What holds a report back: it is kept in quarantine until somebody has looked at it. */
export const holdingSuspicions = ['shifted_columns', 'page_size', 'institutions_fell', 'institutions_leapt', 'one_status', 'new_institutions', 'older_dates'] as const
/** All that a report can look like. The rest holds nothing back: it is told, and marked on every series as a break. */
export const suspicionCodes = [...holdingSuspicions, ...breakReasons] as const
export const SuspicionCode = z.enum(suspicionCodes)
export type SuspicionCode = z.infer<typeof SuspicionCode>

/** Why a report that reads well does not look right: against which report it was held, and what the figure was there and is here. */
export const Suspicion = z.strictObject({
  code: SuspicionCode,
  /** The report it was held against; null where it is odd by itself. */
  report: z.string().nullable(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Columns that hold what belongs in others (`field>field`), or the latest days of the two reports. */
  detail: z.array(z.string()),
})
export type Suspicion = z.infer<typeof Suspicion>

/** From where on a source's reports look suspicious. Shares are of one. */
export const Suspecting = z.strictObject({
  /** Distinct institutions fell by more than this share against the source's last accepted snapshot of the scope. */
  fall: z.number().min(0).max(1).default(0.4),
  /** They grew by more than this share. */
  leap: z.number().min(0).default(0.6),
  /** Under so many institutions a report says too little to be held against the next: a handful comes and goes by itself. */
  fewest: z.int().positive().default(20),
  /** Of a source that brings its institutions along: more than this share of them was never named before. */
  newShare: z.number().min(0).max(1).default(0.5),
  /** Whether a round number of rows is held back: no where a source's pages are its own. */
  pages: z.boolean().default(true),
  /** Whether it is held back where all its days are older than the latest before: no where a source states old days anew. */
  days: z.boolean().default(true),
})
export type Suspecting = z.infer<typeof Suspecting>

/** What a report is judged by, and its successor by it. */
export interface Judged {
  /** Null where it is of more than the report that is held against it. */
  counts: SnapshotCounts | null
  institutions: number
  /** Of them, at how many a row says in stock; null where nobody counted. */
  stockedAt: number | null
  /** The latest day that its rows give; null where they give none. */
  latestDay: Day | null
  /** Fingerprint of what it says, days apart; null where it was not taken. */
  content: string | null
}

/** A report that is to be judged. */
export interface ToJudge extends Judged {
  counts: SnapshotCounts
  mode: 'changes' | 'snapshot'
  rowsTotal: number
  /** Of institutions that its rows bring along, how many were never named before; null where they stand in a master. */
  newInstitutions: number | null
  /** Columns that hold what belongs in others; see the reader. */
  shifted: readonly { column: string; looksLike: string }[] | null
}

/** Exports are cut at sizes like these whatever they hold; Excel's own two among them, with a row for the header. */
const cutAt = [65_535, 65_536, 1_048_575, 1_048_576]
/** So small a page is met by chance: it is one only where there were more rows before. */
const smallPages = [100, 200, 250, 500]

function isPage(rows: number, before: number | null): boolean {
  if (before === rows) return false
  if (smallPages.includes(rows)) return before !== null && before > rows
  return rows > 0 && (rows % 1000 === 0 || cutAt.includes(rows))
}

/** A status stands beside another where it has at least this share of the rows, and so many: one or two come and go by themselves. */
const aClass = 0.1
const fewestOfAClass = 5

/**
 * Why a report does not look right, held against the last accepted snapshot of its source and scope (null: there is none);
 * empty where it does. What is known to be a change of what the source reports holds nothing back by itself.
 */
export function suspicionsOf(now: ToJudge, former: (Judged & { report: string }) | null, { fall, leap, fewest, newShare, pages, days }: Suspecting): Suspicion[] {
  const found: Suspicion[] = []
  const suspect = (code: SuspicionCode, figures: Partial<Pick<Suspicion, 'before' | 'after' | 'detail'>> = {}, against = true) =>
    found.push({ code, report: against ? former?.report ?? null : null, before: null, after: null, detail: [], ...figures })
  // Nothing else is worth saying of it: every count is one of the wrong column.
  if (now.shifted && now.shifted.length > 0) {
    suspect('shifted_columns', { detail: now.shifted.map(({ column, looksLike }) => `${column}>${looksLike}`) }, false)
    return found
  }
  // What changed has as many rows as it has, whatever a snapshot had.
  const rowsBefore = now.mode === 'snapshot' ? former?.counts?.rows ?? null : null
  if (pages && isPage(now.rowsTotal, rowsBefore)) suspect('page_size', { before: rowsBefore, after: now.rowsTotal })
  if (former === null) return found
  if (now.mode === 'changes') {
    // What changed is no picture of everything; but a source that says one thing of very much, and it is not "in stock", says it of what it did not look at.
    if (now.institutions >= fewest && former.counts && becameOne(former.counts, now.counts) && now.counts.inStock === 0) suspect('one_status', { before: classesOf(former.counts).length, after: 1 })
    return found
  }
  // Rows that said otherwise were not left out but changed: that is no other way of reporting.
  const isOne = former.institutions >= fewest && former.counts !== null && becameOne(former.counts, now.counts)
  const broke = isOne ? null : breakBetween(former, now)
  // With what a source ceases to list go institutions of which it said nothing else: then those count at which something is in stock.
  const isSwitch = broke !== null && broke !== 'same_content'
  const [before, after] = isSwitch && former.stockedAt !== null && now.stockedAt !== null ? [former.stockedAt, now.stockedAt] : [former.institutions, now.institutions]
  if (former.institutions >= fewest) {
    if (after < before * (1 - fall)) suspect('institutions_fell', { before, after })
    else if (after > before * (1 + leap)) suspect('institutions_leapt', { before, after })
    if (isOne) suspect('one_status', { before: classesOf(former.counts!).length, after: 1 })
    if (now.newInstitutions !== null && now.newInstitutions > now.institutions * newShare) suspect('new_institutions', { before: now.institutions, after: now.newInstitutions })
  }
  if (days && former.latestDay !== null && now.latestDay !== null && now.latestDay < former.latestDay) suspect('older_dates', { detail: [former.latestDay, now.latestDay] })
  if (broke !== null && former.counts) suspect(broke, figuresOf(broke, former.counts, now.counts))
  return found
}

/** Whether a report is held back for this. */
export function holdsBack({ code }: Pick<Suspicion, 'code'>): boolean {
  return (holdingSuspicions as readonly SuspicionCode[]).includes(code)
}

/** Rows by what they say: in stock, not known, zero, anything else. */
function classesOf({ rows, inStock, notKnown, zero }: SnapshotCounts): number[] {
  return [inStock, notKnown, zero, rows - inStock - notKnown - zero].filter((count) => count >= fewestOfAClass && count >= rows * aClass)
}

/**
 * Whether one status stands for everything where there were several. Rows that say otherwise may also have been left out,
 * which is a change of what the source reports: then about as many are in stock as before.
 */
function becameOne(before: SnapshotCounts, after: SnapshotCounts): boolean {
  if (after.rows === 0 || classesOf(before).length < 2) return false
  const said = [after.inStock, after.notKnown, after.zero, after.rows - after.inStock - after.notKnown - after.zero]
  if (!said.includes(after.rows)) return false
  return after.inStock !== after.rows || after.inStock - before.inStock > (before.rows - before.inStock) / 2
}

function figuresOf(code: SuspicionCode, before: SnapshotCounts, after: SnapshotCounts): Partial<Suspicion> {
  if (code === 'zeros_left_out' || code === 'zeros_back') return { before: before.zero, after: after.zero }
  if (code === 'unknowns_left_out' || code === 'unknowns_back') return { before: before.notKnown, after: after.notKnown }
  return { before: before.rows, after: after.rows }
}
