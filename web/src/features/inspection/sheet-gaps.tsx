import type { Evidence } from '@lastmile/shared/evidence'
import { gapReasons, type Gap } from '@lastmile/shared/gap'
import { actorsOf, gapActors } from '@lastmile/shared/gap-act'
import type { InspectionSheet } from '@lastmile/shared/inspection'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { GapReasonMark } from '../../ui/gap-reason-mark'
import { DrugLink, RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import css from './inspection.module.css'
import { subjectSearch } from './subject'

/** How many gaps there are and of which reasons, each leading to them; and who can do something about how many. */
export function GapsHead({ sheet, title }: { sheet: InspectionSheet; title: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { reasons, total, judged, rows } = sheet.gaps
  // Of gaps that are not on the sheet nobody here knows who can act.
  const acting = rows.length === total ? gapActors.map((actor) => [actor, rows.filter(({ acts }) => actorsOf(acts).includes(actor)).length] as const).filter(([, count]) => count > 0) : []
  const search = subjectSearch(sheet)
  return (
    <div className={css.reasons}>
      <h3><Link to="/$list/gaps" params={{ list: list.code }} search={search}>{title}</Link></h3>
      {total === 0 && <span>{t(judged === 0 ? 'inspection.gapsNoStandard' : 'inspection.gapsNone')}</span>}
      {gapReasons.filter((reason) => reasons[reason] > 0).map((reason) => <Link key={reason} to="/$list/gaps" params={{ list: list.code }} search={{ ...search, reason }}><GapReasonMark reason={reason} size={12} /> <strong>{format.number(reasons[reason])}</strong></Link>)}
      {acting.length > 0 && <span className={css.acting}>{t('inspection.acting', { who: format.join(acting.map(([actor, count]) => t('inspection.actingOn', { actor: t(`gaps.actors.${actor}`), formatted: format.number(count) }))) })}</span>}
    </div>
  )
}

/** Why there is a gap, what a standard counts against what it needs (where it counts none of those there are, that too), and for how long. */
export function GapSaid({ gap }: { gap: Gap }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places } = useWorld()
  const { reason, institutions, minInstitutions, cities, minCities, age, since } = gap
  const [have, need] = [format.number(institutions), format.number(minInstitutions)]
  const counted = cities < minCities && institutions >= minInstitutions ? t('inspection.countedCities', { cityWord: places.cities, have: format.number(cities), need: format.number(minCities) })
    : institutions === 0 && reason !== 'too_few' ? t('inspection.needed', { need }) : t('inspection.counted', { have, need })
  return <span className={css.said}><GapReasonMark reason={reason} size={11} /><small>{counted} · <span title={t('gaps.since', { day: format.day(since) })}>{t('gaps.ageDays', { count: age, formatted: format.number(age) })}</span></small></span>
}

/** Why the standards are what they are: each sentence once. Who set them, and that it was not the regulator, stands in it. */
export function Standards({ sheet: { gaps: { standards } } }: { sheet: InspectionSheet }) {
  const { t } = useTranslation()
  const text = useText()
  const sentences = [...new Set(standards.flatMap(({ reason }) => text(reason).split(/(?<=[。.])\s*(?!\d)/)))].filter((one) => one !== '')
  return sentences.length === 0 ? null : <p className={css.small}>{t('inspection.standards')}{sentences.join(t('inspection.between'))}</p>
}

/** True where a gap says itself that nothing certain is said, and has no figure: a zero would say what nobody did. */
function isSilent({ institutions, reason }: Gap): boolean {
  return institutions === 0 && (reason === 'not_reported' || reason === 'not_known' || reason === 'stale')
}

/** Rows in two tables side by side, read down the first and on in the second. */
export function SideBySide<Row>({ rows, head, row }: { rows: readonly Row[]; head: ReactNode; row: (row: Row) => ReactNode }) {
  const half = Math.ceil(rows.length / 2)
  return (
    <div className={css.halves}>
      {[rows.slice(0, half), rows.slice(half)].filter((some) => some.length > 0).map((some, i) => <table key={i} className={css.table}><thead>{head}</thead><tbody>{some.map(row)}</tbody></table>)}
    </div>
  )
}

/** Gaps of a company's drugs, as many as fit beside the drugs themselves. */
export function SheetGaps({ sheet, evidence }: { sheet: InspectionSheet; evidence: Evidence }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places, drugName, unitName } = useWorld()
  const { gaps, peers } = sheet
  const rows = gaps.rows.slice(0, Math.max(8, gaps.rows.length - 9 * (peers.length - 1)))
  const hasDrugs = new Set(rows.map(({ drug }) => drug)).size > 1
  return (
    <section className={css.section}>
      <GapsHead sheet={sheet} title={t('inspection.gaps', { formatted: format.number(gaps.total) })} />
      <SideBySide
        rows={rows} head={<tr><th scope="col">{capital(places.unit)}</th>{hasDrugs && <th scope="col">{t('inspection.drug')}</th>}<th scope="col" className={css.number}>{t('inspection.institutions')}</th><th scope="col">{t('inspection.state')}</th></tr>}
        row={(gap) => (
          <tr key={`${gap.drug} ${gap.region}`}>
            <th scope="row"><RegionLink code={gap.region} /></th>{hasDrugs && <td><DrugLink code={gap.drug} /></td>}
            <td className={css.number}>{isSilent(gap) ? '–' : <NumberLink value={gap.institutions} rows={{ drug: gap.drug, region: gap.region, evidence, state: 'in_stock' }} label={`${drugName(gap.drug)}, ${unitName(gap.region)}`} />}</td>
            <td><GapSaid gap={gap} /></td>
          </tr>
        )}
      />
      <Standards sheet={sheet} />
      {gaps.total > rows.length && <p className={css.small}>{t('inspection.more', { formatted: format.number(gaps.total - rows.length) })}</p>}
    </section>
  )
}
