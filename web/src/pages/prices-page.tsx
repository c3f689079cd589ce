import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EnterPrice, EnterPricesFile } from '../features/prices/enter-prices'
import { Monitoring } from '../features/prices/monitoring'
import { RetailPrices } from '../features/prices/retail-prices'
import { SettlementPrices } from '../features/prices/settlement-prices'
import { useCan } from '../lib/actor'
import type { PricesSearch } from '../lib/searches'
import { NotYours } from '../ui/not-yours'
import { Columns, PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/prices')

/** Prices, as far as they are the viewer's: compared (regulator), settlement (regulator, company), retail (regulator, province, institution). */
export function PricesPage() {
  const { t } = useTranslation()
  const [retail, settlement, enter, monitor] = [useCan('price.retail'), useCan('price.settlement'), useCan('price.enter'), useCan('price.monitor')]
  const { drug, institution, region, history, offset } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<PricesSearch>) => void navigate({ search: (previous) => ({ ...previous, ...next }), replace: true, resetScroll: false })
  return (
    <Stack>
      <PageHead title={t('prices.page')} lead={<p>{t('prices.lead')}</p>} />
      {retail === null && settlement === null && monitor === null && <NotYours />}
      {monitor !== null && <Monitoring />}
      {settlement !== null && <SettlementPrices history={history === 'true'} onHistory={(on) => change({ history: on ? 'true' : undefined })} />}
      {enter !== null && <Columns><EnterPrice /><EnterPricesFile /></Columns>}
      {retail !== null && <RetailPrices filter={{ drug, institution, region }} onFilter={(filter) => change({ ...filter, offset: undefined })} offset={offset ?? 0} onOffset={(next) => change({ offset: next || undefined })} />}
    </Stack>
  )
}
