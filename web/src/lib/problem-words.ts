import { useTranslation } from 'react-i18next'
import { ProblemError } from './problem'

/** What the server refuses of sign-in, accounts, keys, prices and approval: each has words of ours in both languages (`account.problems`). */
const known = [
  'offline', 'session.required', 'session.wrong', 'session.locked', 'session.begin_again', 'session.too_many', 'password.wrong', 'second_factor.wrong', 'second_factor.exists', 'second_factor.not_begun', 'second_factor.unreadable', 'session.signed_in', 'code.wrong', 'set_up.done',
  'account.exists', 'account.own', 'account.version', 'account.last', 'account.demonstration', 'account.lacks', 'account.cannot', 'account.not_found', 'key.expiry', 'key.revoked', 'list.not_found', 'source.not_found', 'unit.not_found', 'city.not_found', 'company.not_found', 'institution.not_found', 'drug.not_found', 'plan.not_found', 'plan.exists', 'plan.version', 'path.not_found',
  'report.not_accepted', 'report.approved', 'report.own', 'report.office_approves', 'report.not_approved', 'report.not_waiting',
] as const

type Known = (typeof known)[number]
/** A code as a key of the texts: their dots part keys. */
type Key<Code extends string> = Code extends `${infer A}.${infer B}` ? `${A}_${B}` : Code

/** Says what went wrong in the language on screen; in the server's own sentence where it has no words here. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => {
    const code = error instanceof ProblemError ? known.find((one) => one === error.code) : undefined
    if (code !== undefined) return t(`account.problems.${code.replace('.', '_') as Key<Known>}`)
    if (error instanceof ProblemError && error.code === 'question.invalid' && error.field !== null) return t('account.problems.field', { field: error.field, message: error.message })
    return error instanceof Error ? error.message : String(error)
  }
}
