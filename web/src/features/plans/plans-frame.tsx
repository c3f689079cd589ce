import type { Plan, PlanDrug } from '@lastmile/shared/plan'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { downloadOf } from '../../lib/queries/download'
import { plansQuery } from '../../lib/queries/plans'
import type { PlansSearch } from '../../lib/searches'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'
import { DrugLink } from '../../ui/names'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { usePlanWords } from './plan-words'
import { PlansFilters } from './plans-filters'

type Filter = Pick<PlansSearch, 'drug' | 'region' | 'any'>
interface Named { plan: Plan; named: PlanDrug }

const limit = 50

/** Plans and the drugs that they name, in the server's order: a row for each drug of each plan, or for the one that is asked for. */
export function PlansFrame({ filter, onFilter, offset, onOffset }: { filter: Filter; onFilter: (filter: Filter) => void; offset: number; onOffset: (offset: number) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const { asOf, knownOn } = useAsking()
  const words = usePlanWords()
  const asked = { drug: filter.drug, region: filter.region, anyDay: filter.any, asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery({ ...plansQuery(list.code, { ...asked, offset, limit }), placeholderData: keepPreviousData })
  const rows = (answer.data?.plans ?? []).flatMap((plan) => plan.drugs.filter(({ drug }) => filter.drug === undefined || drug === filter.drug).map((named): Named => ({ plan, named })))
  const columns: Column<Named>[] = [
    { id: 'plan', header: t('plans.plan'), heading: true, value: ({ plan }) => text(plan.name), cell: ({ plan }) => <>{text(plan.name)}<div className="quiet">{plan.insurer}</div></> },
    { id: 'drug', header: t('plans.drug'), value: ({ named }) => drugName(named.drug), cell: ({ named }) => <DrugLink code={named.drug} /> },
    { id: 'pays', header: t('plans.pays'), sortable: false, value: ({ named }) => (named.pays === null ? null : text(named.pays)), cell: ({ named }) => (named.pays === null ? <span className="quiet">{t('plans.paysUnknown')}</span> : text(named.pays)) },
    { id: 'where', header: t('plans.where'), value: ({ plan }) => words.where(plan) },
    { id: 'valid', header: t('plans.valid'), value: ({ plan }) => words.valid(plan) },
    { id: 'source', header: t('plans.source'), sortable: false, value: ({ plan }) => text(plan.source) },
  ]
  return (
    <Frame<Named>
      id="plans" title={t('plans.all')} unit={t('plans.unit')} basis={answer.data?.basis ?? null} query={answer} picture={false}
      asks={<PlansFilters filter={filter} onFilter={onFilter} day={format.day(asOf)} />} empty={answer.data?.page.total === 0 ? t('plans.none') : undefined}
      twin={{ columns, rows, rowKey }} downloads={{ csv: downloadOf(list.code, 'plans', asked, 'csv'), xlsx: downloadOf(list.code, 'plans', asked, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={rowKey} caption={t('plans.all')} sorting={sortingOf([], undefined, undefined)} maxHeight={640} />
      {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={onOffset} />}
    </Frame>
  )
}

function rowKey({ plan, named }: Named): string {
  return `${plan.code} ${named.drug}`
}
