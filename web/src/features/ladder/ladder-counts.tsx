import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { rungs, rungStates, type Rung, type RungState } from '@lastmile/shared/rung'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Panel } from '../../ui/panel'
import css from './ladder.module.css'

/** How many of the rows stand how at each rung; each number shows those rows alone. `of`: what a row is, in words. */
export function LadderCounts({ all, of, chosen }: { all: readonly LadderRow[]; of: string; chosen: { rung?: Rung | undefined; state?: RungState | undefined } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const count = (rung: Rung, state: RungState) => all.filter((row) => row.rungs.some((one) => one.rung === rung && one.state === state)).length
  const title = t('ladder.counts', { of })
  return (
    <Panel title={title} lead={t('ladder.countsLead')}>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={title}>
        <table className={css.counts}>
          <caption className="sr-only">{title}</caption>
          <thead><tr><th scope="col">{t('ladder.rung')}</th>{rungStates.map((state) => <th key={state} scope="col">{t(`ladder.words.states.${state}`)}</th>)}</tr></thead>
          <tbody>
            {rungs.map((rung) => (
              <tr key={rung}>
                <th scope="row">{t(`ladder.words.rungs.${rung}`)}</th>
                {rungStates.map((state) => {
                  const [n, on] = [count(rung, state), chosen.rung === rung && chosen.state === state]
                  return <td key={state}>{n === 0 ? <span className="quiet">{format.number(0)}</span> : <Link to="/$list/ladder" params={{ list: list.code }} search={(previous) => ({ ...previous, rung: on ? undefined : rung, state: on ? undefined : state })} resetScroll={false} replace aria-current={on || undefined} aria-label={t('ladder.countOf', { rung: t(`ladder.words.rungs.${rung}`), state: t(`ladder.words.states.${state}`), formatted: format.number(n) })}>{format.number(n)}</Link>}</td>
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
