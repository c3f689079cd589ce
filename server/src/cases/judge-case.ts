import type { Database } from '@lastmile/db/database'
import { gapsOfCase } from '@lastmile/db/query/case-page'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { gapsToday, type GapsToday } from '@lastmile/db/query/gaps-today'
import type { ListRow } from '@lastmile/db/query/lists'
import { officesFor } from '@lastmile/shared/case'
import type { Day } from '@lastmile/shared/day'
import type { Addressee, NamedGap } from '@lastmile/shared/notice'
import { namedGap } from './open-cases.js'

/** What a case is about, and how that stands on a day. */
export interface JudgedCase {
  pairs: Awaited<ReturnType<typeof gapsOfCase>>
  today: GapsToday
}

/** Judges what a case is about, once for all that is asked of it: on the list's today, or on another day. */
export async function judgeCase(db: Database, list: ListRow, found: CaseFacts, day: Day = list.today): Promise<JudgedCase> {
  const pairs = await gapsOfCase(db, found.id)
  return { pairs, today: await gapsToday(db, { ...list, today: day }, evidenceOf(found), pairs) }
}

/** To whom a letter can be drafted: whoever can mend a gap that is still there. A unit's office writes to companies, and not to itself or another. */
export function draftsFor({ pairs, today }: JudgedCase, found: CaseFacts): Addressee[] {
  const all = pairs.flatMap(({ drug, unit, company }): Addressee[] => {
    const gap = today.find(drug, unit)
    return gap === undefined ? [] : officesFor(gap.acts).map((office) => ({ office, code: office === 'company' ? company : unit }))
  })
  const offered = all.filter(({ office }) => office === 'company' || found.unit === null)
  return [...new Map(offered.map((one) => [`${one.office} ${one.code}`, one])).values()]
}

/** The gaps that an addressee can mend: of his own drugs, or in his own unit; what is met is not asked for. */
export function gapsFor({ pairs, today }: JudgedCase, to: Addressee): NamedGap[] {
  return pairs.flatMap(({ drug, unit, company }) => {
    const gap = today.find(drug, unit)
    const isHis = to.office === 'company' ? company === to.code : unit === to.code
    return gap && isHis && officesFor(gap.acts).includes(to.office) ? [namedGap(gap)] : []
  })
}
