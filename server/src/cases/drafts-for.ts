import type { Database } from '@lastmile/db/database'
import { gapsOfCase } from '@lastmile/db/query/case-page'
import { evidenceOf, type CaseFacts } from '@lastmile/db/query/cases'
import { gapsToday } from '@lastmile/db/query/gaps-today'
import type { ListRow } from '@lastmile/db/query/lists'
import { officesFor } from '@lastmile/shared/case'
import type { Addressee } from '@lastmile/shared/notice'

/** To whom a letter of a case can be drafted today: whoever can mend a gap of it that is still there. A unit's office writes to companies, and not to itself or another. */
export async function draftsFor(db: Database, list: ListRow, found: CaseFacts): Promise<Addressee[]> {
  const evidence = evidenceOf(found)
  const judged = await gapsToday(db, list, evidence)
  const all = (await gapsOfCase(db, found.id)).flatMap(({ drug, unit, company }): Addressee[] => {
    const gap = judged.find(drug, unit)
    return gap === undefined ? [] : officesFor(gap.acts).map((office) => ({ office, code: office === 'company' ? company : unit }))
  })
  const offered = all.filter(({ office }) => office === 'company' || found.unit === null)
  return [...new Map(offered.map((one) => [`${one.office} ${one.code}`, one])).values()]
}
