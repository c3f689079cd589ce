import { companiesOf } from '@lastmile/db/query/drugs'
import { findCase, casesOf } from '@lastmile/db/query/cases'
import { gapsToday } from '@lastmile/db/query/gaps-today'
import type { ListRow } from '@lastmile/db/query/lists'
import { noticesOf } from '@lastmile/db/query/notices'
import { thePublic, type Actor } from '@lastmile/shared/account'
import { caseNumbered, officesFor, type NewCases } from '@lastmile/shared/case'
import type { Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { GapOnDay } from '@lastmile/shared/gap'
import type { NoticeAnswering, NoticeSending } from '@lastmile/shared/notice'
import { everything, ownOf, type Purview } from '@lastmile/shared/purview'
import { auditBy } from '../audit/event-of.js'
import { answerNotice } from '../cases/answer-notice.js'
import { keepAttachment } from '../attachments/receive-attachment.js'
import { notingFileOf } from '../cases/attachments.js'
import { checkCases } from '../cases/check-cases.js'
import { followCases } from '../cases/follow-cases.js'
import { commentOnCase } from '../cases/keep-case.js'
import { draftNotice, sendNotice } from '../cases/keep-notice.js'
import { openCases } from '../cases/open-cases.js'
import type { Services } from '../lib/services.js'
import { instantAt } from './calendar.js'
import { accountsCompany, accountsProvince } from './schedule.js'

const person = (role: 'operator' | 'province_officer' | 'company', of: Partial<Actor> = {}): Actor => ({ ...thePublic, kind: 'account', id: `demonstration-${role}`, name: role, role, ...of })
/** Who does what of the demonstration's cases and requests, as its accounts are called. */
export const people = { operator: person('operator'), officer: person('province_officer', { unit: accountsProvince }), company: person('company', { company: accountsCompany }) }
type Person = keyof typeof people

/** The demonstration's days, and what its people do with the verbs of the product. */
interface Stage {
  services: Services
  list: ListRow
}

/**
 * A handful of cases as they were followed since February, each by the verbs that officers use, on the day on which it was
 * done: one that closed itself, one that nobody answers and of which an officer has a step to decide, one whose answer is awaited,
 * one of the province that was answered by fax, and one just opened. Done once.
 */
export async function followDemonstrationGaps(services: Services, list: ListRow): Promise<void> {
  if ((await casesOf(services.db, list, everything, {}, { offset: 0, limit: 1 }, null)).total > 0) return
  const stage = { services, list }
  const others = (await companiesOf(services.db, list.id)).map(({ code }) => code).filter((code) => code !== accountsCompany)
  const own = await metBy(stage, '2026-02-24', list.today, accountsCompany)
  if (own !== null) {
    const letter = await written(stage, 'operator', '2026-02-24', [own])
    await answered(stage, 'company', '2026-02-27', letter, { reasons: ['committee_not_convened'], plan: '已提交进院申请，药事会通过后即配送到位。Applied for admission; delivery follows the formulary meeting.', doneBy: '2026-03-31' })
  }
  // Days by which every company's report of the month is in: what is noted then was known then.
  for (const day of ['2026-03-10', '2026-04-10', '2026-05-12']) await pass(stage, day)
  const silent = await gapsOn(stage, '2026-05-20', others.slice(0, 6))
  if (silent[0]) await written(stage, 'operator', '2026-05-20', silent.filter(({ drug }) => drug === silent[0]!.drug).slice(0, 4), { channel: 'post', on: '2026-05-21' })
  await pass(stage, '2026-06-09')
  const [local] = (await gapsOn(stage, '2026-06-10', others.slice(6))).filter(({ region }) => region === accountsProvince)
  if (local) {
    const letter = await written(stage, 'officer', '2026-06-10', [local], { channel: 'fax', on: '2026-06-10' })
    await answered(stage, 'officer', '2026-06-18', letter, { channel: 'fax', on: '2026-06-17', reasons: ['cold_chain', 'few_patients'], plan: '已与省内两家医院商定冷链配送方案。Cold-chain delivery is agreed with two hospitals of the province.', doneBy: '2026-08-31' })
  }
  await pass(stage, '2026-06-18')
  const [first, ...more] = await gapsOn(stage, '2026-06-22', others.slice(6, 10))
  if (first) {
    const letter = await written(stage, 'operator', '2026-06-22', [first, ...more.filter(({ company }) => company === first.company).slice(0, 2)], { channel: 'email', on: '2026-06-22' }, { by: 'company', evidence: 'declared' })
    const office = await seen(stage, '2026-06-24', letter, people.operator)
    await commentOnCase(office.services, office.doing, office.list, office, 'office', { text: '请在答复中说明各地进院进度。Please say in your answer how far admission is in each place.', notice: letter.notice })
  }
  const [fresh] = (await gapsOn(stage, '2026-06-29', others.slice(10)))
  if (fresh) await written(stage, 'operator', '2026-06-29', [fresh], null)
  await pass(stage, list.today)
}

/** A stage on one of its days. */
function on({ services, list }: Stage, day: Day, who: Actor) {
  const at = instantAt(day, 10, 30)
  return { services, list: { ...list, today: day }, doing: { by: auditBy(who, null), at } }
}

/** Gaps on a day about which some companies could do something: of drugs that are nowhere first, then where most people live. */
async function gapsOn({ services: { db }, list }: Stage, day: Day, companies: readonly string[], evidence: Evidence = 'declared'): Promise<GapOnDay[]> {
  const { all } = await gapsToday(db, { ...list, today: day }, evidence)
  const own = all.filter(({ company, acts }) => companies.includes(company) && officesFor(acts).includes('company'))
  return own.sort((a, b) => Number(b.nowhere) - Number(a.nowhere) || (b.population ?? 0) - (a.population ?? 0))
}

/** A gap of a company on one day that is met by another; null where there is none. */
async function metBy(stage: Stage, day: Day, later: Day, company: string): Promise<GapOnDay | null> {
  const then = await gapsToday(stage.services.db, { ...stage.list, today: later }, 'declared')
  return (await gapsOn(stage, day, [company])).find(({ drug, region }) => then.stateOf(drug, region) === 'met') ?? null
}

/** A letter, by its case and code. */
interface Letter { code: string; notice: string }

/** Opens a case and writes to its company, and unless `sending` is null sends the letter. */
async function written(stage: Stage, who: 'operator' | 'officer', day: Day, gaps: readonly GapOnDay[], sending: Partial<NoticeSending> | null = {}, { by, evidence }: Pick<NewCases, 'by' | 'evidence'> = { by: 'drug', evidence: 'declared' }): Promise<Letter> {
  const { services, list, doing } = on(stage, day, people[who])
  const purview: Purview = who === 'operator' ? everything : ownOf(people[who])
  const { cases: [code] } = await openCases(services, doing, list, purview, { evidence, by, gaps: gaps.map(({ drug, region }) => ({ drug, region })) })
  const opened = await found(stage, code!, everything)
  const { notice } = await draftNotice(services, doing, list, { ...opened, version: opened.found.version }, { to: { office: 'company', code: gaps[0]!.company }, dueOn: null, note: null })
  const letter = { code: code!, notice: notice! }
  if (sending === null) return letter
  const sent = on(stage, sending.on ?? day, people[who])
  const drafted = await seen(stage, day, letter, people[who])
  await sendNotice(sent.services, sent.doing, sent.list, { ...drafted, version: drafted.found.version }, { channel: 'system', attachments: [], ...sending })
  return letter
}

async function answered(stage: Stage, who: Person, day: Day, letter: Letter, said: Omit<NoticeAnswering, 'attachments'>): Promise<void> {
  const at = await seen(stage, day, letter, people[who])
  const attachments = who === 'company' ? [] : [await scanned(at)]
  await answerNotice(at.services, at.doing, at.list, at, { ...said, attachments })
}

/** The scan of an answer that came by fax: a page that says that it is the demonstration's. Answers its code. */
async function scanned({ services, doing, list, ...letter }: Awaited<ReturnType<typeof seen>>): Promise<string> {
  const received = await services.files.receive(new TextEncoder().encode(demonstrationScan))
  try {
    return (await keepAttachment(services, doing, '传真件-演示.pdf', received, notingFileOf(services, list, letter))).code
  } finally {
    await services.files.discard(received)
  }
}

/** A page of A5 with one line of text. Readers find what stands where without a table of it. */
const demonstrationScan = [
  '%PDF-1.4', '1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj', '2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj',
  '3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj',
  '4 0 obj <</Length 64>> stream', 'BT /F1 14 Tf 40 520 Td (Demonstration: a fax that nobody sent.) Tj ET       ', 'endstream endobj', 'trailer <</Root 1 0 R>>', '%%EOF', '',
].join('\n')

async function found({ services: { db }, list }: Stage, code: string, purview: Purview) {
  const one = (await findCase(db, list, purview, caseNumbered(code)!))!
  return { found: one, notices: await noticesOf(db, list, purview, one.id) }
}

/** A letter as somebody finds it on a day. */
async function seen(stage: Stage, day: Day, { code, notice }: Letter, who: Actor) {
  const here = await found(stage, code, who.role === 'operator' ? everything : ownOf(who))
  return { ...on(stage, day, who), ...here, notice: here.notices.find((one) => one.code === notice)! }
}

/** A day comes: what was reported by then is held against the cases, and what is due is followed. */
async function pass(stage: Stage, day: Day): Promise<void> {
  const { list } = on(stage, day, people.operator)
  const at = instantAt(day, 18)
  await checkCases(stage.services, list, at)
  await followCases(stage.services, list, at)
}
