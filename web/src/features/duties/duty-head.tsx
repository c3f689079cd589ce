import { dutyStates, type Duty, type DutyCounts, type DutySet, type DutyState } from '@lastmile/shared/duty'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { stateLooks, type Look } from '../../ui/marks'
import { Facts, Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { LookMark } from '../../ui/state-mark'
import css from './duties.module.css'

/** Looks of the states of a duty, borrowed from those of pairs: silence looks like silence everywhere. */
const looks: Record<DutyState, Look> = { in_time: stateLooks.in_stock, late: stateLooks.out_of_stock, not_convened: stateLooks.not_carried, not_reported: stateLooks.not_reported }

/** How a duty stands at an institution, by mark and word. */
export function DutyStateMark({ state }: { state: DutyState }) {
  const { t } = useTranslation()
  return <span className={css.state} title={t(`duties.means.${state}`)}><LookMark look={looks[state]} />{t(`duties.state.${state}`)}</span>
}

/** What is asked by when, and what that rests on. */
export function DutyHead({ duty }: { duty: Duty }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const isOver = list.today > duty.dueOn
  return (
    <Panel title={text(duty.name)} lead={text(duty.asks)} tools={<Tag tone={isOver ? 'warn' : 'plain'}>{t(isOver ? 'duties.overdue' : 'duties.open')}</Tag>}>
      <Facts facts={[[t('duties.due'), format.day(duty.dueOn)], [t('duties.source'), <span key="source" style={{ fontWeight: 400 }}>{text(duty.source)}</span>]]} />
    </Panel>
  )
}

/** How many institutions have a duty and how it stands there; pressing a state shows those alone, pressing it again shows all. */
export function StateCounts({ counts, state, onState }: { counts: DutyCounts; state: DutySet | undefined; onState: (state: DutyState | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={css.states} role="group" aria-label={t('duties.states')}>
      <div><span className={css.state}>{t('duties.owed')}</span><strong>{format.number(counts.owed)}</strong><small>{t('duties.hospitals')}</small></div>
      {dutyStates.map((one) => (
        <button key={one} type="button" aria-pressed={state === one} onClick={() => onState(state === one ? undefined : one)}>
          <DutyStateMark state={one} /><strong>{format.number(counts[one])}</strong><small>{t(`duties.means.${one}`)}</small>
        </button>
      ))}
    </div>
  )
}
