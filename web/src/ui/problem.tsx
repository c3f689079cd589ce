import { useTranslation } from 'react-i18next'
import { ProblemError } from '../lib/problem'
import { useProblemWords } from '../lib/problem-words'
import { Icon } from './icons'
import { SignInLink } from './identity'
import css from './message.module.css'

/** What went wrong, in a sentence, with a way to try again; where one must sign in first, with the way there and back. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const problem = error instanceof ProblemError ? error : null
  const words = useProblemWords()
  const isShut = problem?.code === 'session.required'
  return (
    <div className={css.problem} role="alert">
      <Icon name="warning" size={22} />
      <div>
        <p className={css.title}>{t(isShut ? 'account.shut' : 'problem.title')}</p>
        <p>{words(error)}</p>
        {isShut && <p className={css.enter}><SignInLink /></p>}
        {problem && !isShut && <p className="quiet">{problem.field !== null && `${t('problem.field', { field: problem.field })} · `}{t('problem.code', { code: problem.code })}</p>}
        {onRetry && !isShut && <button type="button" className={css.button} onClick={onRetry}>{t('problem.retry')}</button>}
      </div>
    </div>
  )
}
