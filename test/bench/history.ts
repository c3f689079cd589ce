import { dayOfNumber, type Day, type Period } from '@lastmile/shared/day'
import { LinePacker, type PackedLines } from '@lastmile/shared/report-lines'
import { statuses } from '@lastmile/shared/status'
import { dice } from './dice.js'
import { drugsEverStocked, type Nation } from './nation.js'

/** Months of history. Each unit sends a snapshot before the first, and a report of changes for every month. */
export const months = 24
/** The last day of which reports speak: the list's today. */
export const today: Day = '2026-06-30'

/** As-of day of each time of reporting, from the snapshot (0) to the last month (24), as days since 1970. */
export const asOfDays: readonly number[] = Array.from({ length: months + 1 }, (_, time) => Date.UTC(2024, 6 + time, 0) / 86_400_000)

/** Days after which a statement on a drug is stale. */
export function freshnessDays(drug: number): number {
  return drug % 4 === 0 ? 365 : 180
}

const inStock = statuses.indexOf('in_stock')
/** How often each status is said: of `statuses`, in their order. */
const shares = [0.64, 0.06, 0.12, 0.09, 0.03, 0.06]
/** Share of pairs named in the first snapshot, and how likely a pair is named again in a month: 4.9 statements a pair. */
const namedAtFirst = 0.6
const namedAgain = 0.2

/** One report: which unit's (its place in the nation), at which time of reporting. */
export interface NationReport {
  unit: number
  time: number
  asOf: Day
  /** Null for the first snapshot, which speaks of its as-of day. */
  period: Period | null
  mode: 'snapshot' | 'changes'
}

/** All reports in the order in which they came in. */
export function* reportsOf(nation: Nation): Generator<NationReport> {
  for (let time = 0; time <= months; time++) {
    const asOf = dayOfNumber(asOfDays[time]!)
    for (let unit = 0; unit < nation.units.length; unit++) {
      yield { unit, time, asOf, period: time === 0 ? null : asOf.slice(0, 7), mode: time === 0 ? 'snapshot' : 'changes' }
    }
  }
}

/** Goes over the lines of a report, by institution, then drug, without making an object of each: {@link next} fills the fields. */
export class ReportLines {
  institution = -1
  drug = 0
  /** Row of the file, from 2: the first is the header. */
  line = 1
  /** Place in `statuses`. */
  status = 0
  /** Days since 1970. */
  day = 0
  readonly #nation: Nation
  readonly #time: number
  readonly #end: number
  #pair: number

  constructor(nation: Nation, report: { unit: number; time: number }) {
    this.#nation = nation
    this.#time = report.time
    this.institution = nation.firstOfUnit[report.unit]!
    this.#pair = nation.firstPair[this.institution]!
    this.#end = nation.firstPair[nation.firstOfUnit[report.unit + 1]!]!
  }

  /** False after the last line. */
  next(): boolean {
    const { firstPair, drug } = this.#nation
    for (; this.#pair < this.#end; this.#pair++) {
      while (this.#pair >= firstPair[this.institution + 1]!) this.institution += 1
      const named = drug[this.#pair]!
      if (!isNamed(this.institution, named, this.#time)) continue
      this.drug = named
      this.line += 1
      this.status = statusAt(this.institution, named, this.#time)
      this.day = dayAt(this.institution, named, this.#time)
      this.#pair += 1
      return true
    }
    return false
  }
}

/** Lines packed at once. */
const linesAtOnce = 100_000

/** The lines of a report, packed, under the ids that a database gave institutions (by place) and drugs (by number). */
export function* packedLines(nation: Nation, report: NationReport, ids: { institutions: Int32Array; drugs: Int32Array }): Generator<PackedLines> {
  const lines = new ReportLines(nation, report)
  const packer = new LinePacker()
  const own: { drug: number; line: number; status: number; day: number }[] = []
  let packed = 0
  let institution = -1
  const close = () => {
    if (own.length === 0) return
    packer.begin(ids.institutions[institution]!, Math.max(...own.map((one) => one.day)), own[0]!.line)
    for (const one of own) packer.add(one.drug, one.line, one.status, one.day, 0, null, null, null)
    packed += own.length
    own.length = 0
  }
  while (lines.next()) {
    if (lines.institution !== institution) {
      close()
      institution = lines.institution
      if (packed >= linesAtOnce) {
        yield packer.finish()
        packed = 0
      }
    }
    own.push({ drug: ids.drugs[lines.drug]!, line: lines.line, status: lines.status, day: lines.day })
  }
  close()
  if (packed > 0) yield packer.finish()
}

/** Time of the last report that names a pair, or null where none does yet. */
export function lastNamed(institution: number, drug: number): number | null {
  for (let time = months; time >= 0; time--) if (isNamed(institution, drug, time)) return time
  return null
}

/** The day from which a statement on a pair holds no more: its next one's, or the one on which it is stale. */
export function heldUntil(institution: number, drug: number, time: number, day: number): number {
  const stale = day + freshnessDays(drug) + 1
  for (let next = time + 1; next <= months; next++) {
    if (asOfDays[next - 1]! >= stale) break
    if (isNamed(institution, drug, next)) return Math.min(stale, dayAt(institution, drug, next))
  }
  return stale
}

function isNamed(institution: number, drug: number, time: number): boolean {
  const pair = institution * 512 + drug
  const first = dice(pair, 0, 11)
  const begins = first < namedAtFirst ? 0 : 1 + Math.floor(((first - namedAtFirst) / (1 - namedAtFirst)) * (months - 2))
  return time === begins || (time > begins && dice(pair, time, 12) < namedAgain)
}

/** What a report says of a pair that it names: place in `statuses`. */
export function statusAt(institution: number, drug: number, time: number): number {
  let rest = dice(institution * 512 + drug, time, 13)
  for (const [status, share] of shares.entries()) {
    if (rest < share) return status === inStock && drug > drugsEverStocked ? statuses.indexOf('not_carried') : status
    rest -= share
  }
  return inStock
}

/** The observed day: one of the four weeks up to the as-of day. */
export function dayAt(institution: number, drug: number, time: number): number {
  return asOfDays[time]! - Math.floor(dice(institution * 512 + drug, time, 14) * 28)
}

/** Last day of each month of history. */
export function monthEnds(): Day[] {
  return asOfDays.slice(1).map(dayOfNumber)
}
