import type { Message } from '@lastmile/shared/message'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'

/** As many drugs or units a message names. */
const namesAtMost = 3

/** What a message is about, in words: its duty, its drugs and units, its source, supervision case or company request, the time of which it speaks, and when that is or was due. */
export function useAbout(): (message: Message) => string[] {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const some = (names: Message['names']['drugs']) => {
    const first = names.slice(0, namesAtMost).map((one) => text(one)).join(t('messages.comma'))
    return names.length > namesAtMost ? t('messages.andMore', { first, formatted: format.number(names.length) }) : first
  }
  const caseNumber = (code: string) => {
    const [year, number] = code.split('-')
    return t('messages.case', { year, number })
  }
  const requestNumber = (code: string) => {
    const [year, number] = code.split('-')
    return t('messages.request', { year, number })
  }
  return ({ sourceName, list, names, subject: { period, asOf, dueOn, alsoMissing, evidence, case: code, request } }) => names.duty !== null ? [
    text(names.duty), ...(names.regions.length === 0 ? [] : [some(names.regions)]), ...(dueOn === undefined ? [] : [t('messages.due', { day: format.day(dueOn) })]),
  ] : names.drugs.length > 0 ? [
    some(names.drugs), ...(names.regions.length === 0 ? [] : [some(names.regions)]), ...(evidence === undefined ? [] : [t(`words.evidence.${evidence}.short`)]), ...(asOf === undefined ? [] : [t('messages.fromDay', { day: format.day(asOf) })]),
  ] : [
    names.bulletin !== null ? text(names.bulletin) : names.edition !== null ? text(names.edition) : sourceName === null ? list : text(sourceName),
    ...(code === undefined ? [] : [caseNumber(code)]),
    ...(request === undefined ? [] : [requestNumber(request)]),
    ...(period !== undefined ? [t('messages.period', { period })] : asOf !== undefined ? [t('messages.asOf', { day: format.day(asOf) })] : []),
    ...(dueOn === undefined ? [] : [t('messages.due', { day: format.day(dueOn) })]),
    ...(alsoMissing === undefined || alsoMissing.length === 0 ? [] : [t('messages.alsoMissing', { periods: format.join(alsoMissing) })]),
  ]
}
