import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCan } from '../lib/actor'
import { useWorld } from '../lib/world'

/** The way to the contradictions of a drug, a company or a region, for whoever sees them; a company is not led to another's, nor a province. */
export function ContradictionsLink({ search }: { search: { drug: string } | { company: string } | { region: string } }) {
  const { t } = useTranslation()
  const actor = useActor()
  const { list, drug } = useWorld()
  const company = 'company' in search ? search.company : 'drug' in search ? drug(search.drug)?.company : undefined
  const isOthers = (actor.company !== null && company !== undefined && company !== actor.company) || (actor.unit !== null && 'region' in search && search.region !== actor.unit && search.region !== actor.city)
  if (useCan('contradiction.read') === null || isOthers) return null
  return <Link to="/$list/contradictions" params={{ list: list.code }} search={search}>{t('nav.contradictions')}</Link>
}
