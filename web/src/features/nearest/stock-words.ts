import type { Evidence } from '@lastmile/shared/evidence'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'

/**
 * What "in stock" means of a drug under a kind of evidence: on a shelf, on order for a patient, ready to be given, or a
 * supply that was seen. `plain`: the usual word and mark say it.
 */
export function useStockWords(code: string, evidence: Evidence): { title: string; state: string; plain: boolean } {
  const { t } = useTranslation()
  const { drug: find, drugName } = useWorld()
  const drug = drugName(code)
  if (evidence === 'supplied') return { title: t('nearest.title.supplied', { drug }), state: t('rows.supplySeen'), plain: false }
  const form = find(code)?.supplyForm ?? 'shelf'
  return { title: t(`nearest.title.${form}`, { drug }), state: t(`nearest.state.${form}`), plain: form === 'shelf' }
}
