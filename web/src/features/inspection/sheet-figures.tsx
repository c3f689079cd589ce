import type { Evidence } from '@lastmile/shared/evidence'
import type { InspectionSheet, SheetFigures as Figures } from '@lastmile/shared/inspection'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { kindsTold } from '../../lib/kinds-told'
import { useWorld } from '../../lib/world'
import { unknownQuestion } from '../../ui/eligible-link'
import { EvidenceGlyph } from '../../ui/evidence-badge'
import { DrugLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Said } from '../../ui/said'
import css from './inspection.module.css'
import { institutionsSaid, isFigure } from './said'

/** What each kind of evidence says, a row each, the one of this sheet set off; of a company, of each of its drugs. */
export function SheetFigures({ sheet: { of, figures, partsTotal }, evidence: asked }: { sheet: InspectionSheet; evidence: Evidence }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName, unitName, places } = useWorld()
  const hasKinds = kindsTold(figures.map((one) => one.stocked))
  const hasShare = figures.some((one) => one.eligible !== null)
  const shown = new Set(figures.map((one) => one.drug)).size
  const nameOf = ({ drug, region, evidence }: Figures) => `${drug === null ? unitName(region!) : drugName(drug)}, ${t(`words.evidence.${evidence}.short`)}`
  const link = (one: Figures, value: number, label: string, more: object = {}) => <NumberLink value={value} rows={{ ...(one.drug === null ? {} : { drug: one.drug }), ...(one.region === null ? {} : { region: one.region }), evidence: one.evidence, state: 'in_stock', ...more }} label={`${nameOf(one)}, ${label}`} />
  const cells = (one: Figures): (readonly [string, ReactNode])[] => [
    ['institutions', link(one, one.stocked.institutions, t('parts.institutions'))],
    ...(hasKinds ? [['hospitals', link(one, one.stocked.hospitals, t('inspection.hospitals'), { kind: 'hospital' })] as const, ['pharmacies', link(one, one.stocked.pharmacies, t('inspection.pharmacies'), { kind: 'pharmacy' })] as const] : []),
    of === 'province' ? ['drugs', link(one, one.drugs!.stocked, t('inspection.drugs'))] : ['units', link(one, one.units, places.units)],
    ['cities', link(one, one.stocked.cities, places.cities)],
  ]
  const heads: Record<string, string> = {
    institutions: t('parts.institutions'), hospitals: t('inspection.hospitals'), pharmacies: t('inspection.pharmacies'), units: capital(places.units), cities: capital(places.cities),
    drugs: `${t('inspection.drugs')} (/${format.number(figures[0]?.drugs?.listed ?? 0)})`,
  }
  const names = figures[0] ? cells(figures[0]).map(([name]) => name) : []
  return (
    <section className={css.section}>
      <h3>{t('inspection.figures')}</h3>
      <table className={`${css.table} ${css.even}`}>
        <thead>
          <tr>
            {of === 'company' && <th scope="col" className={css.drug}>{t('inspection.drug')}</th>}
            <th scope="col" className={css.first}>{t('inspection.evidence')}</th>{names.map((name) => <th key={name} scope="col" className={css.number}>{heads[name]}</th>)}
            <th scope="col" className={css.number}>{t('inspection.unknownPairs')}</th>{hasShare && <th scope="col" className={`${css.number} ${css.share}`}>{t('inspection.share')}</th>}
          </tr>
        </thead>
        <tbody>
          {figures.map((one, i) => (
            <tr key={`${one.drug ?? ''} ${one.evidence}`} data-asked={one.evidence === asked}>
              {of === 'company' && (i === 0 || figures[i - 1]!.drug !== one.drug) && <th scope="rowgroup" rowSpan={figures.filter(({ drug }) => drug === one.drug).length}><DrugLink code={one.drug!} /></th>}
              <th scope="row"><span className={css.kind}><EvidenceGlyph evidence={one.evidence} size={12} />{t(`words.evidence.${one.evidence}.short`)}{one.evidence === asked && <small>{t('inspection.asked')}</small>}</span></th>
              {isFigure(one) ? cells(one).map(([name, cell]) => <td key={name} className={css.number}>{cell}</td>) : <td colSpan={names.length} className={css.number}><Said of={institutionsSaid(one)}>{null}</Said></td>}
              <td className={css.number}>{one.evidence === 'supplied' ? '–' : link(one, one.unknown, t('inspection.unknownPairs'), { state: unknownQuestion })}</td>
              {hasShare && <td className={css.number}><ShareOf figures={one} /></td>}
            </tr>
          ))}
        </tbody>
      </table>
      {of === 'company' && partsTotal > shown && <p className={css.small}>{t('inspection.companyMore', { formatted: format.number(partsTotal - shown) })}</p>}
    </section>
  )
}

/** The share of the eligible as a range, which leads to them; where under five are, that there is none. */
function ShareOf({ figures: { drug, evidence, eligible, share } }: { figures: Figures }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  if (eligible === null || drug === null) return '–'
  const said = share === null ? t('inspection.shareFew') : format.share(share)
  return <Link to="/$list/institutions" params={{ list: list.code }} search={{ drug, eligible: 'true' as const, evidence }} title={t('parts.shareOf', { eligible: format.number(eligible.institutions), stocked: format.number(eligible.stocked), unknown: format.number(eligible.unknown) })}>{said}</Link>
}
