import type { Database } from '@lastmile/db/database'
import { findArea } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import { institutionsOf } from '@lastmile/db/query/institutions'
import { changeStandard } from '@lastmile/db/query/keep-standard'
import type { ListRow } from '@lastmile/db/query/lists'
import { standardNow } from '@lastmile/db/query/standard-versions'
import type { Day, Instant } from '@lastmile/shared/day'
import type { StandardRule } from '@lastmile/shared/standard'
import { demonstrationToday } from './calendar.js'

/** When the regulator's operator decided them, and from which day on they hold. */
const [at, from]: [Instant, Day] = ['2026-05-18T06:20:00.000Z', '2026-05-18']
const operator = { account: 'demonstration-operator', author: '监管经办 Regulator, operating', role: 'operator' as const }

/** A rule that begins on that day; the rest is as usual. */
const rule = (own: Partial<StandardRule> & Pick<StandardRule, 'reason'>): StandardRule => ({ from, units: null, kinds: ['hospital'], eligibleOnly: true, minInstitutions: 1, minCities: 1, reach: null, servedBy: [], ...own })

/** A cell therapy whose centres in one province serve two others, and a rare-disease drug that is judged by how far its patients have to go. */
const [therapy, rare] = ['CID2025010', 'CID2025001']
const [centres, served] = ['510000', ['540000', '630000']]

/** Decides two standards as an officer would, some months after the edition was loaded. What an interrupted start has decided already is left as it is. */
export async function decideDemonstrationStandards(db: Database, list: ListRow): Promise<void> {
  const centre = await aCentre(db, list)
  await decide(db, list, therapy, [rule({
    servedBy: served.map((unit) => ({ unit, institution: centre })),
    reason: { zh: '演示：每个报送单元至少一家合格中心；西藏、青海由四川一家中心服务（虚构机构）。', en: 'Demonstration: at least one qualified centre in each unit; Tibet and Qinghai are served by one in Sichuan (invented).' },
  })], '演示：两地患者赴川治疗，按服务中心衡量')
  await decide(db, list, rare, [rule({
    kinds: ['hospital', 'pharmacy'], eligibleOnly: false, minInstitutions: 1, minCities: 0, reach: { km: 150, share: 90 },
    reason: { zh: '演示：罕见病用药按可及衡量：至少一家机构，九成居民在150公里内；城市人口未载入处不作评定。', en: 'Demonstration: rare-disease drugs are judged by reach: one institution, and 90% of residents within 150 km; not judged where no population of cities is loaded.' },
  })], '演示：罕见病用药改按可及衡量')
}

/** Adds rules to those that a standard has: what held before stays for the days before. */
async function decide(db: Database, list: ListRow, code: string, rules: readonly StandardRule[], why: string): Promise<void> {
  const drug = (await findDrug(db, list.id, code))!
  const now = await standardNow(db, drug.id)
  if (now?.origin === 'officer') return
  await changeStandard(db, list, drug, { version: now?.version ?? 0, rules: [...now?.rules ?? [], ...rules] }, { at, ...operator, why })
}

/** The first eligible hospital there that says itself, or by its province, that it has the therapy; else the first that is declared to. */
async function aCentre(db: Database, list: ListRow): Promise<string> {
  const area = (await findArea(db, list.regionSetId, centres))!
  const drug = (await findDrug(db, list.id, therapy))!.id
  for (const evidence of ['declared', 'confirmed'] as const) {
    const filter = { search: null, areas: [area], box: null, placed: null, kind: 'hospital' as const, drug, states: ['in_stock' as const], eligible: true }
    const { rows } = await institutionsOf(db, list, { evidence, asOf: demonstrationToday, knownOn: null, since: null }, filter, { offset: 0, limit: 1, sort: null })
    if (rows[0]) return rows[0].code
  }
  throw new Error(`the demonstration has no centre for ${therapy} in ${centres}`)
}
