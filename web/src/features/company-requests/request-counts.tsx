import { companyRequestStates, type CompanyRequestState } from '@lastmile/shared/company-request'
import type { CompanyRequestsAnswer } from '@lastmile/shared/company-request-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import css from './company-requests.module.css'

interface Chosen { state: CompanyRequestState | undefined; due: 'overdue' | 'soon' | undefined }

/** How many requests are overdue or soon due, and stand in which state; pressing one shows those alone, pressing it again shows all. */
export function RequestCounts({ counts, state, due, onChange }: Chosen & { counts: CompanyRequestsAnswer['counts'] | undefined; onChange: (next: Chosen) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = (count: number | undefined) => (count === undefined ? '…' : format.number(count))
  return (
    <div className={css.counts} role="group" aria-label={t('cases.state')}>
      {(['overdue', 'soon'] as const).map((one) => <button key={one} type="button" data-tone={one === 'overdue' && (counts?.overdue ?? 0) > 0 ? 'alarm' : undefined} aria-pressed={due === one} onClick={() => onChange({ due: due === one ? undefined : one, state: undefined })}><span>{t(`companyRequests.dues.${one}`)}</span><strong>{shown(counts?.[one])}</strong></button>)}
      {companyRequestStates.map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => onChange({ state: state === one ? undefined : one, due: undefined })}><span>{t(`companyRequests.states.${one}`)}</span><strong>{shown(counts?.[one])}</strong></button>)}
    </div>
  )
}
