import type { ReportingCell } from '@lastmile/shared/reporting'
import type { Language } from '@lastmile/shared/text'

type Period = Pick<ReportingCell, 'period' | 'first' | 'last'>

const date = (day: string) => new Date(`${day}T00:00:00Z`)

/** What a period is called: `2026年2月`, `Feb 2026`; a week and a day by their days. */
export function periodName({ period, first, last }: Period, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  if (isMonth(period)) return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(date(first))
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return first === last ? day.format(date(first)) : `${period.slice(5)} (${day.formatRange(date(first), date(last))})`
}

/** The same as the head of a narrow column: `2月`, `Feb`; `W07`; `14`. `year` stands above the first column, and where another year begins. */
export function periodHead({ period, first }: Period, before: Period | undefined, language: Language): { year: string | null; name: string } {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const year = before?.first.slice(0, 4) === first.slice(0, 4) ? null : first.slice(0, 4)
  if (isMonth(period)) return { year, name: new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(date(first)) }
  if (period.includes('W')) return { year, name: period.slice(5) }
  return { year, name: new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(date(first)) }
}

function isMonth(period: string): boolean {
  return period.length === 7
}
