import { findReport, type ReportRow } from '@lastmile/db/query/reports'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Context } from 'hono'
import { can, type Action } from '@lastmile/shared/permission'
import { purviewHere } from '../http/actor.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { opensTo } from './opens-file.js'

/** The report of a path, for who may do this with it. @throws Refusal 404 */
export async function reportOf(services: Services, c: Context, action: Action, path: { list: string; id: string }): Promise<{ list: ListRow; report: ReportRow }> {
  const list = await listOf(services, path.list)
  const report = await findReport(services.db, { listId: list.id, purview: purviewHere(c, action, list.code), code: path.id })
  if (!report) throw notFound('report', path.id)
  return { list, report }
}

/** Whether whoever may see a report may open its file: not while he only looks as another. */
export function opensFile(c: Context, report: ReportRow): boolean {
  const actor = c.get('actor')
  return can(actor, 'report.file') !== null && opensTo(actor, report)
}
