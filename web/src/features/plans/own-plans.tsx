import type { Plan } from '@lastmile/shared/plan'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { plansQuery } from '../../lib/queries/plans'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Answered } from '../../ui/answered'
import { Button } from '../../ui/field'
import { Panel } from '../../ui/panel'
import { NewPlan } from './new-plan'
import { OnePlan } from './one-plan'
import { usePlanWords } from './plan-words'

/** An insurer's own plans, whatever their days, to be begun, changed and ended. `open`: the code of the one that is open, or `new`. */
export function OwnPlans({ insurer, open, onOpen }: { insurer: string; open: string | undefined; onOpen: (plan: string | undefined) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { list } = useWorld()
  const words = usePlanWords()
  const answer = useQuery(plansQuery(list.code, { insurer, anyDay: 'true', limit: 500 }))
  const own = useRef<HTMLHeadingElement>(null)
  const close = () => {
    own.current?.focus()
    onOpen(undefined)
  }
  const again = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'plans' })
  const columns: Column<Plan>[] = [
    { id: 'plan', header: t('plans.plan'), heading: true, value: (plan) => text(plan.name), cell: (plan) => <><Link to="/$list/plans" params={{ list: list.code }} search={(previous) => ({ ...previous, plan: plan.code })} resetScroll={false}>{text(plan.name)}</Link><div className="quiet"><code>{plan.code}</code></div></> },
    { id: 'where', header: t('plans.where'), value: words.where },
    { id: 'valid', header: t('plans.valid'), value: words.valid },
    { id: 'named', header: t('plans.named'), numeric: true, value: (plan) => plan.drugs.length },
    { id: 'saidOn', header: t('plans.saidOn'), value: (plan) => plan.knownFrom, cell: (plan) => <>{format.zoned(plan.knownFrom, list.timeZone)}<div className="quiet">{t('plans.version', { version: format.number(plan.version) })}</div></> },
  ]
  return (
    <Answered query={answer} height={240}>
      {({ plans }) => (
        <>
          {open === 'new' && <NewPlan onMade={again} onClose={close} />}
          {open !== 'new' && open !== undefined && <OnePlan key={open} code={open} plan={plans.find(({ code }) => code === open)} onChanged={again} onClose={close} />}
          <Panel title={t('plans.own')} place={own} lead={t('plans.ownLead', { insurer })} tools={open !== 'new' && <Button primary onClick={() => onOpen('new')}>{t('plans.new')}</Button>}>
            <DataTable columns={columns} rows={plans} rowKey={({ code }) => code} caption={t('plans.own')} empty={t('plans.ownNone')} />
          </Panel>
        </>
      )}
    </Answered>
  )
}
