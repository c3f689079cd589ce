import type { Evidence } from '@lastmile/shared/evidence'
import { addDays, type Day } from '@lastmile/shared/day'
import { trendDays, type Gap, type GapsAnswer } from '@lastmile/shared/gap'
import type { TFunction } from 'i18next'
import { capital, type Format } from '../../lib/format'
import { countedOf, needOf } from '../../lib/need'
import type { World } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { EligibleLink, unknownQuestion } from '../../ui/eligible-link'
import { GapReasonMark } from '../../ui/gap-reason-mark'
import { CompanyLink, DrugLink, RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Tag } from '../../ui/page-head'
import { BesideCounts } from './beside'
import { Sparkline } from '../../ui/sparkline'
import { actsSaid } from './acts'
import { GapAge } from './gap-age'
import { noteOf, notesOf } from './notes'
import { HaveNeed, NoteMark } from './gap-reason'

/** The columns of a table of gaps: what, where, why in honest words, what there is against what is needed, who lives there. */
export function gapColumns({ t, format, world, evidence, asOf, standards, onHistory }: {
  t: TFunction
  format: Format
  world: World
  evidence: Evidence
  asOf: Day
  standards: GapsAnswer['standards']
  /** Shows how a gap was before; left out where the page shows that anyway. */
  onHistory?: ((gap: Gap) => void) | undefined
}): Column<Gap>[] {
  const notes = notesOf(standards)
  const need = (gap: Gap) => [needOf(t, format, gap, world.places.cities), countedOf(t, format, gap)].filter((one) => one !== null).join(t('gaps.beside'))
  const trendSaid = (gap: Gap) => t('gaps.trendSays', { day: format.shortDay(addDays(asOf, 1 - gap.trend.length)), from: format.number(gap.trend[0]!), to: format.number(gap.trend.at(-1)!) })
  const name = (gap: Gap) => `${world.drugName(gap.drug)}, ${world.unitName(gap.region)}`
  return [
    {
      id: 'drug', header: t('rows.drug'), heading: true, value: (gap) => world.drugName(gap.drug),
      cell: (gap) => <><DrugLink code={gap.drug} />{gap.nowhere && <div><Tag tone="alarm">{t('gaps.nowhere')}</Tag></div>}</>,
    },
    { id: 'region', header: capital(world.places.unit), value: (gap) => world.unitName(gap.region), cell: (gap) => <RegionLink code={gap.region} /> },
    { id: 'company', header: t('parts.company'), value: (gap) => world.companyName(gap.company), cell: (gap) => <span style={{ display: 'inline-block', minWidth: 108, whiteSpace: 'normal' }}><CompanyLink code={gap.company} /></span> },
    { id: 'reason', header: t('gaps.reason'), value: (gap) => t(`words.gapReason.${gap.reason}`), cell: (gap) => <><GapReasonMark reason={gap.reason} /><div className="quiet" title={t(`gaps.classMeans.${gap.class}`)}>{t(`gaps.classes.${gap.class}`)}</div><BesideCounts gap={gap} /></> },
    { id: 'class', header: t('gaps.class'), value: (gap) => t(`gaps.classes.${gap.class}`) },
    { id: 'age', header: t('gaps.age'), numeric: true, value: (gap) => gap.age, cell: (gap) => <GapAge gap={gap} onHistory={onHistory} /> },
    { id: 'acts', header: t('gaps.acts'), sortable: false, value: (gap) => actsSaid(t, format, gap.acts).join('; '), cell: (gap) => <span style={{ display: 'inline-block', minWidth: 104, maxWidth: 190, whiteSpace: 'normal' }}>{actsSaid(t, format, gap.acts).map((one) => <div key={one}>{one}</div>)}</span> },
    {
      id: 'institutions', header: t('gaps.institutions'), numeric: true, value: (gap) => gap.institutions,
      cell: (gap) => <><HaveNeed need={format.number(gap.minInstitutions)}><NumberLink value={gap.institutions} rows={{ drug: gap.drug, region: gap.region, evidence, state: 'in_stock' }} label={name(gap)} /><NoteMark note={notes.indexOf(noteOf(standards, gap.drug))} /></HaveNeed><div className="quiet">{countedOf(t, format, gap)}</div></>,
    },
    { id: 'trend', header: t('gaps.trend', { days: format.number(trendDays) }), sortable: false, value: (gap) => trendSaid(gap), cell: (gap) => <Sparkline values={gap.trend} label={trendSaid(gap)} /> },
    {
      id: 'cities', header: capital(world.places.cities), numeric: true, value: (gap) => gap.cities,
      cell: (gap) => <HaveNeed need={gap.minCities === 0 ? null : format.number(gap.minCities)}><NumberLink value={gap.cities} rows={{ drug: gap.drug, region: gap.region, evidence, state: 'in_stock' }} label={`${name(gap)}, ${world.places.cities}`} /></HaveNeed>,
    },
    { id: 'eligible', header: t('parts.eligible'), numeric: true, value: (gap) => gap.eligible, cell: (gap) => (gap.eligible === null ? <span className="quiet">{t('parts.notLoaded')}</span> : <EligibleLink count={gap.eligible} drug={gap.drug} region={gap.region} />) },
    {
      id: 'unknown', header: t('parts.unknown'), numeric: true, value: (gap) => gap.unknown,
      cell: (gap) => (gap.eligible === null
        ? <NumberLink value={gap.unknown} rows={{ drug: gap.drug, region: gap.region, evidence, state: unknownQuestion }} label={`${name(gap)}, ${t('parts.unknown')}`} />
        : <EligibleLink count={gap.unknown} drug={gap.drug} region={gap.region} unknown />),
    },
    {
      id: 'population', header: t('parts.population'), numeric: true, value: (gap) => gap.population,
      cell: (gap) => (gap.population === null ? <span className="quiet">{t('parts.populationNotLoaded')}</span> : format.number(gap.population)),
    },
    {
      id: 'standard', header: t('gaps.standard'),
      value: need,
    },
  ]
}
