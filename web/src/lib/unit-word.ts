import { useTranslation } from 'react-i18next'
import { useWorld } from './world'

/** What the list's units are called: reporting units in China, states and territories in the U.S. */
export function useUnitWord(): string {
  const { t } = useTranslation()
  const { regionSet } = useWorld().regions
  return t(`overview.unitWord.${regionSet === 'cn' || regionSet === 'us' ? regionSet : 'other'}`)
}
