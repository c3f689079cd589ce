import type { NamedDemand } from '@lastmile/shared/demand'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { withdrawDemand } from '../../lib/queries/finder'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { ConfirmButton } from '../../ui/confirm-button'
import { FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import css from './demand.module.css'

const tones = { open: 'warn', met: 'good', withdrawn: 'plain', expired: 'plain' } as const

/** Demands of institutions by name for a drug; an institution's own can be withdrawn. */
export function NamedDemands({ drug, named, isOwn }: { drug: string; named: readonly NamedDemand[]; isOwn: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const client = useQueryClient()
  const items = useRef(new Map<string, HTMLLIElement>())
  const withdraw = useDoing((code: string) => withdrawDemand(list.code, code), async (_, code) => {
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'demand' })
    // The button is gone: who pressed it reads on at what became of the demand.
    items.current.get(code)?.focus()
  })
  return (
    <>
      <ul className={css.cities}>
        {named.map((one) => (
          <li tabIndex={-1} ref={(item) => { if (item && one.code !== undefined) items.current.set(one.code, item) }} key={one.code ?? `${one.institution} ${one.on} ${one.patients} ${one.urgency}`}>
            <Link to="/$list/institutions/$code" params={{ list: list.code, code: one.institution }}>{one.name}</Link>
            <span className="quiet">{t(`finder.patientsOf.${one.patients}`)} · {t(`finder.urgencyOf.${one.urgency}`)} · {format.shortDay(one.on, true)}</span>
            <span><Tag tone={tones[one.state]}>{t(`finder.offices.state.${one.state}`)}</Tag></span>
            {isOwn && one.code !== undefined && one.state === 'open' && <div><ConfirmButton disabled={withdraw.busy} question={t('finder.withdrawAsk', { drug: drugName(drug), day: format.shortDay(one.on, true) })} confirm={t('finder.withdraw')} onConfirm={() => void withdraw.run(one.code!)}>{t('finder.withdraw')}<span className="sr-only">{t('finder.withdrawWhich', { drug: drugName(drug), day: format.shortDay(one.on, true) })}</span></ConfirmButton></div>}
          </li>
        ))}
      </ul>
      <FormProblem error={withdraw.error} />
    </>
  )
}
