import { dayNumber, periodDays, type Day, type Period } from '@lastmile/shared/day'
import type { RowErrorCode, WarningCode } from '@lastmile/shared/reading'
import type { Field, Limits, Profile } from '@lastmile/shared/source'
import { reasons, statuses, type Reason, type Status } from '@lastmile/shared/status'
import { echo, textOf, type RawCell } from './cell.js'
import { checkDate } from './check-date.js'
import { checkForm } from './check-cell.js'
import { institutionChecker } from './check-institution.js'
import { checkPrice } from './check-price.js'
import { checkLeadDays, checkQuantity } from './check-quantity.js'
import { drugIndex, type Masters } from './masters.js'
import type { Stray } from './shifted.js'
import { wordIndex } from './words.js'

/** What the cells of a report are judged by. */
export interface RowRules {
  readonly profile: Profile
  readonly limits: Limits
  readonly masters: Masters
  /** The reporting month, or null for a report without one. */
  readonly period: Period | null
  /** The list's own today; later days are in the future. */
  readonly today: Day
  /** The report's as-of day: the day of a row that names none. */
  readonly asOf: Day
  /** It was taken before, and is read again: what was no error then is none now. */
  readonly wasTaken?: boolean
}

/** What a cell says under one field. Equal cells say the same, so a verdict is found once and kept. */
export interface Verdict {
  readonly error: RowErrorCode | null
  /** The cell as an error may echo it; null for a price, and where nothing stands in the cell. */
  readonly echo: string | null
  /** Warnings, as bits of {@link cellWarnings} in their order. */
  readonly warnings: number
  /**
   * Place of the institution or drug in the masters, of the word in `statuses` or `reasons`; a day since 1970-01-01; a
   * price in hundredths; a number. {@link nothing} where the cell is blank.
   */
  value: number
  /** The text of an address field. */
  readonly text: string
  /** True if nothing stands in the cell. */
  readonly blank: boolean
  /** Set where the value is none of the field's at all, so that it may be another column's; see {@link tellingStrays}. */
  readonly stray: Stray | null
}

/** The value of a blank cell. No field holds a number so low. */
export const nothing = -2_147_483_648

/** What can be warned of in a cell, in the order in which it is told. */
export const cellWarnings: readonly WarningCode[] = ['NORMALISED', 'FORMULA_CACHED', 'DATE_FORMAT', 'DATE_TIME_DROPPED']
const [normalised, formulaCached, dateFormat, timeDropped] = [1, 2, 4, 8]

const prose: ReadonlySet<Field> = new Set(['provider_name', 'address1', 'address2', 'city', 'county', 'zip', 'position'])

/** Says what a cell means, or what is wrong with it. */
export type Judge = (cell: RawCell) => Verdict

type Meaning = RowErrorCode | { readonly error?: RowErrorCode; readonly value?: number; readonly text?: string; readonly warnings?: number }

/**
 * The judges of the fields. Days: a filed day must lie in the period, an observed day not after it (an old day restated
 * stays old); of a report without a period, neither may be after the day as of which it speaks; neither may be in the
 * future. `checkDays: false` lifts the period and the as-of day, `acceptFutureDays` the future.
 */
export function judgesFor(rules: RowRules): (field: Field) => Judge {
  const { profile, limits, masters } = rules
  const findDrug = drugIndex(masters.drugs)
  const checkInstitution = institutionChecker(profile, masters)
  const statusOf = wordIndex<Status>(profile.statusWords)
  const reasonOf = wordIndex<Reason>(profile.reasonWords)
  const regions = new Set(masters.regions)
  const filled = new Set(profile.filled)
  if (profile.institutionFrom === 'code') filled.add('institution_code')
  filled.add('drug_code')
  const { first, last } = rules.period === null ? { first: null, last: rules.asOf } : periodDays(rules.period)
  const acceptFuture = profile.acceptFutureDays === true && !profile.checkDays

  const dayIn = (field: Field, cell: RawCell): Meaning => {
    const date = checkDate(cell, profile.dateForms)
    if (!date) return 'BAD_DATE'
    const warnings = (date.otherForm ? dateFormat : 0) | (date.timeDropped ? timeDropped : 0)
    if (!acceptFuture && date.day > rules.today) return { error: 'DATE_IN_FUTURE', warnings }
    if (profile.checkDays && (date.day > last || (field === 'reported_on' && first !== null && date.day < first))) return { error: 'DATE_OUT_OF_PERIOD', warnings }
    return { value: dayNumber(date.day), warnings }
  }

  const meaning = (field: Field, cell: RawCell, text: string): Meaning => {
    switch (field) {
      case 'institution_code':
        return checkInstitution(text)
      case 'drug_code': {
        const place = findDrug(text)
        if (place < 0) return 'UNKNOWN_DRUG'
        return masters.drugs[place]!.inScope ? { value: place } : 'DRUG_OUT_OF_SCOPE'
      }
      case 'status': {
        const status = statusOf(text)
        return status === null ? 'BAD_STATUS' : { value: statuses.indexOf(status) }
      }
      case 'reason': {
        const reason = reasonOf(text)
        return reason === null ? 'BAD_REASON' : { value: reasons.indexOf(reason) }
      }
      case 'observed_on':
      case 'reported_on':
        return dayIn(field, cell)
      case 'price': {
        const price = checkPrice(cell)
        return price === null ? 'BAD_PRICE' : { value: Number(price.replace('.', '')) }
      }
      case 'lead_days': {
        const days = checkLeadDays(cell)
        return days === null ? 'BAD_QUANTITY' : { value: days }
      }
      case 'quantity': {
        const quantity = checkQuantity(cell)
        return quantity === null || (profile.statusFrom === 'event' && quantity === 0) ? 'BAD_QUANTITY' : { value: quantity }
      }
      case 'state_code':
        return regions.has(text.toUpperCase()) ? { text } : 'UNKNOWN_REGION'
      default:
        return { text }
    }
  }

  return (field) => (cell) => {
    const form = checkForm(cell, limits.maxCellChars, prose.has(field))
    const shown = () => (field === 'price' ? null : echo(textOf(cell)))
    if ('error' in form) return { error: form.error, echo: shown(), warnings: 0, value: nothing, text: '', blank: false, stray: null }
    if (form.blank) return { error: filled.has(field) ? 'MISSING_VALUE' : null, echo: null, warnings: 0, value: nothing, text: '', blank: true, stray: null }
    const said = (form.normalised ? normalised : 0) | (typeof cell !== 'string' && cell.formula === 'cached' ? formulaCached : 0)
    const found = meaning(field, cell, form.text)
    const { error = null, warnings = 0, value = nothing, text = '' } = typeof found === 'string' ? { error: found } : found
    return { error, echo: error === null ? null : shown(), warnings: said | warnings, value, text, blank: false, stray: null }
  }
}
