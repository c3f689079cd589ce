import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import type { CellRow } from '../../ui/cell-columns'
import { DataTable } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { StateLegend } from '../../ui/state-mark'
import { useByProvince } from './by-province'

/** The drug in every unit: who stocks it, what else is said, who is eligible, the share as a range. */
export function ProvincesTable({ code }: { code: string }) {
  const { t } = useTranslation()
  const { places } = useWorld()
  const { answer, rows, columns, rowKey, downloads } = useByProvince(code)
  const title = t('drug.provinces', { unit: places.unit })
  return (
    <Frame<CellRow> id="provinces" title={title} unit={t('parts.institutions')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns, rows, rowKey }} downloads={downloads}>
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={title} maxHeight={640} />
      <div style={{ paddingTop: 8 }}><StateLegend /></div>
    </Frame>
  )
}
