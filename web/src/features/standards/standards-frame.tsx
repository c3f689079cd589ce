import { rulesOn, type StandardsAnswer } from '@lastmile/shared/standard'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { needOf } from '../../lib/need'
import { downloadOf } from '../../lib/queries/download'
import { standardsQuery } from '../../lib/queries/standards'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { Tag } from '../../ui/page-head'
import { useDecider } from './rule-words'

type Row = StandardsAnswer['standards'][number]

/** The standard of every drug as it holds on the page's day, in list order, each with the way to it. */
export function StandardsFrame() {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, regions, places, drugName, unitName } = useWorld()
  const { asOf, knownOn } = useAsking()
  const decider = useDecider()
  const asked = { asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery(standardsQuery(list.code, asked))
  const units = regions.units.map(({ code }) => code)
  const holding = ({ standard }: Row) => rulesOn(standard?.rules ?? [], units, asOf)
  const asks = (row: Row) => {
    const rules = holding(row)
    if (rules.length === 0) return t(row.standard === null || row.standard.rules.length === 0 ? 'drug.noStandard' : 'standards.noneOnDay')
    return rules.map((rule) => (rule.units !== null ? t('standards.whereAsks', { where: where(rule.units), asks: needOf(t, format, rule, places.cities) }) : needOf(t, format, rule, places.cities))).join('\n')
  }
  const where = (of: readonly string[] | null) => (of === null ? t('standards.allUnits', { units: places.units }) : of.length > 4 ? t('standards.someUnits', { formatted: format.number(of.length), units: places.units }) : format.join(of.map(unitName)))
  const columns: Column<Row>[] = [
    { id: 'drug', header: t('standards.drug'), heading: true, value: ({ drug }) => drugName(drug), cell: ({ drug }) => <Link to="/$list/standards" params={{ list: list.code }} search={(previous) => ({ ...previous, drug, edit: undefined })}>{drugName(drug)}</Link> },
    { id: 'asks', header: t('standards.asks'), sortable: false, value: asks, cell: (row) => <span style={{ display: 'inline-block', minWidth: 180, whiteSpace: 'pre-line' }}>{asks(row)}</span> },
    {
      id: 'origin', header: t('standards.originHead'), value: ({ standard }) => (standard === null ? null : t(`standards.origin.${standard.origin}`)),
      cell: ({ standard, otherwise }) => standard && <><Tag tone={standard.origin === 'officer' ? 'good' : 'plain'}>{t(`standards.origin.${standard.origin}`)}</Tag>{otherwise && <div className="quiet">{t('standards.otherwise')}</div>}</>,
    },
    { id: 'decided', header: t('standards.decided'), value: ({ standard }) => standard?.knownFrom ?? null, cell: ({ standard }) => standard && <>{format.instant(standard.knownFrom, list.timeZone)}<div className="quiet">{t('standards.version', { version: format.number(standard.version) })} · {decider(standard)}</div></> },
  ]
  const rows = answer.data?.standards ?? []
  return (
    <Frame<Row>
      id="standards" title={t('standards.table')} unit={t('standards.unit')} basis={answer.data?.basis ?? null} query={answer} picture={false} twin={{ columns, rows, rowKey }}
      downloads={{ csv: downloadOf(list.code, 'standards', asked, 'csv'), xlsx: downloadOf(list.code, 'standards', asked, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('standards.table')} />
    </Frame>
  )
}

function rowKey({ drug }: Row): string {
  return drug
}
