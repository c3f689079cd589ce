import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { usePlanning } from '../../lib/live'
import { Button } from '../../ui/field'
import css from './planner.module.css'

/** How far the plan has come, and the way to stop it. */
export function PlannerWaiting({ progress, onStop }: { progress: string; onStop: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = usePlanning(progress)
  return (
    <div className={css.waiting}>
      <p role="status">{share === undefined ? t('planner.begun') : t('planner.progress', { share: format.percent(share) })}</p>
      <progress aria-label={t('planner.working')} {...(share === undefined ? {} : { value: share, max: 1 })} />
      <Button onClick={onStop}>{t('planner.stop')}</Button>
    </div>
  )
}
