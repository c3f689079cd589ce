import type { Database } from '@lastmile/db/database'
import { gapsOfCase } from '@lastmile/db/query/case-page'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { drugsOf } from '@lastmile/db/query/drugs'
import { gapsToday } from '@lastmile/db/query/gaps-today'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { regionsOf } from '@lastmile/db/query/regions'
import { officesFor } from '@lastmile/shared/case'
import type { Day } from '@lastmile/shared/day'
import { lettersOf, type Addressee, type Letters, type NamedGap } from '@lastmile/shared/notice'
import type { Supervision } from '@lastmile/shared/supervision'
import type { Text } from '@lastmile/shared/text'
import { namedGap } from './open-cases.js'

/** The gaps of a case that an addressee can mend, as they are on a day: of his own drugs, or in his own unit; what is met by then is not asked for. */
export async function gapsFor(db: Database, list: ListRow, found: CaseFacts, to: Addressee, day: Day): Promise<NamedGap[]> {
  const evidence = evidenceOf(found)
  const judged = await gapsToday(db, { ...list, today: day }, evidence)
  return (await gapsOfCase(db, found.id)).flatMap(({ drug, unit, company }) => {
    const gap = judged.find(drug, unit)
    const isHis = to.office === 'company' ? company === to.code : unit === to.code
    return gap && isHis && officesFor(gap.acts).includes(to.office) ? [namedGap(gap)] : []
  })
}

/** What a letter says: of the regulator or of a unit's office, numbered or not yet. */
export async function lettersFor(db: Database, list: ListRow, rules: Supervision, found: CaseFacts, { to, addressee, note }: Pick<NoticeFacts, 'to' | 'addressee' | 'note'>, facts: { number: { year: number; number: number } | null; day: Day; dueOn: Day; gaps: readonly NamedGap[] }): Promise<Letters> {
  const drugs = new Map((await drugsOf(db, list.id)).map(({ data }) => [data.code, data.name]))
  const units = new Map((await regionsOf(db, list)).units.map(({ code, name }) => [code, name]))
  const named = (names: ReadonlyMap<string, Text>) => (code: string) => names.get(code) ?? { zh: code, en: code }
  return lettersOf(rules, { ...facts, list, to: to.office, addressee, unit: found.unit === null ? null : named(units)(found.unit), evidence: evidenceOf(found), drugName: named(drugs), unitName: named(units), note })
}
