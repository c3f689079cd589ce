import { useTranslation } from 'react-i18next'
import { ProblemError } from '../lib/problem'
import { Icon } from './icons'
import css from './message.module.css'

/** What went wrong, in the server's own sentence, with a way to try again. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const problem = error instanceof ProblemError ? error : null
  const message = problem?.code === 'offline' ? t('problem.offline') : error instanceof Error ? error.message : String(error)
  return (
    <div className={css.problem} role="alert">
      <Icon name="warning" size={22} />
      <div>
        <p className={css.title}>{t('problem.title')}</p>
        <p>{message}</p>
        {problem && <p className="quiet">{problem.field !== null && `${t('problem.field', { field: problem.field })} · `}{t('problem.code', { code: problem.code })}</p>}
        {onRetry && <button type="button" className={css.button} onClick={onRetry}>{t('problem.retry')}</button>}
      </div>
    </div>
  )
}
