import type { Evidence } from '@lastmile/shared/evidence'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { institutionsQuery } from '../lib/queries/rows'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from './answered'
import css from './few-named.module.css'
import { InstitutionName } from './institution-name'
import { StateMark } from './state-mark'

/** Under five eligible: no share, they are named instead, once asked for. */
export function FewNamed({ count, drug, region, evidence }: { count: number; drug: string; region: string; evidence: Evidence }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { params: { asOf, knownOn }, since } = useAsking()
  const [open, setOpen] = useState(false)
  const named = useQuery({ ...institutionsQuery(list.code, { drug, region, evidence, asOf, knownOn, since: evidence === 'supplied' ? since : undefined, eligible: 'true', limit: 10 }), enabled: open })
  return (
    <details className={css.few} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('parts.fewNamed', { count, formatted: format.number(count) })}</summary>
      {open && (
        <Answered query={named} height={40}>
          {({ rows }) => <ul>{rows.map((row) => <li key={row.code}><InstitutionName institution={row} /><StateMark state={row.state ?? 'not_reported'} /></li>)}</ul>}
        </Answered>
      )}
    </details>
  )
}
