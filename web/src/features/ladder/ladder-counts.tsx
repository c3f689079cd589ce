/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- stacked as cards, a table keeps its meaning in every browser only if it is said in words. */
import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { countRung, rungs, rungStates, type Rung, type RungAsk, type RungState, type WordKind } from '@lastmile/shared/rung'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { CompanyAloneNote, useTotalOf } from '../../ui/company-alone'
import { Panel } from '../../ui/panel'
import stacking from '../../ui/stacked.module.css'
import css from './ladder.module.css'

/** How many of the rows stand how at each rung, what rests on a company's word alone apart; each number shows those rows alone. `of`: what a row is, in words. */
export function LadderCounts({ all, of, chosen }: { all: readonly LadderRow[]; of: string; chosen: { rung?: Rung | undefined; state?: RungAsk | undefined; word?: WordKind | undefined } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const totalOf = useTotalOf()
  const counted = (rung: Rung, state: RungState, word: WordKind) => {
    const n = countRung(all.flatMap((row) => row.rungs.filter((one) => one.rung === rung)), state, word)
    if (n === 0) return null
    const on = chosen.rung === rung && chosen.state === state && chosen.word === word
    const shown = totalOf(n, word)
    return <Link to="/$list/ladder" params={{ list: list.code }} search={(previous) => ({ ...previous, rung: on ? undefined : rung, state: on ? undefined : state, word: on ? undefined : word })} resetScroll={false} aria-current={on || undefined} aria-label={t('ladder.countOf', { rung: t(`ladder.words.rungs.${rung}`), state: t(`ladder.words.states.${state}`), formatted: shown })}>{shown}</Link>
  }
  const title = t('ladder.counts', { of })
  return (
    <Panel title={title} lead={t('ladder.countsLead')}>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={title}>
        <table role="table" className={`${css.counts} ${stacking.stacked}`}>
          <caption className="sr-only">{title}</caption>
          <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{t('ladder.rung')}</th>{rungStates.map((state) => <th role="columnheader" key={state} scope="col">{t(`ladder.words.states.${state}`)}</th>)}</tr></thead>
          <tbody role="rowgroup">
            {rungs.map((rung) => (
              <tr role="row" key={rung}>
                <th role="rowheader" scope="row">{t(`ladder.words.rungs.${rung}`)}</th>
                {rungStates.map((state) => <td role="cell" key={state} data-label={t(`ladder.words.states.${state}`)}>{counted(rung, state, 'firm') ?? <span className="quiet">{format.number(0)}</span>}{state !== 'not_known' && <small> {counted(rung, state, 'company')}</small>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CompanyAloneNote />
    </Panel>
  )
}
