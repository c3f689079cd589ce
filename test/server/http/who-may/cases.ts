import { insertAttachment, takeAttachments } from '@lastmile/db/query/keep-notice'
import { findCase } from '@lastmile/db/query/cases'
import { noticesOf } from '@lastmile/db/query/notices'
import { auditBy } from '@lastmile/server/audit/event-of'
import { draftNotice, sendNotice } from '@lastmile/server/cases/keep-notice'
import { openCases } from '@lastmile/server/cases/open-cases'
import type { Services } from '@lastmile/server/lib/services'
import { theCommand } from '@lastmile/shared/account'
import { caseNumbered, type CaseSubject } from '@lastmile/shared/case'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Addressee } from '@lastmile/shared/notice'
import { everything, type Purview } from '@lastmile/shared/purview'
import { listCode } from '../../../support/edition.js'

/** The cases of the table, and what is in them, by name. Made by the verbs themselves. */
export async function givenCases(services: Services): Promise<Record<string, string>> {
  const list = (await services.lists.find(listCode))!
  const doing = { by: auditBy(theCommand, null), at: services.clock.now() }
  const seen = async (code: string) => {
    const found = (await findCase(services.db, list, everything, caseNumbered(code)!))!
    return { found, notices: await noticesOf(services.db, list, everything, found.id), version: found.version }
  }
  const open = async (purview: Purview, by: CaseSubject, evidence: Evidence, ...regions: string[]) => (await openCases(services, doing, list, purview, { evidence, by, gaps: regions.map((region) => ({ drug: 'alpha', region })) })).cases[0]!
  const draft = async (code: string, to: Addressee) => (await draftNotice(services, doing, list, await seen(code), { to, dueOn: null, note: null })).notice!
  const send = async (code: string, to: Addressee) => {
    const notice = await draft(code, to)
    const here = await seen(code)
    await sendNotice(services, doing, list, { ...here, notice: here.notices.find((one) => one.code === notice)! }, { channel: 'post', attachments: [] })
    return notice
  }
  // Of the regulator's gaps the company can mend that of the South, and the West its own.
  const ofTheNorth = { of: 'unit', unit: '100000' } as const
  const [regulator, north, drafted] = [await open(everything, 'company', 'confirmed', '200000', '650000'), await open(ofTheNorth, 'drug', 'confirmed', '100000'), await open(ofTheNorth, 'drug', 'declared', '100000')]
  const ofAcme = await send(regulator, { office: 'company', code: 'acme' })
  const ofWest = await send(regulator, { office: 'province', code: '650000' })
  const ofNorth = await send(north, { office: 'company', code: 'acme' })
  const inDraft = await draft(drafted, { office: 'company', code: 'acme' })
  const { found, notices } = await seen(regulator)
  const noticeId = notices.find((one) => one.code === ofAcme)!.id
  const file = await services.files.receive(new TextEncoder().encode('%PDF-1.7 a letter'))
  await services.files.keep(file)
  const attachment = await insertAttachment(services.db, { caseId: found.id, noticeId, name: 'scan.pdf', type: 'application/pdf', bytes: file.bytes, sha256: file.sha256, by: 'command', at: doing.at })
  await takeAttachments(services.db, noticeId, 'command', 'send', [attachment])
  return { 'case of the regulator': regulator, 'case of north': north, 'notice of acme': ofAcme, 'notice of west': ofWest, 'notice of north to acme': ofNorth, 'notice in draft': inDraft, 'attachment of acme': attachment }
}
