import type { RowErrorCode, ShiftedColumn } from '@lastmile/shared/reading'
import type { Field, Profile } from '@lastmile/shared/source'
import { clean, textOf, type RawCell } from './cell.js'
import type { Judge, Verdict } from './judge-cell.js'

/** Rows with values in the wrong columns that a file has at least before it is called shifted, and the part of all its rows. */
const rowsAtLeast = 3
const shareAtLeast = 0.3

/**
 * Fields whose values are told by their form. Both days have one form, and so have the three kinds of numbers: the first
 * that a profile has stands for all of its kind.
 */
const told: readonly Field[] = ['institution_code', 'drug_code', 'status', 'reason', 'reported_on', 'observed_on', 'position', 'state_code', 'zip', 'price', 'quantity', 'lead_days']
const days: readonly Field[] = ['reported_on', 'observed_on']
const numbers: readonly Field[] = ['price', 'quantity', 'lead_days']
/** Errors by which a value cannot belong to its field at all. A closed hospital, or a day out of the period, is in the right column. */
const misfits: ReadonlySet<RowErrorCode> = new Set(['BAD_INSTITUTION_CODE', 'UNKNOWN_INSTITUTION', 'UNKNOWN_DRUG', 'BAD_STATUS', 'BAD_REASON', 'BAD_QUANTITY', 'BAD_DATE', 'BAD_PRICE', 'UNKNOWN_REGION'])

/** A value that does not belong to the field of its column. */
export interface Stray {
  /** The field whose values look like it; null where it is like none. */
  readonly looksLike: Field | null
}

const likeNone: Stray = { looksLike: null }

/**
 * Judges that also tell of a value that does not fit its field whether another field's values look like it. Asked once a
 * distinct cell, and only of what is wrong: a good file costs nothing.
 */
export function tellingStrays(judgeOf: (field: Field) => Judge, profile: Profile): (field: Field) => Judge {
  const looks = looksOf(judgeOf, profile)
  return (field) => {
    const judge = judgeOf(field)
    const others = [...looks].filter(([other]) => other !== field && !sameForm(other, field) && !isSlip(field, other))
    return (cell) => {
      const verdict = judge(cell)
      if (verdict.error === null ? field !== 'zip' || verdict.text === '' || looksLikeZip(cell) : !misfits.has(verdict.error)) return verdict
      const like = others.find(([, fits]) => fits(cell))
      return { ...verdict, stray: like ? { looksLike: like[0] } : likeNone }
    }
  }
}

/**
 * Notices that the values of a file stand in the wrong columns: that the whole table is shifted by a column, or that two
 * columns are swapped. A row counts where a value looks like that of another field whose own cell is not right either, and
 * two cells of the row are amiss; a file counts where such rows are three at least, and three in ten of all. One mistake in
 * every row (another word, another form of days) is none of it: it looks like no other field's value.
 */
export class ShiftedRows {
  readonly #fields: readonly Field[]
  /** The column of a field, or −1. */
  readonly #slots: ReadonlyMap<Field, number>
  /** How often a column's values looked like another field's, by column. */
  readonly #seen: Map<Field, number>[]
  #rows = 0

  /** @param fields of the columns, in their order */
  constructor(fields: readonly Field[]) {
    this.#fields = fields
    this.#slots = new Map(fields.map((field, slot) => [field, slot]))
    this.#seen = fields.map(() => new Map<Field, number>())
  }

  /** Takes a row in which at least one value is a stray. */
  note(verdicts: readonly Verdict[]): void {
    const displaced = verdicts.some(({ stray }) => {
      const like = stray?.looksLike
      if (!like || numbers.includes(like)) return false
      const own = this.#slots.get(like)
      return own === undefined ? amiss(verdicts) > 1 : !isRight(verdicts[own]!)
    })
    if (!displaced) return
    this.#rows++
    verdicts.forEach(({ stray }, slot) => {
      const like = stray?.looksLike
      if (like) this.#seen[slot]!.set(like, (this.#seen[slot]!.get(like) ?? 0) + 1)
    })
  }

  /** The columns that hold another field's values, in their order; null where the file is not shifted. */
  columns(rowsTotal: number): ShiftedColumn[] | null {
    if (this.#rows < rowsAtLeast || this.#rows < rowsTotal * shareAtLeast) return null
    const shifted = this.#fields.flatMap((column, slot): ShiftedColumn[] => {
      const most = [...this.#seen[slot]!].reduce<readonly [Field, number] | null>((best, one) => (best && best[1] >= one[1] ? best : one), null)
      return most && most[1] >= this.#rows / 2 ? [{ column, looksLike: most[0] }] : []
    })
    return shifted.length > 0 ? shifted : null
  }
}

function isRight({ error, stray, blank }: Verdict): boolean {
  return error === null && stray === null && !blank
}

function amiss(verdicts: readonly Verdict[]): number {
  return verdicts.reduce((count, { error, stray }) => (error !== null || stray !== null ? count + 1 : count), 0)
}

/** Whether a value looks like one of a field, for each field of the profile that has a form of its own. */
function looksOf(judgeOf: (field: Field) => Judge, profile: Profile): Map<Field, (cell: RawCell) => boolean> {
  const looks = new Map<Field, (cell: RawCell) => boolean>()
  for (const field of told) {
    if (!profile.columns[field] || [...looks.keys()].some((other) => sameForm(other, field))) continue
    looks.set(field, field === 'zip' ? looksLikeZip : field === 'position' ? looksLikePosition : sound(judgeOf(field), profile.institutionCodePattern !== undefined))
  }
  return looks
}

function sound(judge: Judge, codesHaveShape: boolean): (cell: RawCell) => boolean {
  return (cell) => {
    const { error, blank } = judge(cell)
    if (error === null) return !blank
    return ['INSTITUTION_INACTIVE', 'DRUG_OUT_OF_SCOPE', 'DATE_IN_FUTURE', 'DATE_OUT_OF_PERIOD'].includes(error) || (codesHaveShape && ['UNKNOWN_INSTITUTION', 'INSTITUTION_OUT_OF_SCOPE'].includes(error))
  }
}

function looksLikeZip(cell: RawCell): boolean {
  return /^\d{5}(-\d{4})?$/.test(clean(textOf(cell).slice(0, 40)).text)
}

function looksLikePosition(cell: RawCell): boolean {
  return /^POINT ?\(/i.test(textOf(cell).trimStart())
}

function sameForm(a: Field, b: Field): boolean {
  return a === b || (days.includes(a) && days.includes(b)) || (numbers.includes(a) && numbers.includes(b))
}

/** The expected day instead of the days to wait: a slip of the pen, in the right column. */
function isSlip(column: Field, looksLike: Field): boolean {
  return column === 'lead_days' && days.includes(looksLike)
}
