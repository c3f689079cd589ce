import type { Context } from 'hono'
import { companiesOf } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { purviewHere } from '../http/actor.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Whose progress is asked for: a company's is its own, and that there are others is none of its business; whoever may see all says whose. @throws Refusal 400, 404 */
export async function companyOf({ db }: Services, c: Context, list: ListRow, action: 'progress.read' | 'progress.visit', asked: string | undefined): Promise<string> {
  const purview = purviewHere(c, action, list.code)
  if (purview.of === 'company') {
    if (asked !== undefined && asked !== purview.company) throw notFound('company', asked)
  } else if (purview.of !== 'all') throw notFound('list', list.code)
  const code = asked ?? (purview.of === 'company' ? purview.company : undefined)
  if (code === undefined) throw new Refusal(400, 'question.company', 'Say of which company: "company" is missing.', { field: 'company' })
  if (!(await companiesOf(db, list.id)).some((one) => one.code === code)) throw notFound('company', code)
  return code
}
