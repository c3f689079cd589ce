import { periodDays, type Day, type Period } from '@lastmile/shared/day'
import type { RowError, RowErrorCode } from '@lastmile/shared/reading'
import type { Field, Limits, Profile } from '@lastmile/shared/source'
import type { Reason, Status } from '@lastmile/shared/status'
import { echo, isBlank, textOf, type Progress, type RawCell, type RawRow, type RawTable } from './cell.js'
import { checkDate } from './check-date.js'
import { checkForm } from './check-cell.js'
import { institutionChecker } from './check-institution.js'
import { checkPrice } from './check-price.js'
import { checkLeadDays, checkQuantity } from './check-quantity.js'
import type { CheckedRow, ParsedCounts } from './checked-row.js'
import type { Header } from './header.js'
import { drugIndex, type Masters } from './masters.js'
import { fillProvider, providerCode, providerIdentity, readProvider, type Provider, type ProviderCells } from './provider.js'
import { collapseRows, sameRowErrors } from './same-rows.js'
import type { Warnings } from './warnings.js'
import { wordIndex } from './words.js'

export interface RowRules {
  readonly profile: Profile
  readonly limits: Limits
  readonly masters: Masters
  /** The reporting month, or null for a report without one. */
  readonly period: Period | null
  /** The list's own today; later days are in the future. */
  readonly today: Day
}

export interface CheckedTable {
  readonly rows: CheckedRow[]
  readonly providers: Provider[]
  readonly parsed: ParsedCounts
  /** The first errors, in order of their rows, at most `limits.maxErrorsListed`; all are counted. */
  readonly errors: RowError[]
  readonly errorsTotal: number
}

const prose: ReadonlySet<Field> = new Set(['provider_name', 'address1', 'address2', 'city', 'county', 'zip', 'position'])

interface Draft {
  institution: string | null
  drug: string | null
  status: Status | null
  observed: Day | null
  filed: Day | null
  price: string | null
  reason: Reason | null
  leadDays: number | null
  quantity: number | null
  address: Record<keyof ProviderCells, string>
}

/**
 * Checks the rows below the header against the masters, by the rules of the profile. Every error of every row is
 * found; a row with an error takes no part in the search for rows that are the same. Columns without a field are
 * not looked at, so what stands in them is never wrong.
 *
 * Days: a filed day must lie in the period, an observed day not after it (an old day restated stays old); neither may
 * be in the future. `checkDays: false` lifts the period, `acceptFutureDays` the future.
 */
export function checkRows(table: RawTable, header: Header, rules: RowRules, warnings: Warnings, progress: Progress = () => {}): CheckedTable {
  const { profile, limits, masters } = rules
  const findDrug = drugIndex(masters.drugs)
  const checkInstitution = institutionChecker(profile, masters)
  const statusOf = wordIndex<Status>(profile.statusWords)
  const reasonOf = wordIndex<Reason>(profile.reasonWords)
  const regions = new Set(masters.regions)
  const filled = new Set(profile.filled)
  const span = rules.period === null ? null : periodDays(rules.period)
  const acceptFuture = profile.acceptFutureDays === true && !profile.checkDays
  const errors: RowError[] = []
  let errorsTotal = 0
  const rows: CheckedRow[] = []
  const providers = new Map<string, Provider>()
  const codes = new Map<string, string>()
  const counts = { rows: 0, inStock: 0, notKnown: 0, zero: 0 }

  const fail = (row: number, column: Field | null, code: RowErrorCode, cell?: RawCell): void => {
    errorsTotal++
    if (errors.length >= limits.maxErrorsListed) return
    errors.push({ row, column, code, value: column === 'price' || cell === undefined ? null : echo(textOf(cell)) })
  }

  const readDay = (row: number, field: 'observed_on' | 'reported_on', cell: RawCell): Day | RowErrorCode => {
    const date = checkDate(cell, profile.dateForms)
    if (!date) return 'BAD_DATE'
    if (date.otherForm) warnings.add('DATE_FORMAT', row, field)
    if (date.timeDropped) warnings.add('DATE_TIME_DROPPED', row, field)
    if (!acceptFuture && date.day > rules.today) return 'DATE_IN_FUTURE'
    if (profile.checkDays && span && (date.day > span.last || (field === 'reported_on' && date.day < span.first))) return 'DATE_OUT_OF_PERIOD'
    return date.day
  }

  /** Reads one cell into the draft, or says what is wrong with it. */
  const readCell = (row: number, field: Field, cell: RawCell, text: string, draft: Draft): RowErrorCode | null => {
    switch (field) {
      case 'institution_code': {
        const checked = checkInstitution(text)
        if ('error' in checked) return checked.error
        draft.institution = checked.code
        return null
      }
      case 'drug_code': {
        const drug = findDrug(text)
        if (!drug) return 'UNKNOWN_DRUG'
        draft.drug = drug.code
        return drug.inScope ? null : 'DRUG_OUT_OF_SCOPE'
      }
      case 'status':
        draft.status = statusOf(text)
        return draft.status === null ? 'BAD_STATUS' : null
      case 'reason':
        draft.reason = reasonOf(text)
        return draft.reason === null ? 'BAD_REASON' : null
      case 'observed_on':
      case 'reported_on': {
        const day = readDay(row, field, cell)
        if (!/^\d/.test(day)) return day as RowErrorCode
        draft[field === 'observed_on' ? 'observed' : 'filed'] = day
        return null
      }
      case 'price': {
        const checked = checkPrice(cell)
        draft.price = checked?.price ?? null
        return checked ? null : 'BAD_PRICE'
      }
      case 'lead_days':
        draft.leadDays = checkLeadDays(cell)
        return draft.leadDays === null ? 'BAD_QUANTITY' : null
      case 'quantity':
        draft.quantity = checkQuantity(cell)
        return draft.quantity === null || (profile.statusFrom === 'event' && draft.quantity === 0) ? 'BAD_QUANTITY' : null
      case 'state_code':
        draft.address.state_code = text
        return regions.has(text.toUpperCase()) ? null : 'UNKNOWN_REGION'
      default:
        draft.address[field] = text
        return null
    }
  }

  const checkRow = ({ row, cells }: RawRow): void => {
    if (table.ragged && cells.length < header.width) return fail(row, null, 'TOO_FEW_FIELDS')
    if (table.ragged && cells.slice(header.width).some((cell) => !isBlank(cell))) return fail(row, null, 'TOO_MANY_FIELDS')
    const before = errorsTotal
    const draft = emptyDraft()
    for (const [field, column] of header.columns) {
      const cell = cells[column] ?? ''
      const form = checkForm(cell, limits.maxCellChars, prose.has(field))
      if ('error' in form) fail(row, field, form.error, cell)
      else if (form.blank) {
        if (filled.has(field)) fail(row, field, 'MISSING_VALUE')
      } else {
        if (form.normalised) warnings.add('NORMALISED', row, field)
        if (typeof cell !== 'string' && cell.formula === 'cached') warnings.add('FORMULA_CACHED', row, field)
        const error = readCell(row, field, cell, form.text, draft)
        if (error) fail(row, field, error, cell)
      }
    }
    if (errorsTotal > before) return
    const checked = finish(row, draft)
    counts.rows++
    if (checked.status === 'in_stock') counts.inStock++
    else if (checked.status === 'not_known') counts.notKnown++
    else if (checked.status === 'out_of_stock') counts.zero++
    rows.push(checked)
  }

  const finish = (line: number, draft: Draft): CheckedRow => {
    const { observed, filed, quantity } = draft
    const day = observed ?? filed
    const dayBasis = observed ? 'observed' : filed ? 'filed' : 'as_of'
    const institution = profile.institutionFrom === 'address' ? providerOf(draft.address) : (draft.institution ?? '')
    const { drug, price, reason, leadDays } = draft
    return { line, institution, drug: drug ?? '', status: statusFrom(profile, draft), day, dayBasis, price, reason, leadDays, quantity }
  }

  const providerOf = (address: Record<keyof ProviderCells, string>): string => {
    const identity = providerIdentity(address.provider_name, address.address1, address.zip)
    const code = codes.get(identity) ?? providerCode(identity)
    codes.set(identity, code)
    const provider = readProvider(address, code)
    const known = providers.get(code)
    providers.set(code, known ? fillProvider(known, provider) : provider)
    return code
  }

  let done = 0
  for (const row of table.rows) {
    if (row.row <= header.row) continue
    checkRow(row)
    if (++done % 10_000 === 0) progress(done)
  }
  if (profile.sameRows === 'collapse') {
    const collapsed = collapseRows(rows, profile, (line) => warnings.add('ROWS_COLLAPSED', line))
    return { rows: collapsed, providers: [...providers.values()], parsed: counts, errors, errorsTotal }
  }
  const same = sameRowErrors(rows, profile)
  const all = [...errors, ...same.map(({ row, code }): RowError => ({ row, column: null, code, value: null }))]
  all.sort((a, b) => a.row - b.row)
  return { rows, providers: [...providers.values()], parsed: counts, errors: all.slice(0, limits.maxErrorsListed), errorsTotal: errorsTotal + same.length }
}

function statusFrom(profile: Profile, draft: Draft): Status {
  if (profile.statusFrom === 'event') return 'in_stock'
  if (profile.statusFrom === 'words') return draft.status ?? 'not_known'
  return draft.quantity === null ? 'not_known' : draft.quantity > 0 ? 'in_stock' : 'out_of_stock'
}

function emptyDraft(): Draft {
  return {
    institution: null, drug: null, status: null, observed: null, filed: null, price: null, reason: null, leadDays: null, quantity: null,
    address: { provider_name: '', address1: '', address2: '', city: '', county: '', state_code: '', zip: '', position: '' },
  }
}
