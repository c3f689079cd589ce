import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { findCase, type CaseFacts } from '@lastmile/db/query/cases'
import { noticesOf, type NoticeFacts } from '@lastmile/db/query/notices'
import type { ListRow } from '@lastmile/db/query/lists'
import { caseNumbered } from '@lastmile/shared/case'
import { can } from '@lastmile/shared/permission'
import { purviewHere } from '../http/actor.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** A case as whoever asks may see it, with the letters of it that he may. */
export interface CaseHere {
  list: ListRow
  found: CaseFacts
  notices: NoticeFacts[]
}

/** The case of a path. @throws Refusal 404, also where whoever asks may know of none */
export async function caseOf(services: Services, c: Context, path: { list: string; code: string }): Promise<CaseHere> {
  return caseIn(services.db, c, await listOf(services, path.list), path.code)
}

/** The same of a list that is at hand. */
export async function caseIn(db: Database, c: Context, list: ListRow, code: string): Promise<CaseHere> {
  const numbered = caseNumbered(code)
  const purview = purviewHere(c, 'case.read', list.code)
  const found = numbered && await findCase(db, list, purview, numbered)
  if (!found) throw notFound('case', code)
  return { list, found, notices: await noticesOf(db, list, purview, found.id) }
}

/** The same, for whoever's office keeps the case. @throws Refusal 404: for who may not, it is as what is not there */
export async function keptCaseOf(services: Services, c: Context, path: { list: string; code: string }): Promise<CaseHere> {
  const here = await caseOf(services, c, path)
  if (!mayKeep(c, here.list, here.found)) throw notFound('case', path.code)
  return here
}

/** The letter of a path. @throws Refusal 404 */
export function noticeIn({ notices }: CaseHere, code: string): NoticeFacts {
  const notice = notices.find((one) => one.code === code)
  if (!notice) throw notFound('notice', code)
  return notice
}

/** The letter of a path for whoever may acknowledge or answer it: he for whom it is, or the office that keeps the case. @throws Refusal 404 */
export function answeredNoticeIn(c: Context, here: CaseHere, code: string): NoticeFacts {
  const notice = noticeIn(here, code)
  if (!notice.isAddressee && !mayKeep(c, here.list, here.found)) throw notFound('notice', code)
  return notice
}

/** Whether a case is whoever asks' to keep: its office's, or the national regulator's. */
export function mayKeep(c: Context, list: ListRow, found: CaseFacts): boolean {
  const purview = purviewHere(c, 'case.keep', list.code)
  return purview.of === 'all' || (purview.of === 'unit' && purview.unit === found.unit)
}

/** Whether whoever asks may answer letters that are for him. */
export function mayAnswer(c: Context): boolean {
  return can(c.get('actor'), 'notice.answer') !== null
}
