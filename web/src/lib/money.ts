import { useTranslation } from 'react-i18next'
import { useFormat } from './format'
import { useWorld } from './world'

/** Writes amounts as text gives them, digit by digit: nothing rounds them. `1,234.50`. */
export function useMoney(): (amount: string) => string {
  const format = useFormat()
  return (amount) => {
    const [whole = '0', decimals = '00'] = amount.split('.')
    return `${format.number(Number(whole))}.${decimals}`
  }
}

/** The heading of a column of amounts: "Price (yuan)". */
export function usePriceWord(): string {
  const { t } = useTranslation()
  const { regionSet } = useWorld().regions
  return t('prices.amount', { currency: t(`prices.currency.${regionSet === 'cn' || regionSet === 'us' ? regionSet : 'other'}`) })
}
