/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- stacked as cards, a table keeps its meaning in every browser only if it is said in words. */
import { caseStates } from '@lastmile/shared/case'
import type { Rung, RungState, WordKind } from '@lastmile/shared/rung'
import { rungStateWords, rungWords } from '@lastmile/shared/rung-words'
import { shareOf, type ScorecardAnswer } from '@lastmile/shared/scorecard'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BandStrip } from '../../charts/band-strip'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { asKnownNow } from '../../lib/search'
import { useAsking, useWorld } from '../../lib/world'
import { CompanyAloneNote, useTotalOf } from '../../ui/company-alone'
import { Figure } from '../../ui/figure'
import figures from '../../ui/figure.module.css'
import { Panel } from '../../ui/panel'
import { PeriodsFigure } from '../../ui/periods-figure'
import stacking from '../../ui/stacked.module.css'
import { ScoreValue } from './behind'
import { PlaceSaid } from './place-said'
import css from './scorecard.module.css'

/** Shares beside those of provinces of similar size: the own, their mean and band, and whether it is beyond what chance would give. */
export function ScoresTable({ scores, unit, duties }: Pick<ScorecardAnswer, 'scores' | 'unit' | 'duties'>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.compared')}>
      <table role="table" className={`${css.table} ${stacking.stacked}`}>
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{t('scorecard.measure')}</th><th role="columnheader" scope="col" className={css.number}>{t('scorecard.own')}</th><th role="columnheader" scope="col" className={css.number}>{t('scorecard.mean')}</th><th role="columnheader" scope="col">{t('scorecard.band')}</th><th role="columnheader" scope="col">{t('scorecard.placed')}</th></tr></thead>
        <tbody role="rowgroup">
          {scores.map(({ measure, own, mean, band, members, place, points }) => (
            <tr role="row" key={measure}>
              <th role="rowheader" scope="row">{t(`scorecard.measures.${measure}`)}</th>
              <td role="cell" className={css.number} data-label={t('scorecard.own')} data-wide><ScoreValue measure={measure} score={own} unit={unit} duties={duties} /></td>
              <td role="cell" className={css.number} data-label={t('scorecard.mean')}>{mean === null ? '–' : points.length === 0 ? format.percent(mean) : <Link to="." search={(previous) => ({ ...previous, measure, table: 'funnel' })} hash="funnel" replace className={figures.figure} aria-label={t('scorecard.opensMean', { measure: t(`scorecard.measures.${measure}`), n: format.percent(mean) })}>{format.percent(mean)}</Link>}</td>
              <td role="cell" data-label={t('scorecard.band')}><div className={css.band}>{band === null ? <span className="quiet">{t('scorecard.tooFew')}</span> : <BandStrip band={band} value={shareOf(own)} label={t('scorecard.bandSays', { low: format.percent(band.low), median: format.percent(band.median), high: format.percent(band.high) })} />}</div></td>
              <td role="cell" data-label={t('scorecard.placed')} data-wide><PlaceSaid has={own !== null} place={place} members={members} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Dated duties of its institutions, and its own reporting. */
export function DutiesAndReporting({ duties, reporting, unit }: Pick<ScorecardAnswer, 'duties' | 'reporting' | 'unit'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  return (
    <>
      <Panel id="duties" title={t('scorecard.duties')}>
        {duties === null ? <p>{t('scorecard.dutiesToday')}</p> : duties.length === 0 ? <p>{t('scorecard.noDuties')}</p> : duties.map(({ duty, counts, isOver }) => (
          <div key={duty.code}>
            <p><Link to="/$list/duties" params={{ list: list.code }} search={{ ...asKnownNow, duty: duty.code, region: unit }}>{text(duty.name)}</Link> <span className="quiet">{t('scorecard.dueOn', { day: format.day(duty.dueOn) })} · {t(isOver ? 'duties.overdue' : 'duties.open')}</span></p>
            <ul className={css.counts}>
              <li>{t('duties.owed')} <Figure value={counts.owed} label={t('duties.owed')} way={(about) => <Link to="/$list/duties" params={{ list: list.code }} search={{ ...asKnownNow, duty: duty.code, region: unit }} {...about} />} /></li>
              {(['in_time', 'late', 'not_convened', 'not_reported'] as const).map((state) => <li key={state}>{t(`duties.state.${state}`)} <Figure value={counts[state]} label={t(`duties.state.${state}`)} way={(about) => <Link to="/$list/duties" params={{ list: list.code }} search={{ ...asKnownNow, duty: duty.code, region: unit, state }} {...about} />} /></li>)}
            </ul>
          </div>
        ))}
      </Panel>
      <Panel title={t('scorecard.reporting')} lead={<><Link to="/$list/reporting" params={{ list: list.code }} search={{ ...asKnownNow, region: unit }}>{t('scorecard.sources', { formatted: format.number(reporting.sources) })}</Link>{t('scorecard.reportingLead', { periods: format.number(reporting.periods) })}</>}>
        {reporting.sources === 0 ? <p>{t('scorecard.noSources')}</p> : (
          <ul className={css.counts}>
            {(['owed', 'onTime', 'late', 'held', 'missing'] as const).map((state) => <li key={state}>{t(`scorecard.periods.${state}`)} <PeriodsFigure value={reporting[state]} set={state} label={t(`scorecard.periods.${state}`)} of={{ region: unit }} /></li>)}
          </ul>
        )}
      </Panel>
    </>
  )
}

/** Supervision cases of the unit. */
export function CasesPart({ cases, unit }: Pick<ScorecardAnswer, 'cases' | 'unit'>) {
  const { t } = useTranslation()
  const { list } = useWorld()
  return (
    <Panel title={t('scorecard.cases')} lead={cases === null ? undefined : t('scorecard.casesLead')}>
      {cases === null ? <p>{t('scorecard.noCasesSeen')}</p> : (
        <ul className={css.counts}>
          {caseStates.map((state) => <li key={state}>{t(`cases.states.${state}`)} <Figure value={cases[state]} label={t(`cases.states.${state}`)} way={(about) => <Link to="/$list/cases" params={{ list: list.code }} search={{ ...asKnownNow, region: unit, state }} {...about} />} /></li>)}
          <li>{t('cases.overdue')} <Figure value={cases.overdue} label={t('cases.overdue')} way={(about) => <Link to="/$list/cases" params={{ list: list.code }} search={{ ...asKnownNow, region: unit, due: 'overdue' }} {...about} />} /></li>
        </ul>
      )}
    </Panel>
  )
}

/** The rungs of the last mile over all drugs, and in which band the others hold them. */
export function LadderPart({ ladder, unit }: Pick<ScorecardAnswer, 'ladder' | 'unit'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params: { asOf } } = useAsking()
  const totalOf = useTotalOf()
  const stood = (rung: Rung, state: RungState, word: WordKind, value: number) => {
    const shown = totalOf(value, word)
    // Nothing is behind a zero.
    if (value === 0) return <span className={`${css.stood} quiet`}>{shown}</span>
    return <Link to="/$list/ladder" className={css.stood} params={{ list: list.code }} search={{ ...asKnownNow, unit, rung, state, word, ...(asOf === undefined ? {} : { asOf }) }} aria-label={t('ladder.countOf', { rung: text(rungWords[rung].name), state: text(rungStateWords[state]), formatted: shown })}>{shown}</Link>
  }
  return (
    <Panel title={t('scorecard.ladder')} lead={t('scorecard.ladderLead')}>
      <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.ladder')}>
        <table role="table" className={`${css.table} ${stacking.stacked}`}>
          <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><Link to="/$list/ladder" params={{ list: list.code }} search={{ ...asKnownNow, unit }}>{t('scorecard.rung')}</Link></th>{(['yes', 'conditional', 'no', 'not_known'] as const).map((state) => <th role="columnheader" key={state} scope="col" className={css.number}>{text(rungStateWords[state])}</th>)}<th role="columnheader" scope="col">{t('scorecard.heldByOthers')}</th></tr></thead>
          <tbody role="rowgroup">
            {ladder.map(({ rung, yes, conditional, no, notKnown, company, band }) => (
              <tr role="row" key={rung}>
                <th role="rowheader" scope="row">{text(rungWords[rung].name)}</th>
                {([['yes', yes, company.yes], ['conditional', conditional, company.conditional], ['no', no, company.no], ['not_known', notKnown, 0]] as const).map(([state, firm, alone]) => (
                  <td role="cell" key={state} className={css.number} data-label={text(rungStateWords[state])}>{stood(rung, state, 'firm', firm)}{alone > 0 && <small> {stood(rung, state, 'company', alone)}</small>}</td>
                ))}
                <td role="cell" data-label={t('scorecard.heldByOthers')} data-wide>{band === null ? <span className="quiet">{t('scorecard.tooFew')}</span> : t('scorecard.bandSays', { low: format.number(band.low), median: format.number(band.median), high: format.number(band.high) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <CompanyAloneNote />
    </Panel>
  )
}
