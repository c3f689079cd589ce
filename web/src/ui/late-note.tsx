import { useTranslation } from 'react-i18next'
import css from './late-note.module.css'

/** Says of what is shown why it is not the newest: `late`: what is asked now is not answered yet; `stale`: the line to the server is lost. */
export function LateNote({ why }: { why: 'late' | 'stale' }) {
  const { t } = useTranslation()
  return <p className={css.note} role={why === 'late' ? 'status' : undefined}>{t(`frame.${why}`)}</p>
}
