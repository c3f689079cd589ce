import { caseStates } from '@lastmile/shared/case'
import { rungStateWords, rungWords } from '@lastmile/shared/rung-words'
import type { ScorecardAnswer } from '@lastmile/shared/scorecard'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BandStrip } from '../../charts/band-strip'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useAsking, useWorld } from '../../lib/world'
import { GapReasonMark } from '../../ui/gap-reason-mark'
import { DrugLink } from '../../ui/names'
import { Panel } from '../../ui/panel'
import { PlaceSaid } from './place-said'
import css from './scorecard.module.css'

/** Shares beside those of provinces of similar size: the own, their mean and band, and whether it is beyond what chance would give. */
export function ScoresTable({ scores }: Pick<ScorecardAnswer, 'scores'>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.compared')}>
      <table className={css.table}>
        <thead><tr><th scope="col">{t('scorecard.measure')}</th><th scope="col" className={css.number}>{t('scorecard.own')}</th><th scope="col" className={css.number}>{t('scorecard.mean')}</th><th scope="col">{t('scorecard.band')}</th><th scope="col">{t('scorecard.placed')}</th></tr></thead>
        <tbody>
          {scores.map(({ measure, own, mean, band, members, place }) => (
            <tr key={measure}>
              <th scope="row">{t(`scorecard.measures.${measure}`)}</th>
              <td className={css.number}>{own === null ? t('scorecard.none') : `${format.number(own.count)} / ${format.number(own.of)} · ${format.percent(own.count / own.of)}`}</td>
              <td className={css.number}>{mean === null ? '–' : format.percent(mean)}</td>
              <td><div className={css.band}>{band === null ? <span className="quiet">{t('scorecard.tooFew')}</span> : <BandStrip band={band} value={own && own.count / own.of} label={t('scorecard.bandSays', { low: format.percent(band.low), median: format.percent(band.median), high: format.percent(band.high) })} />}</div></td>
              <td><PlaceSaid place={place} members={members} /></td>
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
      <Panel title={t('scorecard.duties')}>
        {duties === null ? <p>{t('scorecard.dutiesToday')}</p> : duties.length === 0 ? <p>{t('scorecard.noDuties')}</p> : duties.map(({ duty, counts, isOver }) => (
          <div key={duty.code}>
            <p><Link to="/$list/duties" params={{ list: list.code }} search={{ duty: duty.code, region: unit }}>{text(duty.name)}</Link> <span className="quiet">{t('scorecard.dueOn', { day: format.day(duty.dueOn) })} · {t(isOver ? 'duties.overdue' : 'duties.open')}</span></p>
            <ul className={css.counts}>
              <li>{t('duties.owed')} <strong>{format.number(counts.owed)}</strong></li>
              {(['in_time', 'late', 'not_convened', 'not_reported'] as const).map((state) => <li key={state}><Link to="/$list/duties" params={{ list: list.code }} search={{ duty: duty.code, region: unit, state }}>{t(`duties.state.${state}`)}</Link> <strong>{format.number(counts[state])}</strong></li>)}
            </ul>
          </div>
        ))}
      </Panel>
      <Panel title={t('scorecard.reporting')} lead={t('scorecard.reportingLead', { sources: format.number(reporting.sources), periods: format.number(reporting.periods) })}>
        {reporting.sources === 0 ? <p>{t('scorecard.noSources')}</p> : (
          <ul className={css.counts}>
            <li><Link to="/$list/reporting" params={{ list: list.code }} search={{ region: unit }}>{t('scorecard.owed')}</Link> <strong>{format.number(reporting.owed)}</strong></li>
            {(['onTime', 'late', 'held', 'missing'] as const).map((state) => <li key={state}>{t(`scorecard.periods.${state}`)} <strong>{format.number(reporting[state])}</strong></li>)}
          </ul>
        )}
      </Panel>
    </>
  )
}

const stands = { met: '✓', not_met: '✕', not_known: '?', none: '–' } as const

/** Each drug against the standard of the unit, and its supervision cases. */
export function StandardsAndCases({ standards, cases, unit }: Pick<ScorecardAnswer, 'standards' | 'cases' | 'unit'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { params } = useAsking()
  const count = (stand: keyof typeof stands) => standards.filter((one) => one.stand === stand).length
  return (
    <>
      <Panel title={t('scorecard.standards')} lead={t('scorecard.standardsLead', { met: format.number(count('met')), notMet: format.number(count('not_met')), notKnown: format.number(count('not_known')) })}>
        <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.standards')}>
          <table className={css.table}>
            <thead><tr><th scope="col">{t('rows.drug')}</th><th scope="col">{t('scorecard.stand')}</th><th scope="col" className={css.number}>{t('scorecard.there')}</th><th scope="col">{t('scorecard.why')}</th></tr></thead>
            <tbody>
              {standards.map(({ drug, stand, institutions, minInstitutions, reason }) => (
                <tr key={drug}>
                  <th scope="row"><DrugLink code={drug} /></th>
                  <td><span aria-hidden="true">{stands[stand]}</span> {t(`scorecard.stands.${stand}`)}</td>
                  <td className={css.number}>{institutions === null || minInstitutions === null ? '' : <Link to="/$list/gaps" params={{ list: list.code }} search={{ ...params, drug, region: unit }}>{format.number(institutions)} / {format.number(minInstitutions)}</Link>}</td>
                  <td>{reason !== null && <GapReasonMark reason={reason} size={12} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Panel title={t('scorecard.cases')}>
        {cases === null ? <p>{t('scorecard.noCasesSeen')}</p> : (
          <ul className={css.counts}>
            {caseStates.map((state) => <li key={state}><Link to="/$list/cases" params={{ list: list.code }} search={{ region: unit, state }}>{t(`cases.states.${state}`)}</Link> <strong>{format.number(cases[state])}</strong></li>)}
            <li><Link to="/$list/cases" params={{ list: list.code }} search={{ region: unit, due: 'overdue' }}>{t('cases.overdue')}</Link> <strong>{format.number(cases.overdue)}</strong></li>
          </ul>
        )}
      </Panel>
    </>
  )
}

/** The rungs of the last mile over all drugs, and in which band the others hold them. */
export function LadderPart({ ladder, unit }: Pick<ScorecardAnswer, 'ladder' | 'unit'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params: { asOf } } = useAsking()
  return (
    <Panel title={t('scorecard.ladder')} lead={t('scorecard.ladderLead')}>
      <div className={css.wide} role="group" tabIndex={0} aria-label={t('scorecard.ladder')}>
        <table className={css.table}>
          <thead><tr><th scope="col"><Link to="/$list/ladder" params={{ list: list.code }} search={{ unit }}>{t('scorecard.rung')}</Link></th>{(['yes', 'conditional', 'no', 'not_known'] as const).map((state) => <th key={state} scope="col" className={css.number}>{text(rungStateWords[state])}</th>)}<th scope="col">{t('scorecard.heldByOthers')}</th></tr></thead>
          <tbody>
            {ladder.map(({ rung, yes, conditional, no, notKnown, band }) => (
              <tr key={rung}>
                <th scope="row">{text(rungWords[rung].name)}</th>
                {([['yes', yes], ['conditional', conditional], ['no', no], ['not_known', notKnown]] as const).map(([state, value]) => <td key={state} className={css.number}><Link to="/$list/ladder" params={{ list: list.code }} search={{ unit, rung, state, ...(asOf === undefined ? {} : { asOf }) }} aria-label={`${text(rungWords[rung].name)}, ${text(rungStateWords[state])}: ${format.number(value)}`}>{format.number(value)}</Link></td>)}
                <td>{band === null ? <span className="quiet">{t('scorecard.tooFew')}</span> : t('scorecard.bandSays', { low: format.number(band.low), median: format.number(band.median), high: format.number(band.high) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
