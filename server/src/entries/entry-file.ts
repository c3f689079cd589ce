import { daysBetween, type Day } from '@lastmile/shared/day'
import type { DateForm, Field, Profile } from '@lastmile/shared/source'
import { statuses, type Reason, type Status } from '@lastmile/shared/status'
import { Refusal } from '../lib/refusal.js'

/** A line as it is written: what is said of a drug at an institution. */
export interface EntryLine {
  institution: string
  drug: string
  status: Status
  reason: Reason | null
  expectedOn: Day | null
  quantity: number | null
}

/** What a form on screen can say. */
const written: readonly Field[] = ['institution_code', 'drug_code', 'status', 'reported_on', 'reason', 'lead_days', 'quantity']

/** Whether what is stated on screen can be written as a file of a profile: it has words for every status, and asks for nothing that the form does not say. */
export function takesEntries({ statusFrom, institutionFrom, required, filled, statusWords }: Profile): boolean {
  const said: readonly Field[] = ['institution_code', 'drug_code', 'status', 'reported_on']
  return statusFrom === 'words' && institutionFrom === 'code' && required.every((field) => written.includes(field)) && filled.every((field) => said.includes(field)) && statuses.every((status) => statusWords[status])
}

/**
 * What was stated on screen, as the bytes of a file that its source could have sent: CSV in the headings and words of the
 * source's profile, a line a row in the order of the lines. Line n (from 0) is row n + 2. Every line is of `day`, as of
 * which the report speaks. Days by which something is expected are written as days from then.
 * @throws Refusal 422 for a reason, a day or a quantity for which such files have no column or word
 */
export function entryFile(profile: Profile, lines: readonly EntryLine[], day: Day): Uint8Array {
  const columns = columnsOf(profile, lines, day)
  const head = columns.map(({ field }) => quoted(localOf(profile.columns[field]!)))
  const body = lines.map((line, at) => columns.map(({ cell }) => quoted(cell(line, at))).join(','))
  return new TextEncoder().encode(`\ufeff${[head.join(','), ...body, ''].join('\r\n')}`)
}

/** The file of a nil report: a heading, and no row. */
export function nilFile(profile: Profile): Uint8Array {
  return entryFile(profile, [], '1970-01-01')
}

interface Column {
  field: Field
  cell(line: EntryLine, at: number): string
}

function columnsOf(profile: Profile, lines: readonly EntryLine[], day: Day): Column[] {
  const all: (Column & { isSaid: boolean; optional: boolean })[] = [
    { field: 'institution_code', optional: false, isSaid: true, cell: ({ institution }) => institution },
    { field: 'drug_code', optional: false, isSaid: true, cell: ({ drug }) => drug },
    { field: 'status', optional: false, isSaid: true, cell: ({ status }) => localOf(profile.statusWords[status]!) },
    { field: 'reported_on', optional: true, isSaid: profile.columns.reported_on !== undefined, cell: () => dayAs(profile.dateForms, day) },
    { field: 'reason', optional: true, isSaid: lines.some(({ reason }) => reason !== null), cell: ({ reason }, at) => (reason === null ? '' : reasonIn(profile, reason, at)) },
    { field: 'lead_days', optional: true, isSaid: lines.some(({ expectedOn }) => expectedOn !== null), cell: ({ expectedOn }) => (expectedOn === null ? '' : String(daysBetween(day, expectedOn))) },
    { field: 'quantity', optional: true, isSaid: lines.some(({ quantity }) => quantity !== null), cell: ({ quantity }) => (quantity === null ? '' : String(quantity)) },
  ]
  const columns = all.filter(({ field, optional, isSaid }) => !optional || isSaid || profile.required.includes(field))
  const missing = columns.find(({ field }) => !profile.columns[field])
  if (missing) throw new Refusal(422, 'entry.no_column', `Reports of this source have no column for "${missing.field}".`, { field: missing.field })
  return columns
}

function reasonIn(profile: Profile, reason: Reason, at: number): string {
  const words = profile.reasonWords[reason]
  if (!words) throw new Refusal(422, 'entry.no_word', `Reports of this source have no word for the reason "${reason}".`, { field: `lines.${at}.reason` })
  return localOf(words)
}

/** Of several words that mean the same, one that is not written in ASCII: where there is one, it is the reporters' own. */
function localOf(all: readonly string[]): string {
  return all.find((word) => /[^ -~]/.test(word)) ?? all[0]!
}

function dayAs(forms: readonly DateForm[], day: Day): string {
  const [year, month, date] = day.split('-') as [string, string, string]
  switch (forms.includes('iso') ? 'iso' : forms[0]!) {
    case 'iso': return day
    case 'slash': return `${year}/${month}/${date}`
    case 'chinese': return `${year}年${month}月${date}日`
    case 'compact': return `${year}${month}${date}`
    case 'us_slash': return `${month}/${date}/${year}`
    case 'iso_time': return `${day}T00:00:00`
  }
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
