import type { Message } from '@lastmile/shared/message'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'

/** What a message is about, in words: its source or supervision case, the time of which it speaks, and when that is or was due. */
export function useAbout(): (message: Message) => string[] {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const caseNumber = (code: string) => {
    const [year, number] = code.split('-')
    return t('messages.case', { year, number })
  }
  return ({ sourceName, list, subject: { period, asOf, dueOn, alsoMissing, case: code } }) => [
    sourceName === null ? list : text(sourceName),
    ...(code === undefined ? [] : [caseNumber(code)]),
    ...(period !== undefined ? [t('messages.period', { period })] : asOf !== undefined ? [t('messages.asOf', { day: format.day(asOf) })] : []),
    ...(dueOn === undefined ? [] : [t('messages.due', { day: format.day(dueOn) })]),
    ...(alsoMissing === undefined || alsoMissing.length === 0 ? [] : [t('messages.alsoMissing', { periods: format.join(alsoMissing) })]),
  ]
}
