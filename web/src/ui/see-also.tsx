import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../lib/actor'
import { useWorld } from '../lib/world'
import css from './see-also.module.css'

/** Pages that speak of a drug, of a unit, or of a drug in a unit. */
type Named = 'drug' | 'region' | 'life' | 'ladder' | 'gaps' | 'find' | 'planner' | 'demand' | 'progress' | 'scorecard'

/** The ways from a page to what else is told of the same drug and unit: those alone that whoever looks may open. `here`: the page itself, and what it leads to anyway. */
export function SeeAlso({ drug, unit, here }: { drug?: string | undefined; unit?: string | undefined; here: readonly Named[] }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const may = useMay(drug, unit)
  const params = { list: list.code }
  const shows = (page: Named) => may(page) && !here.includes(page)
  const { city } = useActor()
  return (
    <nav className={css.also} aria-label={t('parts.seeAlso')}>
      <span className="quiet" aria-hidden="true">{t('parts.seeAlso')}</span>
      {drug !== undefined && shows('drug') && <Link to="/$list/drugs/$drug" params={{ ...params, drug }}>{t('parts.drugPage')}</Link>}
      {unit !== undefined && shows('region') && <Link to="/$list/regions/$code" params={{ ...params, code: unit }}>{t('parts.regionPage')}</Link>}
      {drug !== undefined && shows('life') && <Link to="/$list/drugs/$drug/life" params={{ ...params, drug }}>{t('drug.life')}</Link>}
      {shows('ladder') && (drug !== undefined && unit !== undefined
        ? <Link to="/$list/ladder/$drug/$unit" params={{ ...params, drug, unit }}>{t('nav.ladder')}</Link>
        : <Link to="/$list/ladder" params={params} search={{ drug, unit }}>{t('nav.ladder')}</Link>)}
      {drug !== undefined && shows('find') && <Link to="/$list/find/$drug" params={{ ...params, drug }}>{t('parts.findNear')}</Link>}
      {shows('gaps') && <Link to="/$list/gaps" params={params} search={{ drug, region: unit }}>{t('nav.gaps')}</Link>}
      {shows('planner') && <Link to="/$list/planner" params={params} search={{ drug, region: city ?? unit }}>{t('nav.planner')}</Link>}
      {shows('demand') && <Link to="/$list/demand" params={params} search={{ drug, region: unit }}>{t('nav.demand')}</Link>}
      {drug !== undefined && shows('progress') && <Progress drug={drug} />}
      {unit !== undefined && shows('scorecard') && <Link to="/$list/scorecard/$unit" params={{ ...params, unit }}>{t('nav.scorecard')}</Link>}
    </nav>
  )
}

/** A company's own home; for who sees several, that of the drug's company. */
function Progress({ drug: code }: { drug: string }) {
  const { t } = useTranslation()
  const { list, drug } = useWorld()
  const { company } = useActor()
  return <Link to="/$list/progress" params={{ list: list.code }} search={company === null ? { company: drug(code)?.company } : {}}>{t('nav.progress')}</Link>
}

/** Whether a page of a drug and unit opens for whoever looks: what is everybody's, and of the rest his own. */
function useMay(code: string | undefined, unit: string | undefined): (page: Named) => boolean {
  const { company, unit: own } = useActor()
  const { drug } = useWorld()
  const reach = { planner: useCan('planner.ask'), demand: useCan('demand.read'), progress: useCan('progress.read'), scorecard: useCan('scorecard.read') }
  const isOwn = (company === null || code === undefined || drug(code)?.company === company) && (own === null || unit === undefined || unit === own)
  return (page) => {
    if (page === 'planner' || page === 'demand' || page === 'progress' || page === 'scorecard') return reach[page] === 'all' || (reach[page] === 'own' && isOwn)
    return true
  }
}
