import type { NamedDemand } from '@lastmile/shared/demand'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { withdrawDemand } from '../../lib/queries/finder'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import css from './demand.module.css'

const tones = { open: 'warn', met: 'good', withdrawn: 'plain', expired: 'plain' } as const

/** Demands of institutions by name; an institution's own can be withdrawn. */
export function NamedDemands({ named, isOwn }: { named: readonly NamedDemand[]; isOwn: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const client = useQueryClient()
  const withdraw = useDoing((code: string) => withdrawDemand(list.code, code), () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'demand' }))
  return (
    <>
      <ul className={css.cities}>
        {named.map((one) => (
          <li key={one.code ?? `${one.institution} ${one.on} ${one.patients} ${one.urgency}`}>
            <Link to="/$list/institutions/$code" params={{ list: list.code, code: one.institution }}>{one.name}</Link>
            <span className="quiet">{t(`finder.patientsOf.${one.patients}`)} · {t(`finder.urgencyOf.${one.urgency}`)} · {format.shortDay(one.on, true)}</span>
            <span><Tag tone={tones[one.state]}>{t(`finder.offices.state.${one.state}`)}</Tag></span>
            {isOwn && one.code !== undefined && one.state === 'open' && <span><Button disabled={withdraw.busy} onClick={() => void withdraw.run(one.code!)}>{t('finder.withdraw')}</Button></span>}
          </li>
        ))}
      </ul>
      <FormProblem error={withdraw.error} />
    </>
  )
}
