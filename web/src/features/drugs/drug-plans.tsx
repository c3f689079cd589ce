import type { Plan } from '@lastmile/shared/plan'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { usePlanPlace } from '../../lib/plan-place'
import { downloadOf } from '../../lib/queries/download'
import { plansQuery } from '../../lib/queries/plans'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame } from '../../ui/frame'

/** The customised insurance plans that name a drug on the page's day, the first of them; the others are on their own page. */
export function DrugPlans({ code }: { code: string }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const asked = { drug: code, asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery({ ...plansQuery(list.code, { ...asked, limit: 5 }), placeholderData: keepPreviousData })
  const pays = ({ drugs }: Plan) => drugs.find(({ drug }) => drug === code)?.pays ?? null
  const where = usePlanPlace(t('drug.planWhole'))
  const columns: Column<Plan>[] = [
    { id: 'plan', header: t('drug.plan'), heading: true, value: (plan) => text(plan.name) },
    { id: 'where', header: t('drug.planWhere'), value: where },
    { id: 'pays', header: t('drug.planPays'), sortable: false, value: (plan) => { const said = pays(plan); return said && text(said) }, cell: (plan) => { const said = pays(plan); return said === null ? <span className="quiet">{t('drug.planPaysUnknown')}</span> : text(said) } },
  ]
  const [rows, total] = [answer.data?.plans ?? [], answer.data?.page.total ?? 0]
  return (
    <Frame<Plan>
      id="drug-plans" title={t('drug.plans')} unit={t('drug.plansUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false} height={120}
      empty={answer.data && total === 0 ? t('drug.plansNone') : undefined} twin={{ columns, rows, rowKey: (plan) => plan.code }}
      downloads={{ csv: downloadOf(list.code, 'plans', asked, 'csv'), xlsx: downloadOf(list.code, 'plans', asked, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={(plan) => plan.code} caption={t('drug.plans')} />
      <p><Link to="/$list/plans" params={{ list: list.code }} search={{ drug: code }}>{t('drug.plansAll', { count: total, formatted: format.number(total) })}</Link></p>
    </Frame>
  )
}
