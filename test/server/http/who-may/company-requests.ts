import { findCompanyRequest } from '@lastmile/db/query/company-requests'
import { insertRequestFile } from '@lastmile/db/query/keep-company-request'
import { auditBy } from '@lastmile/server/audit/event-of'
import { openRequest } from '@lastmile/server/company-requests/open-request'
import type { Services } from '@lastmile/server/lib/services'
import { theCommand } from '@lastmile/shared/account'
import { caseNumbered } from '@lastmile/shared/case'
import { NewCompanyRequest } from '@lastmile/shared/company-request'
import { everything } from '@lastmile/shared/purview'
import { listCode } from '../../../support/edition.js'

/** The requests of the table, and the file beside one, by name. Made by the verb itself. */
export async function givenRequests(services: Services): Promise<Record<string, string>> {
  const list = (await services.lists.find(listCode))!
  const doing = { by: auditBy(theCommand, null), at: services.clock.now() }
  const file = await services.files.receive(new TextEncoder().encode('%PDF-1.7 a proof'))
  await services.files.keep(file)
  const attachment = await insertRequestFile(services.db, { listId: list.id, name: 'proof.pdf', type: 'application/pdf', bytes: file.bytes, sha256: file.sha256, by: 'command', at: doing.at })
  const open = async (company: string, asked: Record<string, unknown>) => {
    const { request } = await openRequest(services, doing, list, company, NewCompanyRequest.parse({ kind: 'platform_listing', text: 'No word.', ...asked }), null)
    if (!(await findCompanyRequest(services.db, list, everything, caseNumbered(request)!))) throw new Error(`${request} was not kept`)
    return request
  }
  const ofAcme = await open('acme', { office: '100000', drug: 'alpha', attachments: [attachment] })
  const ofBestco = await open('bestco', { office: 'national', drug: 'gamma' })
  return { 'company_request of acme': ofAcme, 'company_request of bestco': ofBestco, 'attachment of a request': attachment }
}
