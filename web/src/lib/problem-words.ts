import { useTranslation } from 'react-i18next'
import type { UnitsNotMet } from '@lastmile/shared/standard-limits'
import { useFormat } from './format'
import { useText } from './i18n'
import { ProblemError } from './problem'

/** What the server refuses of sign-in, accounts, keys, prices and approval: each has words of ours in both languages (`account.problems`). */
const known = [
  'offline', 'session.required', 'session.wrong', 'session.locked', 'session.begin_again', 'session.too_many', 'password.wrong', 'second_factor.wrong', 'second_factor.exists', 'second_factor.not_begun', 'second_factor.unreadable', 'session.signed_in', 'code.wrong', 'set_up.done',
  'account.exists', 'account.own', 'account.version', 'account.last', 'account.demonstration', 'account.disabled', 'account.lacks', 'account.cannot', 'account.not_found', 'key.expiry', 'key.revoked', 'list.not_found', 'source.not_found', 'source.no_feed', 'region.not_found', 'unit.not_found', 'city.not_found', 'company.not_found', 'institution.not_found', 'drug.not_found', 'plan.not_found', 'plan.exists', 'plan.version', 'standard.version', 'standard.serves_itself', 'standard.before_list', 'duty.version', 'duty.future', 'duty.before_list', 'duty.not_found', 'candidacy.version', 'candidacy.future', 'candidacy.exists', 'candidacy.not_yours', 'candidacy.filed', 'candidacy.stage', 'candidacy.not_found', 'path.not_found', 'planner.not_candidate', 'subscription.exists', 'subscription.not_yours', 'subscription.empty', 'subscription.too_many', 'subscription.no_cases', 'subscription.not_found',
  'report.not_accepted', 'report.approved', 'report.own', 'report.office_approves', 'report.correction_waits', 'report.not_approved', 'report.not_waiting', 'report.only_return', 'report.overtaken', 'report.file_gone', 'report.version', 'report.not_sender', 'template.too_large',
] as const

/** What the fields of office forms are called there, by the names that the server blames. Their words come with those pages. */
const labels = {
  name: 'account.fields.name', email: 'accounts.email', password: 'account.door.password', current: 'account.page.current', next: 'account.page.next',
  unit: 'accounts.unit', city: 'accounts.city', company: 'accounts.company', insurer: 'accounts.insurer', institution: 'accounts.institution', agent: 'accounts.agent', expiresAt: 'accounts.keys.expires',
  code: 'plans.code', 'name.zh': 'plans.nameZh', 'name.en': 'plans.nameEn', 'source.zh': 'plans.sourceZh', 'source.en': 'plans.sourceEn', validTo: 'plans.to', 'drugs.pays.zh': 'plans.paysZh', 'drugs.pays.en': 'plans.paysEn',
  why: 'standards.why', on: 'duties.on', note: 'duties.note', 'rules.reason.zh': 'standards.reasonZh', 'rules.reason.en': 'standards.reasonEn', 'rules.units': 'standards.which', 'outcomes.reason': 'duties.reason',
  'source.text.zh': 'ladder.sourceZh', 'source.text.en': 'ladder.sourceEn', 'source.number': 'ladder.number', 'source.dated': 'ladder.dated', 'source.url': 'ladder.url', 'note.zh': 'ladder.noteZh', 'note.en': 'ladder.noteEn', 'detail.casesApproved': 'ladder.words.details.casesApproved', 'detail.reviewPath': 'ladder.words.details.reviewPath', 'detail.askedOn': 'ladder.words.details.askedOn',
  drug: 'rows.drug', validFrom: 'prices.validFrom', amount: 'account.fields.amount', pack: 'prices.pack',
} as const

/** What the schemas that forms share say is wrong, in the words of the texts. */
const wrongs = {
  'a text': 'empty', 'a text without characters that nobody sees': 'unseen', 'an e-mail address': 'email', 'at least 12 characters': 'short', 'at most 128 characters': 'long',
  'a day is written 2026-01-31, of a year from 1900 to 2999': 'day', 'the last day is before the first': 'days', 'small letters and digits, with hyphens between them': 'code',
  'an amount such as 1234.50, up to eight digits and two decimals': 'amount', 'an amount above zero': 'nothing',
  'a year, a month or a day: 2025, 2025-12 or 2025-12-07': 'partial', 'an address that begins with https:// or http://': 'url', 'no more cases are approved than were applied for': 'cases', 'a conditional exclusion says by which review a case is left out: who applies, and who decides': 'review',
  'what is conditional says under which condition: write it in the note': 'condition',
} as const

type Known = (typeof known)[number]
/** A code as a key of the texts: their dots part keys. */
type Key<Code extends string> = Code extends `${infer A}.${infer B}` ? `${A}_${B}` : Code

/** Says what went wrong in the language on screen; in the server's own sentence where it has no words here. */
export function useProblemWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation()
  const [format, text] = [useFormat(), useText()]
  const ofField = (field: string, message: string) => {
    // `drugs.3.pays.zh`: which of them is marked in the form.
    const label = pick(labels, field.replace(/\.\d+/g, ''))
    const said = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message
    const wrong = pick(wrongs, said)
    return t('account.problems.field', { field: label && i18n.exists(label) ? t(label) : field, message: wrong && i18n.exists(`account.wrong.${wrong}`) ? t(`account.wrong.${wrong}`) : said })
  }
  const notMet = ({ total, first }: UnitsNotMet) => t('account.problems.standard_cannot_be_met', {
    count: total, formatted: format.number(total), where: format.join([...first.map(({ name, what, asked, most }) => t(`account.problems.standard_not_met_${what}`, { unit: text(name), asked: format.number(asked), most: format.number(most) })), ...(total > first.length ? [t('account.problems.standard_not_met_more')] : [])]),
  })
  return (error) => {
    if (error instanceof ProblemError && error.cannotBeMet !== null) return notMet(error.cannotBeMet)
    const code = error instanceof ProblemError ? known.find((one) => one === error.code) : undefined
    if (code !== undefined) return t(`account.problems.${code.replace('.', '_') as Key<Known>}`)
    // Of supervision cases, companies' requests, the last mile and candidacies, where their words are loaded.
    const own = error instanceof ProblemError ? (['cases', 'companyRequests', 'finder', 'ladder', 'candidacies'] as const).map((part) => `${part}.problems.${error.code.replace('.', '_')}`).find((one) => i18n.exists(one) as boolean) : undefined
    if (own !== undefined) return t(own as 'cases.problems.case_state')
    if (error instanceof ProblemError && error.code === 'question.invalid' && error.field !== null) return ofField(error.field, error.message)
    return error instanceof Error ? error.message : String(error)
  }
}

function pick<Table extends object>(table: Table, name: string): Table[keyof Table] | undefined {
  return Object.hasOwn(table, name) ? table[name as keyof Table] : undefined
}
