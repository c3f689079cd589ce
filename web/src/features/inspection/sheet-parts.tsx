import type { InspectionSheet } from '@lastmile/shared/inspection'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { DrugLink, RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Said } from '../../ui/said'
import css from './inspection.module.css'
import { institutionsSaid, isFigure } from './said'
import { GapSaid, GapsHead, SideBySide, Standards } from './sheet-gaps'

/** A drug in each unit, or each drug in a province: how many stock it, and whether that is a gap and why. */
export function SheetParts({ sheet }: { sheet: InspectionSheet }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places, drugName, unitName } = useWorld()
  const { of, parts, partsTotal, gaps } = sheet
  const gapOf = new Map(gaps.rows.map((gap) => [`${gap.drug} ${gap.region}`, gap]))
  const formatted = format.number(gaps.total)
  return (
    <section className={css.section}>
      <GapsHead sheet={sheet} title={of === 'drug' ? t('inspection.partsDrug', { units: places.units, formatted }) : t('inspection.partsProvince', { formatted })} />
      <SideBySide
        rows={parts} head={<tr><th scope="col">{of === 'drug' ? capital(places.unit) : t('inspection.drug')}</th><th scope="col" className={css.number}>{t('inspection.institutions')}</th><th scope="col" className={css.number}>{capital(places.cities)}</th><th scope="col">{t('inspection.state')}</th></tr>}
        row={(part) => {
          const [drug, region] = [part.drug!, part.region!]
          const gap = gapOf.get(`${drug} ${region}`)
          const rows = { drug, region, evidence: part.evidence, state: 'in_stock' }
          const name = `${drugName(drug)}, ${unitName(region)}`
          return (
            <tr key={`${drug} ${region}`} data-gap={gap !== undefined}>
              <th scope="row">{of === 'drug' ? <RegionLink code={region} /> : <DrugLink code={drug} />}</th>
              <td className={css.number}>{gap !== undefined && !isFigure(part) ? '–' : <Said of={institutionsSaid(part)}><NumberLink value={part.stocked.institutions} rows={rows} label={name} /></Said>}</td>
              <td className={css.number}>{part.stocked.institutions === 0 ? '–' : <NumberLink value={part.stocked.cities} rows={rows} label={`${name}, ${places.cities}`} />}</td>
              <td>{gap ? <GapSaid gap={gap} /> : <span className={css.good}>{t('inspection.noGap')}</span>}</td>
            </tr>
          )
        }}
      />
      <Standards sheet={sheet} />
      {partsTotal > parts.length && <p className={css.small}>{t('inspection.more', { formatted: format.number(partsTotal - parts.length) })}</p>}
    </section>
  )
}
