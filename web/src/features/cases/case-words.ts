import type { CaseRow } from '@lastmile/shared/case-answer'
import type { Addressee } from '@lastmile/shared/notice'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'

/** Words of cases: what one is called, what it is about, who keeps it, and how long there is to answer. */
export function useCaseWords() {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName, companyName, unitName } = useWorld()
  const nameOf = ({ office, code }: Addressee) => (office === 'company' ? companyName(code) : t('cases.provinceOf', { unit: unitName(code) }))
  return {
    nameOf,
    number: (code: string) => {
      const [year, number] = code.split('-')
      return t('cases.number', { year, number })
    },
    /** What its gaps have in common, and how many drugs or places there are. */
    about: ({ about, drugs, units }: Pick<CaseRow, 'about' | 'drugs' | 'units'>): [string, string] => {
      const first = about.by === 'drug' ? drugName(about.code) : about.by === 'company' ? companyName(about.code) : unitName(about.code)
      const rest = about.by === 'drug' ? units.map(unitName) : drugs.map(drugName)
      return [first, rest.length > 2 ? t('cases.aboutMore', { name: rest[0], formatted: format.number(rest.length) }) : format.join(rest)]
    },
    office: (unit: string | null) => (unit === null ? t('cases.national') : t('cases.provinceOf', { unit: unitName(unit) })),
    /** How long there is to answer; null where nothing waits. */
    left: ({ dueOn, workingDaysLeft }: Pick<CaseRow, 'dueOn' | 'workingDaysLeft'>): { words: string; tone: 'alarm' | 'warn' | 'plain' } | null => {
      if (dueOn === null || workingDaysLeft === null) return null
      if (dueOn < list.today) return { words: workingDaysLeft === 0 ? t('cases.overdue') : t('cases.overdueBy', { count: -workingDaysLeft, formatted: format.number(-workingDaysLeft) }), tone: 'alarm' }
      if (dueOn === list.today) return { words: t('cases.dueToday'), tone: 'warn' }
      return { words: t('cases.left', { count: workingDaysLeft, formatted: format.number(workingDaysLeft) }), tone: workingDaysLeft <= 2 ? 'warn' : 'plain' }
    },
  }
}

/** How states look beside a name. */
export const stateTones = { open: 'plain', notified: 'warn', answered: 'plain', closed: 'good' } as const
export const noticeTones = { draft: 'plain', sent: 'warn', acknowledged: 'warn', answered: 'good', withdrawn: 'plain' } as const
export const gapTones = { gap: 'alarm', met: 'good', no_standard: 'plain' } as const
