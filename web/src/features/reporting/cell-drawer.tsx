import type { ReportingCell, ReportingRow } from '@lastmile/shared/reporting'
import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useLanguage, useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { ReportLink } from '../../ui/names'
import { Facts } from '../../ui/page-head'
import { PeriodMark, shownOf } from './looks'
import { periodName } from './period-words'
import css from './reporting.module.css'

/** What is behind a cell: its reports, or since when nothing came; and how complete what came is. */
export function CellDrawer({ row, cell, onClose }: { row: ReportingRow | null; cell: ReportingCell | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer.Root opened={row !== null && cell !== null} onClose={onClose} position="right" size="min(560px, 100vw)">
      <Drawer.Overlay backgroundOpacity={0.45} />
      <Drawer.Content>
        <div className={css.drawerHead}>
          <Drawer.Title className={css.drawerTitle ?? ''}>{t('reporting.detail')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('reporting.close')} size={36} />
        </div>
        <Drawer.Body>{row && cell && <Cell row={row} cell={cell} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Cell({ row, cell }: { row: ReportingRow; cell: ReportingCell }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const language = useLanguage()
  const { list } = useWorld()
  const [readsReports, sends] = [useCan('report.read') !== null, useCan('report.send') !== null]
  const wasSent = cell.sentOn !== null
  const days = t('reporting.days', { formatted: format.number(cell.daysLate) })
  const isAccepted = wasSent && cell.state !== 'held'
  return (
    <div className={css.detail}>
      <p><strong>{text(row.name)}</strong> <EvidenceBadge evidence={row.evidence} compact /></p>
      <div><PeriodMark shown={shownOf(cell)} /> <p className="quiet">{t(`reporting.means.${cell.state}`)}{cell.isNil && ` ${t('reporting.means.nil')}`}{cell.isPart && ` ${t('reporting.means.part')}`}{cell.waitsFor !== null && ` ${t(`reporting.means.waits_${cell.waitsFor}`)}`}</p></div>
      <Facts facts={[
        [t('reporting.period'), <>{periodName(cell, language)}<small className="quiet">{t('reporting.periodDays', { first: format.shortDay(cell.first, true), last: format.shortDay(cell.last, true) })}</small></>],
        [t('reporting.dueOn'), cell.dueOn === null ? t('reporting.noDue') : format.day(cell.dueOn)],
        [t('reporting.sentOn'), cell.sentOn === null ? t('reporting.notYet') : format.day(cell.sentOn)],
        cell.daysLate > 0 ? [t(wasSent ? 'reporting.daysLate' : 'reporting.overdue'), days] : null,
        isAccepted ? null : [t('reporting.drugs'), t('reporting.drugsNone', { expected: format.number(cell.drugs.expected) })],
      ]} />
      {isAccepted && !cell.isNil && (
        <section>
          <h3>{t('reporting.completeness')}</h3>
          <Facts facts={[
            [t('reporting.drugs'), <>{drugsSaid()}<small className="quiet">{t('reporting.drugsMeans')}</small></>],
            [t('reporting.institutions'), <>{institutionsSaid().map((one) => <span key={one} className={css.said}>{one}</span>)}<small className="quiet">{t('reporting.againMeans')}</small></>],
          ]} />
          {row.eligibleAtLeast !== null && <p>{t('reporting.eligible', { formatted: format.number(row.eligibleAtLeast) })} <small className="quiet">{t('reporting.eligibleMeans')}</small></p>}
        </section>
      )}
      <section>
        <h3>{t('reporting.reports')}</h3>
        {!readsReports ? <p className="quiet">{t('reporting.reportsShut')}</p> : cell.reports.length === 0 ? <p className="quiet">{t('reporting.noReport')}</p> : (
          <ul className={css.reports}>{cell.reports.map((one) => <li key={one.id}><ReportLink id={one.id} /> <span className="number">{format.shortDay(one.asOf, true)}</span> {t(`reports.states.${one.state}`)}{one.version > 0 && ` · ${t('reporting.version', { version: one.version })}`}</li>)}</ul>
        )}
        {sends && !isAccepted && <p><Link to="/$list/reports" params={{ list: list.code }} search={{ send: row.code }}>{t('reporting.send')}</Link></p>}
        {readsReports && <p><Link to="/$list/reports" params={{ list: list.code }} search={{ source: row.code }}>{t('reporting.all')}</Link></p>}
      </section>
    </div>
  )

  function drugsSaid(): string {
    const expected = format.number(cell.drugs.expected)
    return cell.drugs.named === null ? t('reporting.drugsNotKnown', { expected }) : t('reporting.drugsOf', { expected, named: format.number(cell.drugs.named) })
  }

  function institutionsSaid(): string[] {
    const { named, again, before } = cell.institutions
    if (named === null) return [cell.reports.length > 1 ? t('reporting.parts') : t('reporting.notKnown')]
    return [t('reporting.institutionsNamed', { formatted: format.number(named) }), again === null || before === null ? t('reporting.againNotKnown') : t('reporting.again', { again: format.number(again), before: format.number(before) })]
  }
}
