import { createHash } from 'node:crypto'
import { notify } from '@lastmile/db/load/notify'
import { findArea } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import { institutionByCode } from '@lastmile/db/query/institutions'
import { companyRequestOfKey, insertCompanyRequest, insertRequestEvent, lockCompanyRequests } from '@lastmile/db/query/keep-company-request'
import type { ListRow } from '@lastmile/db/query/lists'
import { statementsOf } from '@lastmile/db/query/statements'
import { followingOf } from '@lastmile/db/query/supervision'
import { caseCode } from '@lastmile/shared/case'
import { nationalOffice, type NewCompanyRequest } from '@lastmile/shared/company-request'
import type { CompanyRequestMoved, DisputedStatement } from '@lastmile/shared/company-request-answer'
import { everything } from '@lastmile/shared/purview'
import type { RequestRules } from '@lastmile/shared/supervision'
import { addWorkingDays } from '@lastmile/shared/working-day'
import { changeCases } from '../cases/change-case.js'
import { actorOf, type Doing } from '../cases/doing.js'
import { whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { takeFiles } from './move-request.js'
import { officeOfRequest, requestMessage } from './request-messages.js'

/**
 * A company asks an office about one of its drugs. The answer is due so many working days from today, by the edition's rule. Asked
 * with a key that was used before, it is the same request again.
 * @throws Refusal 400, 404 or 409 for what is not the company's to ask, or is not there; 409 for a key that asked something else
 */
export async function openRequest(services: Services, doing: Doing, list: ListRow, company: string, wanted: NewCompanyRequest, idempotencyKey: string | null): Promise<CompanyRequestMoved> {
  const { calendar } = await followingOf(services.db, list)
  const { answerWithin } = await rulesOf(services, list)
  const office = await officeNamed(services, list, wanted.office)
  const { drugId, unit, disputed } = await lookedUp(services, list, company, wanted, office)
  const dueOn = addWorkingDays(calendar, list.today, answerWithin)
  const asked = createHash('sha256').update(JSON.stringify(wanted)).digest('hex')
  const { kind, drug, institution, text, attachments } = wanted
  return changeCases(services, list, doing, async (tx) => {
    await lockCompanyRequests(tx)
    const before = idempotencyKey === null ? null : await companyRequestOfKey(tx, list, company, idempotencyKey)
    if (before !== null) {
      const request = caseCode(before.year, before.number)
      if (before.asked !== asked) throw new Refusal(409, 'company_request.key_reused', `Idempotency-Key: request ${request} was opened with this key, and asked something else. Take another key.`, { field: 'Idempotency-Key' })
      return { deeds: [], result: { request, state: before.state, version: before.version } }
    }
    const { id, year, number } = await insertCompanyRequest(tx, list, { company, drugId, kind, institution, unit, office, text, disputed, openedOn: list.today, dueOn, idempotencyKey, asked })
    const request = caseCode(year, number)
    const event = await insertRequestEvent(tx, { requestId: id, kind: 'open', on: list.today, at: doing.at, by: actorOf(doing), state: 'open', detail: { dueOn } })
    await takeFiles(tx, list, event, doing, attachments)
    await notify(tx, [requestMessage(list, { code: request, drug }, { by: doing.by.actor, at: doing.at }, 'company_request_opened', officeOfRequest(office), { asOf: list.today, dueOn })])
    return { deeds: [{ action: 'company_request.open', object: request, after: { kind, office: wanted.office, drug, institution, evidence: wanted.evidence, dueOn, attachments } }], result: { request, state: 'open', version: 1 } }
  })
}

/** By which rules requests of a list are answered. @throws Refusal 409 where its edition does not say */
export async function rulesOf({ db }: Pick<Services, 'db'>, list: ListRow): Promise<RequestRules> {
  const { rules } = await followingOf(db, list)
  if (!rules?.requests) throw new Refusal(409, 'company_request.no_rules', `The edition ${list.code} does not say how requests of companies are answered: give its supervision.json "requests", and load it again.`)
  return rules.requests
}

/** The unit of an office that is named; null for the national regulator's. @throws Refusal 404 where there is none */
export async function officeNamed({ db }: Pick<Services, 'db'>, list: ListRow, office: string): Promise<string | null> {
  if (office === nationalOffice) return null
  const area = await findArea(db, list.regionSetId, office)
  if (area?.level !== 'unit') throw notFound('unit', office)
  return office
}

/** What a request names: a drug of the company's own, an institution, the unit that it is about, and what is recorded of the pair that it disputes. */
async function lookedUp({ db }: Services, list: ListRow, company: string, { kind, drug: code, institution, evidence }: NewCompanyRequest, office: string | null): Promise<{ drugId: number; unit: string | null; disputed: DisputedStatement | null }> {
  const drug = await findDrug(db, list.id, code)
  if (drug?.company.code !== company) throw notFound('drug', code)
  if (institution === null && (kind === 'committee_refused' || kind === 'statement_disputed')) throw new Refusal(400, 'company_request.institution', 'institution: name the institution that it is about.', { field: 'institution' })
  if ((kind === 'statement_disputed') !== (evidence !== null)) throw new Refusal(400, 'company_request.evidence', kind === 'statement_disputed' ? 'evidence: say which kind of evidence is disputed.' : 'evidence: is said of a record that is disputed, and of nothing else.', { field: 'evidence' })
  if (institution === null) return { drugId: drug.id, unit: office, disputed: null }
  const there = await institutionByCode(db, list, institution, list.today)
  if (!there) throw notFound('institution', institution)
  if (office !== null && there.institution.unit !== office) throw new Refusal(400, 'company_request.elsewhere', `institution: ${institution} is not of ${office}. Ask the office of its own unit, or the national regulator.`, { field: 'institution' })
  if (evidence === null) return { drugId: drug.id, unit: there.institution.unit, disputed: null }
  const filter = { drug: drug.id, area: null, institution, kind: null, states: null, report: null, line: null }
  const { rows: [row] } = await statementsOf(db, list, whenOf(list, evidence, {}), filter, { offset: 0, limit: 1, sort: null }, { details: everything, reports: everything })
  if (!row) throw new Refusal(409, 'company_request.nothing_recorded', `Nothing is recorded of ${code} at ${institution} as ${evidence}: there is nothing to dispute.`, { field: 'evidence' })
  return { drugId: drug.id, unit: there.institution.unit, disputed: { evidence, state: row.state, day: row.day, source: row.source ?? null, report: row.report ?? null, line: row.line ?? null } }
}
