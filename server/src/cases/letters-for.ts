import type { Database } from '@lastmile/db/database'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { drugsOf } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { regionsOf } from '@lastmile/db/query/regions'
import type { Day } from '@lastmile/shared/day'
import { lettersOf, type Letters, type NamedGap } from '@lastmile/shared/notice'
import type { Supervision } from '@lastmile/shared/supervision'
import type { Text } from '@lastmile/shared/text'

/** What a letter says: of the regulator or of a unit's office, numbered or not yet. */
export async function lettersFor(db: Database, list: ListRow, rules: Supervision, found: CaseFacts, { to, addressee, note }: Pick<NoticeFacts, 'to' | 'addressee' | 'note'>, facts: { number: { year: number; number: number } | null; day: Day; dueOn: Day; gaps: readonly NamedGap[] }): Promise<Letters> {
  const drugs = new Map((await drugsOf(db, list.id)).map(({ data }) => [data.code, data.name]))
  const units = new Map((await regionsOf(db, list)).units.map(({ code, name }) => [code, name]))
  const named = (names: ReadonlyMap<string, Text>) => (code: string) => names.get(code) ?? { zh: code, en: code }
  return lettersOf(rules, { ...facts, list, to: to.office, addressee, unit: found.unit === null ? null : named(units)(found.unit), evidence: evidenceOf(found), drugName: named(drugs), unitName: named(units), note })
}
