import { dayNumber, dayOfNumber } from '@lastmile/shared/day'
import { dayBases, reasons, statuses } from '@lastmile/shared/status'
import type { CheckedRow } from './checked-row.js'

/**
 * Checked rows as columns, in which form they cross from the worker: typed arrays move without a copy, and codes are
 * one string with a line each. Cloning 200,000 objects would stall the receiving thread for as long as checking them took.
 */
export interface RowColumns {
  readonly count: number
  readonly line: Uint32Array
  readonly institution: Uint32Array
  readonly drug: Uint32Array
  readonly status: Uint8Array
  /** Days since 1970-01-01; {@link none} for null. */
  readonly day: Int32Array
  readonly dayBasis: Uint8Array
  /** Hundredths of a yuan, exact in a double; -1 for null. */
  readonly price: Float64Array
  readonly reason: Uint8Array
  readonly leadDays: Int32Array
  /** NaN for null. */
  readonly quantity: Float64Array
  readonly institutions: string
  readonly drugs: string
}

const none = -2_147_483_648
const noReason = 255

/** Packs rows into columns. */
export function toColumns(rows: readonly CheckedRow[]): RowColumns {
  const count = rows.length
  const columns = {
    line: new Uint32Array(count), institution: new Uint32Array(count), drug: new Uint32Array(count), status: new Uint8Array(count),
    day: new Int32Array(count), dayBasis: new Uint8Array(count), price: new Float64Array(count), reason: new Uint8Array(count),
    leadDays: new Int32Array(count), quantity: new Float64Array(count),
  }
  const [institutions, drugs, days] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  rows.forEach((row, at) => {
    columns.line[at] = row.line
    columns.institution[at] = placeIn(institutions, row.institution)
    columns.drug[at] = placeIn(drugs, row.drug)
    columns.status[at] = statuses.indexOf(row.status)
    columns.day[at] = row.day === null ? none : numberIn(days, row.day)
    columns.dayBasis[at] = dayBases.indexOf(row.dayBasis)
    columns.price[at] = row.price === null ? -1 : Number(row.price.replace('.', ''))
    columns.reason[at] = row.reason === null ? noReason : reasons.indexOf(row.reason)
    columns.leadDays[at] = row.leadDays ?? none
    columns.quantity[at] = row.quantity ?? Number.NaN
  })
  return { count, ...columns, institutions: [...institutions.keys()].join('\n'), drugs: [...drugs.keys()].join('\n') }
}

/** The buffers of the columns, to be transferred rather than copied. */
export function buffersOf(columns: RowColumns): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []))
}

/** Unpacks the columns, a few thousand rows at a time, so that the thread can answer others in between. */
export async function fromColumns(columns: RowColumns): Promise<CheckedRow[]> {
  const rows: CheckedRow[] = []
  const institutions = columns.institutions.split('\n')
  const drugs = columns.drugs.split('\n')
  const days = new Map<number, string>()
  const dayOf = (number: number): string => {
    const day = days.get(number) ?? dayOfNumber(number)
    days.set(number, day)
    return day
  }
  for (let at = 0; at < columns.count; at++) {
    if (at % 5000 === 4999) await new Promise((resolve) => setImmediate(resolve))
    const [day, price, reason, leadDays, quantity] = [columns.day[at]!, columns.price[at]!, columns.reason[at]!, columns.leadDays[at]!, columns.quantity[at]!]
    rows.push({
      line: columns.line[at]!,
      institution: institutions[columns.institution[at]!]!,
      drug: drugs[columns.drug[at]!]!,
      status: statuses[columns.status[at]!]!,
      day: day === none ? null : dayOf(day),
      dayBasis: dayBases[columns.dayBasis[at]!]!,
      price: price < 0 ? null : `${Math.floor(price / 100)}.${String(price % 100).padStart(2, '0')}`,
      reason: reason === noReason ? null : reasons[reason]!,
      leadDays: leadDays === none ? null : leadDays,
      quantity: Number.isNaN(quantity) ? null : quantity,
    })
  }
  return rows
}

function placeIn(places: Map<string, number>, text: string): number {
  let place = places.get(text)
  if (place === undefined) {
    place = places.size
    places.set(text, place)
  }
  return place
}

function numberIn(numbers: Map<string, number>, day: string): number {
  const number = numbers.get(day) ?? dayNumber(day)
  numbers.set(day, number)
  return number
}
