import { dayNumber } from '@lastmile/shared/day'
import type { RowError, RowErrorCode, ShiftedColumn } from '@lastmile/shared/reading'
import type { PackedLines } from '@lastmile/shared/report-lines'
import type { Field } from '@lastmile/shared/source'
import { dayBases, statuses } from '@lastmile/shared/status'
import type { ParsedCounts } from './parsed-counts.js'
import { CsvColumn } from './csv-judge.js'
import type { CsvRows } from './csv-rows.js'
import type { RawRow } from './cell.js'
import type { Header } from './header.js'
import { cellWarnings, judgesFor, nothing, type Judge, type RowRules, type Verdict } from './judge-cell.js'
import { LineRuns } from './line-runs.js'
import { ReportPacker, type PackedFacts, type PackedPrices } from './pack-report.js'
import type { Provider } from './provider.js'
import { ProviderList } from './provider-list.js'
import { SameLines } from './same-lines.js'
import { ShiftedRows, tellingStrays } from './shifted.js'
import type { Warnings } from './warnings.js'

export interface CheckedTable extends PackedFacts {
  /** The rows that stand, packed; empty where there is any error. */
  readonly parts: PackedLines[]
  readonly prices: PackedPrices | null
  /** Lines in all parts. */
  readonly storedCount: number
  /** Places in the master of the drugs that the rows name. */
  readonly drugsNamed: number[]
  readonly storedSha256: string | null
  readonly providers: Provider[]
  readonly parsed: ParsedCounts
  /** The first errors, in order of their rows, at most `limits.maxErrorsListed`; all are counted. */
  readonly errors: RowError[]
  readonly errorsTotal: number
}

const [observed, filed, asOfBasis] = [dayBases.indexOf('observed'), dayBases.indexOf('filed'), dayBases.indexOf('as_of')]
const [inStock, outOfStock, notKnown] = [statuses.indexOf('in_stock'), statuses.indexOf('out_of_stock'), statuses.indexOf('not_known')]
/** Of one kind of warning so many rows are listed at most. */
const listedPerKind = 20
const absent: Verdict = { error: null, echo: null, warnings: 0, value: nothing, text: '', blank: true, stray: null }
/** What a row can say of a pair: where none of it is filled in, nothing is said. The day on which it was filed says nothing by itself. */
const sayingFields: readonly Field[] = ['status', 'observed_on', 'price', 'reason', 'lead_days', 'quantity']
const addressFields = ['provider_name', 'address1', 'address2', 'city', 'county', 'state_code', 'zip', 'position'] as const

/**
 * Checks the rows below the header against the masters as they come, by the rules of the profile, and packs those that
 * stand. Every error of every row is found; a row with an error takes no part in the search for rows that are the same.
 * Columns without a field are not looked at, so what stands in them is never wrong.
 */
export class RowChecker {
  readonly #rules: RowRules
  readonly #header: Header
  readonly #warnings: Warnings
  /** Where the columns are. */
  readonly #cells: Int32Array
  readonly #judges: readonly Judge[]
  readonly #csvColumns: readonly CsvColumn[]
  readonly #verdicts: Verdict[]
  readonly #slots: Readonly<Record<'institution' | 'drug' | 'status' | 'observed' | 'filed' | 'price' | 'reason' | 'leadDays' | 'quantity', number>>
  readonly #addressSlots: readonly number[]
  /** Warnings told, by column and kind. */
  readonly #told: Int32Array
  readonly #drugRanks: Ranking
  readonly #asOf: number
  readonly #runs: LineRuns
  readonly #providers = new ProviderList()
  readonly #shifted: ShiftedRows
  readonly #counts = { rows: 0, inStock: 0, notKnown: 0, zero: 0 }
  readonly #errors: RowError[] = []
  #errorsTotal = 0
  /** Columns of a template of which one must be filled in for a row to be reported; empty where every row is. */
  readonly #saying: readonly number[]
  /** Rows of a template of which nothing was filled in. */
  leftBlank = 0

  /** @param spoolPath where rows of a very large report may be put aside; null keeps all in memory */
  constructor(header: Header, rules: RowRules, warnings: Warnings, spoolPath: string | null = null) {
    this.#rules = rules
    this.#header = header
    this.#warnings = warnings
    const judgeOf = tellingStrays(judgesFor(rules), rules.profile)
    this.#cells = Int32Array.from(header.columns, ([, column]) => column)
    this.#judges = header.columns.map(([field]) => judgeOf(field))
    this.#csvColumns = header.columns.map(([field], slot) => new CsvColumn(field, this.#judges[slot]!, rules.limits.maxCellChars))
    this.#verdicts = header.columns.map(() => absent)
    const slotOf = (field: Field) => header.columns.findIndex(([one]) => one === field)
    this.#slots = {
      institution: slotOf('institution_code'), drug: slotOf('drug_code'), status: slotOf('status'), observed: slotOf('observed_on'), filed: slotOf('reported_on'),
      price: slotOf('price'), reason: slotOf('reason'), leadDays: slotOf('lead_days'), quantity: slotOf('quantity'),
    }
    this.#saying = header.leavesBlank ? sayingFields.map(slotOf).filter((slot) => slot >= 0) : []
    this.#addressSlots = addressFields.map(slotOf)
    this.#shifted = new ShiftedRows(header.columns.map(([field]) => field))
    this.#told = new Int32Array(header.columns.length * cellWarnings.length)
    this.#drugRanks = rankingOf(rules.masters.drugs)
    this.#asOf = dayNumber(rules.asOf)
    this.#runs = new LineRuns(rules.masters.drugs.length, spoolPath)
  }

  /** Checks the row of a CSV at hand. */
  checkCsv(rows: CsvRows): void {
    const cells = this.#cells
    const { width } = this.#header
    if (rows.width < width) return this.#failCsv(rows, 'TOO_FEW_FIELDS')
    for (let cell = width; cell < rows.width; cell++) if (!rows.isBlankCell(cell)) return this.#failCsv(rows, 'TOO_MANY_FIELDS')
    for (let slot = 0; slot < cells.length; slot++) this.#verdicts[slot] = this.#csvColumns[slot]!.verdict(rows, cells[slot]!)
    this.#take(rows.row)
  }

  /** A row with more or fewer cells than the header is wrong as a whole; where its values stand is looked at all the same. */
  #failCsv(rows: CsvRows, code: RowErrorCode): void {
    this.#fail(rows.row, null, code, null)
    this.#cells.forEach((cell, slot) => {
      this.#verdicts[slot] = cell < rows.width ? this.#csvColumns[slot]!.verdict(rows, cell) : absent
    })
    if (this.#verdicts.some(({ stray }) => stray !== null)) this.#shifted.note(this.#verdicts)
  }

  /** Checks a row of a worksheet: there, a cell that is missing is empty. */
  checkSheetRow({ row, cells }: RawRow): void {
    this.#header.columns.forEach(([, column], slot) => {
      this.#verdicts[slot] = this.#judges[slot]!(cells[column] ?? '')
    })
    this.#take(row)
  }

  /** Looks for rows that are the same, and packs what stands where there is no error. */
  finish(): CheckedTable {
    const { profile, limits, masters } = this.#rules
    const same = new SameLines(profile, Math.max(limits.maxErrorsListed, listedPerKind))
    const brought = profile.institutionFrom === 'address'
    const providers = this.#providers.list()
    const institutionCodes = once(() => (brought ? providers.map((one) => one.code) : masters.institutions.codes.split('\n')))
    const institutionIds = brought ? Int32Array.from(providers, (_, place) => place) : masters.institutions.ids
    const packer = new ReportPacker({ ids: institutionIds, codes: institutionCodes }, { ids: this.#drugRanks.ids, codes: once(() => this.#drugRanks.places.map((place) => masters.drugs[place]!.code)) }, this.#runs.count)
    const named = new Uint8Array(masters.drugs.length)
    this.#runs.visit(institutionIds.length, (institution, columns, order, from, to) => {
      const standing = same.settle(columns, order, from, to)
      if (this.#errorsTotal + same.errorsTotal > 0) return
      for (let i = from; i < to; i++) named[columns.drug(order[i]!)] = 1
      if (standing) packer.add(institution, columns, standing, 0, standing.length)
      else packer.add(institution, columns, order, from, to)
    })
    for (const line of same.collapsedLines().slice(0, listedPerKind)) this.#warnings.add('ROWS_COLLAPSED', line)
    const errorsTotal = this.#errorsTotal + same.errorsTotal
    const errors = [...this.#errors, ...same.errors().map(({ row, code }): RowError => ({ row, column: null, code, value: null }))].sort((a, b) => a.row - b.row)
    const packed = errorsTotal > 0 ? { parts: [], prices: null, storedSha256: null, stockedAt: 0, latestDay: null, content: null } : packer.finish()
    return {
      ...packed, storedCount: packer.count, drugsNamed: this.#drugRanks.places.filter((_, rank) => named[rank] === 1), providers,
      parsed: this.#counts, errors: errors.slice(0, limits.maxErrorsListed), errorsTotal,
    }
  }

  /** The columns that hold another field's values, where the rows read show that the table is shifted; else null. */
  shifted(rowsTotal: number): ShiftedColumn[] | null {
    return this.#shifted.columns(rowsTotal)
  }

  /** Lets go of what was put aside on the disk. */
  close(): void {
    this.#runs.close()
  }

  /** Takes the row whose verdicts stand ready: tells what is wrong or worth a warning, and adds it to the lines if it is sound. */
  #take(row: number): void {
    const verdicts = this.#verdicts
    if (this.#saying.length > 0 && this.#saying.every((slot) => verdicts[slot]!.blank)) {
      this.leftBlank++
      return
    }
    let sound = true
    let strays = false
    for (let slot = 0; slot < verdicts.length; slot++) {
      const verdict = verdicts[slot]!
      if (verdict.stray !== null) strays = true
      if (verdict.warnings !== 0) this.#warn(row, slot, verdict.warnings)
      if (verdict.error !== null) {
        this.#fail(row, this.#header.columns[slot]![0], verdict.error, verdict.echo)
        sound = false
      }
    }
    // Whoever counts none says that there is none: which of the two is meant is for the sender to say.
    const says = this.#slots.status
    if (says >= 0 && !this.#rules.wasTaken && this.#rules.profile.statusFrom === 'words' && verdicts[says]!.value === inStock && this.#value(this.#slots.quantity) === 0) {
      this.#fail(row, 'quantity', 'IN_STOCK_ZERO_QUANTITY', '0')
      sound = false
    }
    if (strays) this.#shifted.note(verdicts)
    if (!sound) return
    const institution = this.#rules.profile.institutionFrom === 'address' ? this.#provider() : this.#value(this.#slots.institution)
    if (institution === nothing) return this.#fail(row, 'institution_code', 'MISSING_VALUE', null)
    const drug = this.#value(this.#slots.drug)
    if (drug === nothing) return this.#fail(row, 'drug_code', 'MISSING_VALUE', null)
    const status = this.#status()
    const counts = this.#counts
    counts.rows++
    if (status === inStock) counts.inStock++
    else if (status === notKnown) counts.notKnown++
    else if (status === outOfStock) counts.zero++
    let day = this.#value(this.#slots.observed)
    let basis = observed
    if (day === nothing) {
      day = this.#value(this.#slots.filed)
      basis = filed
    }
    if (day === nothing) {
      day = this.#asOf
      basis = asOfBasis
    }
    const reason = this.#value(this.#slots.reason)
    const leadDays = this.#value(this.#slots.leadDays)
    const quantity = this.#value(this.#slots.quantity)
    const price = this.#value(this.#slots.price)
    this.#runs.columns(this.#institutions()).add(
      institution, this.#drugRanks.ranks[drug]!, row, status, day, basis, reason === nothing ? -1 : reason, leadDays === nothing ? -1 : leadDays,
      quantity === nothing ? Number.NaN : quantity, price === nothing ? -1 : price,
    )
  }

  #value(slot: number): number {
    return slot < 0 ? nothing : this.#verdicts[slot]!.value
  }

  #status(): number {
    const { statusFrom } = this.#rules.profile
    if (statusFrom === 'event') return inStock
    if (statusFrom === 'quantity') {
      const quantity = this.#value(this.#slots.quantity)
      return quantity === nothing ? notKnown : quantity > 0 ? inStock : outOfStock
    }
    const status = this.#value(this.#slots.status)
    return status === nothing ? notKnown : status
  }

  #institutions(): number {
    return this.#rules.profile.institutionFrom === 'address' ? this.#providers.count : this.#rules.masters.institutions.ids.length
  }

  #provider(): number {
    const cells = Object.fromEntries(addressFields.map((field, at) => [field, this.#addressSlots[at]! < 0 ? '' : this.#verdicts[this.#addressSlots[at]!]!.text]))
    return this.#providers.placeOf(cells as Record<(typeof addressFields)[number], string>)
  }

  #warn(row: number, slot: number, warnings: number): void {
    cellWarnings.forEach((code, kind) => {
      if ((warnings & (1 << kind)) === 0) return
      const place = slot * cellWarnings.length + kind
      if (this.#told[place]!++ < listedPerKind) this.#warnings.add(code, row, this.#header.columns[slot]![0])
    })
  }

  #fail(row: number, column: Field | null, code: RowErrorCode, value: string | null): void {
    this.#errorsTotal++
    if (this.#errors.length < this.#rules.limits.maxErrorsListed) this.#errors.push({ row, column, code, value })
  }
}

/** Drugs in the order of their narrow ids, whatever the order of the list. */
interface Ranking {
  /** Rank of each place. */
  readonly ranks: Int32Array
  /** Place and id of each rank. */
  readonly places: number[]
  readonly ids: Int32Array
}

function rankingOf(drugs: readonly { readonly id: number }[]): Ranking {
  const places = drugs.map((_, place) => place).sort((a, b) => drugs[a]!.id - drugs[b]!.id)
  const ranks = new Int32Array(drugs.length)
  places.forEach((place, rank) => {
    ranks[place] = rank
  })
  return { ranks, places, ids: Int32Array.from(places, (place) => drugs[place]!.id) }
}

function once<Value>(make: () => Value): () => Value {
  let value: { readonly made: Value } | null = null
  return () => (value ??= { made: make() }).made
}
