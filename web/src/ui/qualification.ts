import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../lib/world'

/** A qualification of the master in words: known ones are translated, a centre named for a product names the drug, others stand as they are. */
export function useQualificationWord(): (qualification: string) => string {
  const { t } = useTranslation()
  const { drugs, drugName } = useWorld()
  return useCallback((qualification: string) => {
    if (qualification === 'rare-disease-network') return t('institution.rareNetwork')
    if (qualification === 'cold-chain') return t('institution.coldChain')
    const [kind, name] = qualification.split(':')
    const drug = kind === 'car-t' && name !== undefined ? drugs.find((one) => one.aliases.includes(name)) : undefined
    return drug ? t('institution.cartCentre', { drug: drugName(drug.code) }) : qualification
  }, [t, drugs, drugName])
}
