import type { WordKind } from '@lastmile/shared/rung'
import { companyAloneWords } from '@lastmile/shared/rung-words'
import { useFormat } from '../lib/format'
import { useText } from '../lib/i18n'

/** How a number of a total reads: what a firm word stands behind as it is, what rests on a company's word alone as `+5 company only`. */
export function useTotalOf(): (value: number, word: WordKind) => string {
  const format = useFormat()
  const text = useText()
  return (value, word) => (word === 'firm' ? format.number(value) : `+${format.number(value)} ${text(companyAloneWords.short)}`)
}

/** Below totals: what "company only" means. */
export function CompanyAloneNote() {
  const text = useText()
  return <p className="quiet">{text(companyAloneWords.means)}</p>
}
