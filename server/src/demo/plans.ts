import type { Database } from '@lastmile/db/database'
import { drugsOf } from '@lastmile/db/query/drugs'
import { beginPlan, changePlan, endPlan, planContentOf, type PlanContent } from '@lastmile/db/query/keep-plan'
import type { ListRow } from '@lastmile/db/query/lists'
import { plansOf } from '@lastmile/db/query/plans'
import type { Instant } from '@lastmile/shared/day'
import type { PlanChange } from '@lastmile/shared/plan'
import { everything } from '@lastmile/shared/purview'
import { randomOf } from './random.js'
import { accountsCity, accountsProvince } from './schedule.js'

/*
 * Plans that nobody can take for one that is sold: each says in its name that it is invented, and so does what it pays.
 * Drawn from streams of their own, so that whatever else is drawn stays as it was.
 */

/** The demonstration's insurer, whose account keeps its plans, and another, whose plans it can only read. */
const [own, other] = ['demonstration-insurer', 'another-invented-insurer']

interface DemonstrationPlan {
  code: string
  insurer: string
  /** Where it is sold, as its name says it. */
  where: { zh: string; en: string }
  unit: string | null
  city: string | null
  validFrom: string
  validTo: string | null
  /** How many drugs it names. */
  drugs: number
  begun: Instant
  /** When its guide named three drugs more. */
  grew?: Instant
  ended?: Instant
}

const plans: readonly DemonstrationPlan[] = [
  { code: 'invented-province', insurer: own, where: { zh: '山东', en: 'Shandong' }, unit: accountsProvince, city: null, validFrom: '2026-01-01', validTo: '2026-12-31', drugs: 6, begun: '2026-01-14T02:30:00.000Z', grew: '2026-04-09T06:10:00.000Z' },
  { code: 'invented-city', insurer: own, where: { zh: '济南', en: 'Jinan' }, unit: accountsProvince, city: accountsCity, validFrom: '2026-02-01', validTo: '2027-01-31', drugs: 4, begun: '2026-01-28T01:45:00.000Z' },
  { code: 'invented-trial', insurer: own, where: { zh: '青岛试点', en: 'Qingdao, a trial' }, unit: accountsProvince, city: '370200', validFrom: '2026-01-01', validTo: null, drugs: 2, begun: '2026-01-20T03:00:00.000Z', ended: '2026-05-20T08:00:00.000Z' },
  { code: 'invented-elsewhere', insurer: other, where: { zh: '浙江', en: 'Zhejiang' }, unit: '330000', city: null, validFrom: '2026-01-01', validTo: '2026-12-31', drugs: 7, begun: '2026-01-16T07:20:00.000Z' },
  { code: 'invented-everywhere', insurer: other, where: { zh: '全国', en: 'the whole country' }, unit: null, city: null, validFrom: '2026-03-01', validTo: null, drugs: 5, begun: '2026-02-25T02:00:00.000Z' },
  { code: 'invented-half-year', insurer: other, where: { zh: '广东上半年', en: 'Guangdong, half a year' }, unit: '440000', city: null, validFrom: '2026-01-01', validTo: '2026-05-31', drugs: 3, begun: '2026-01-22T05:15:00.000Z' },
]

/** What plans pay, as their guides might say it; some do not. */
const payments: readonly (NonNullable<PlanChange['drugs'][number]['pays']> | null)[] = [
  { zh: '虚构：免赔额以上赔付六成，每年一次', en: 'invented: 60% above the deductible, once a year' },
  { zh: '虚构：赔付八成，需事前申请', en: 'invented: 80%, to be applied for beforehand' },
  { zh: '虚构：既往症赔付三成', en: 'invented: 30% where the illness was there before' },
  null,
]

/** Enters the demonstration's plans as their insurers would, with what they changed and ended. What an interrupted start has entered already is left as it is. */
export async function enterDemonstrationPlans(db: Database, list: ListRow): Promise<void> {
  const any = { drug: null, area: null, insurer: null, day: null }
  if ((await plansOf(db, list, { asOf: list.today, knownOn: null }, any, { offset: 0, limit: 1 })).page.total > 0) return
  const drugs = (await drugsOf(db, list.id)).map(({ data }) => data.code)
  await db.transaction(async (tx) => {
    for (const plan of plans) await enter(tx as Database, list, plan, drugs)
  })
}

async function enter(db: Database, list: ListRow, plan: DemonstrationPlan, drugs: readonly string[]): Promise<void> {
  const { code, insurer, begun, grew, ended } = plan
  const drawn = drawnDrugs(code, drugs)
  const named = { purview: everything, code }
  await beginPlan(db, list, { ...(await contentOf(db, list, plan, drawn.slice(0, plan.drugs))), code, insurer }, { at: begun, by: insurer })
  if (grew) await changePlan(db, list, { ...named, version: 1 }, await contentOf(db, list, plan, drawn.slice(0, plan.drugs + 3)), { at: grew, by: insurer })
  if (ended) await endPlan(db, list, { ...named, version: grew ? 2 : 1 }, { at: ended, by: insurer })
}

/** The list's drugs in an order of the plan's own, each with what it pays. */
function drawnDrugs(code: string, drugs: readonly string[]): PlanChange['drugs'] {
  const random = randomOf(`plan ${code}`)
  return random.shuffled(drugs).map((drug) => ({ drug, pays: random.pick(payments) }))
}

async function contentOf(db: Database, list: ListRow, { where, unit, city, validFrom, validTo }: DemonstrationPlan, drugs: PlanChange['drugs']): Promise<PlanContent> {
  const content = await planContentOf(db, list, {
    name: { zh: `虚构惠民保·${where.zh}（演示）`, en: `Invented plan, ${where.en} (demonstration)` }, unit, city, validFrom, validTo,
    source: { zh: '演示数据，无对应文件', en: 'demonstration data: there is no such guide' }, drugs,
  })
  if ('field' in content) throw new Error(`A plan of the demonstration names what is not in its list: ${content.field} ${content.code}`)
  return content
}
