import { findArea } from '@lastmile/db/query/area'
import { companyRequestsOf, findCompanyRequest } from '@lastmile/db/query/company-requests'
import { drugsOf, type DrugRow } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { statementsOf } from '@lastmile/db/query/statements'
import { caseNumbered } from '@lastmile/shared/case'
import { NewCompanyRequest, type CompanyRequestAnswering } from '@lastmile/shared/company-request'
import type { CompanyRequestMoved } from '@lastmile/shared/company-request-answer'
import type { Day } from '@lastmile/shared/day'
import type { Kind } from '@lastmile/shared/kind'
import { everything } from '@lastmile/shared/purview'
import type { State } from '@lastmile/shared/state'
import type { Doing } from '../cases/doing.js'
import { acknowledgeRequest, answerRequest } from '../company-requests/answer-request.js'
import { closeRequest, objectToAnswer } from '../company-requests/end-request.js'
import { followRequests } from '../company-requests/follow-requests.js'
import type { SeenRequest } from '../company-requests/move-request.js'
import { openRequest } from '../company-requests/open-request.js'
import { auditBy } from '../audit/event-of.js'
import type { Services } from '../lib/services.js'
import { instantAt } from './calendar.js'
import { people } from './cases.js'
import { accountsCompany, accountsProvince } from './schedule.js'

type Asked = Partial<NewCompanyRequest> & Pick<NewCompanyRequest, 'kind' | 'drug' | 'text'>

/**
 * Requests as companies made them and offices answered them, by the product's own verbs: one that the company objected to and the
 * regulator then resolved, one that is overdue, one whose answer names a day, and one just sent. Done once.
 */
export async function askDemonstrationOffices(services: Services, list: ListRow): Promise<void> {
  if ((await companyRequestsOf(services.db, list, everything, {}, { offset: 0, limit: 1 }, null)).total > 0) return
  const at = stage(services, list)
  const drugs = await drugsOf(services.db, list.id)
  const own = drugs.find(({ company }) => company.code === accountsCompany)!
  const drug = own.data.code
  const [hospital, pharmacy] = [await recordedAt(services, list, own, 'hospital', ['not_carried', 'not_known'], '2026-05-28'), await recordedAt(services, list, own, 'pharmacy', ['not_carried'], '2026-06-09')]
  const other = drugs.find(({ company, data }) => company.code !== accountsCompany && data.rareDisease) ?? drugs.find(({ company }) => company.code !== accountsCompany)!

  const first = await at.asks('2026-03-10', accountsCompany, { kind: 'platform_listing', drug, text: '1月起三次提交挂网申请，平台未受理，也未说明原因。Applied three times since January; the platform took none, and gave no reason.' })
  await at.acknowledges('2026-03-12', first)
  await at.answers('2026-03-20', first, 'officer', { outcome: 'refused', text: '目录药品挂网批次尚未开始。The round for listed drugs has not begun.' })
  await at.does('2026-03-24', first, 'company', (doing, on, seen) => objectToAnswer(services, doing, on, seen, { reason: '国家已要求直接挂网，无须等待批次。Listed drugs are to be taken directly, without a round.', attachments: [] }))
  await at.answers('2026-04-03', first, 'operator', { outcome: 'resolved', text: '已协调省级平台于4月2日直接挂网。The platform has listed it on 2 April.' })
  await at.does('2026-04-07', first, 'company', (doing, on, seen) => closeRequest(services, doing, on, seen))

  if (hospital !== null) {
    const second = await at.asks('2026-05-28', accountsCompany, { kind: 'committee_refused', drug, institution: hospital, text: '5月药事会以用药目录品种数超限为由未予通过。The committee of May refused it, since its formulary was full.' })
    await at.acknowledges('2026-06-01', second)
  }
  if (pharmacy !== null) {
    const third = await at.asks('2026-06-09', accountsCompany, { kind: 'statement_disputed', drug, institution: pharmacy, evidence: 'confirmed', text: '该药店5月已到货并供应患者，记录仍为未配备。The pharmacy has had it since May and supplied patients; the record says that it is not carried.' })
    await at.acknowledges('2026-06-10', third)
    await at.answers('2026-06-17', third, 'officer', { outcome: 'will_be_resolved', text: '已请该药店核对，下一报送期更正。The pharmacy was asked to look, and corrects it with its next report.', resolveBy: '2026-07-10' })
  }
  await at.asks('2026-06-26', other.company.code, { kind: 'platform_listing', drug: other.data.code, text: '已提交全部挂网材料，省级平台显示待审，超过二十个工作日。All papers are handed in; the platform has shown "in review" for over twenty working days.' })
  for (const day of ['2026-06-15', '2026-06-22', list.today]) await followRequests(services, { ...list, today: day }, instantAt(day, 18))
}

/** What the demonstration's people do with requests, each on its day. */
function stage(services: Services, list: ListRow) {
  const on = (day: Day, who: keyof typeof people): { doing: Doing; here: ListRow } => ({ doing: { by: auditBy(people[who], null), at: instantAt(day, 10, 30) }, here: { ...list, today: day } })
  const does = async (day: Day, code: string, who: keyof typeof people, step: (doing: Doing, here: ListRow, seen: SeenRequest) => Promise<CompanyRequestMoved>) => {
    const { doing, here } = on(day, who)
    const found = (await findCompanyRequest(services.db, here, everything, caseNumbered(code)!))!
    await step(doing, here, { found, version: found.version })
  }
  return {
    does,
    asks: async (day: Day, company: string, asked: Asked) => {
      const { doing, here } = on(day, 'company')
      return (await openRequest(services, doing, here, company, NewCompanyRequest.parse({ office: accountsProvince, ...asked }), null)).request
    },
    acknowledges: (day: Day, code: string) => does(day, code, 'officer', (doing, here, seen) => acknowledgeRequest(services, doing, here, seen)),
    answers: (day: Day, code: string, who: 'officer' | 'operator', said: Partial<CompanyRequestAnswering> & Pick<CompanyRequestAnswering, 'outcome' | 'text'>) =>
      does(day, code, who, (doing, here, seen) => answerRequest(services, doing, here, seen, { resolveBy: null, attachments: [], ...said })),
  }
}

/** An institution of the accounts' province that is confirmed to be in one of some states on a day; null where there is none. */
async function recordedAt({ db }: Services, list: ListRow, drug: DrugRow, kind: Kind, states: State[], day: Day): Promise<string | null> {
  const area = await findArea(db, list.regionSetId, accountsProvince)
  const when = { evidence: 'confirmed' as const, asOf: day, knownOn: null, since: null }
  const { rows: [row] } = await statementsOf(db, list, when, { drug: drug.id, area, institution: null, kind, states, report: null, line: null }, { offset: 0, limit: 1, sort: null }, { details: everything, reports: everything })
  return row?.institution ?? null
}
