import { useTranslation } from 'react-i18next'
import { useActor } from '../lib/actor'
import { ProblemError } from '../lib/problem'
import { Empty } from './empty'
import { Problem } from './problem'

/** Instead of a page that is not for whoever looks: the way to sign in for who has not, a sentence for who has. */
export function NotYours() {
  const { t } = useTranslation()
  const { kind } = useActor()
  return kind === 'public' ? <Problem error={new ProblemError(401, 'session.required', '')} /> : <Empty>{t('account.notYours')}</Empty>
}
