import type { CompanyRequestRow } from '@lastmile/shared/company-request-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'

/** Words of requests: what one is called, which office has it, what it is about, and how long there is to answer. */
export function useRequestWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, unitName } = useWorld()
  return {
    number: (code: string) => {
      const [year, number] = code.split('-')
      return t('companyRequests.number', { year, number })
    },
    office: (unit: string | null) => (unit === null ? t('cases.national') : t('cases.provinceOf', { unit: unitName(unit) })),
    /** How long there is to answer; null where nothing waits. */
    left: ({ dueOn, workingDaysLeft }: Pick<CompanyRequestRow, 'dueOn' | 'workingDaysLeft'>): { words: string; tone: 'alarm' | 'warn' | 'plain' } | null => {
      if (dueOn === null || workingDaysLeft === null) return null
      if (dueOn < list.today) return { words: workingDaysLeft === 0 ? t('cases.overdue') : t('cases.overdueBy', { count: -workingDaysLeft, formatted: format.number(-workingDaysLeft) }), tone: 'alarm' }
      if (dueOn === list.today) return { words: t('cases.dueToday'), tone: 'warn' }
      return { words: t('cases.left', { count: workingDaysLeft, formatted: format.number(workingDaysLeft) }), tone: workingDaysLeft <= 3 ? 'warn' : 'plain' }
    },
  }
}

/** How states and outcomes look beside a name. */
export const stateTones = { open: 'warn', acknowledged: 'warn', answered: 'plain', closed: 'good', withdrawn: 'plain' } as const
export const outcomeTones = { resolved: 'good', will_be_resolved: 'plain', refused: 'alarm', not_competent: 'plain' } as const
