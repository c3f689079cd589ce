import { findArea } from '@lastmile/db/query/area'
import { findBulletin } from '@lastmile/db/query/bulletins'
import { bulletinsOfDay } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import type { AuditBy } from '@lastmile/shared/audit'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { everything, nothing } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import { keepBulletin } from '../bulletins/keep-bulletin.js'
import { embargoBulletin } from '../bulletins/move-bulletin.js'
import { publishBulletin } from '../bulletins/publish-bulletins.js'
import type { Services } from '../lib/services.js'
import { accountsProvince } from './schedule.js'

/** A bulletin as the demonstration's offices kept it, and published it or did not yet. */
interface DemonstrationBulletin {
  evidence: Evidence
  asOf: Day
  unit: string | null
  keptAt: Instant
  publishedAt: Instant | null
}

/** The three of which the figures were published, and one that a province has kept and not yet published. */
const bulletins: readonly DemonstrationBulletin[] = [
  { evidence: 'declared', asOf: '2026-01-11', unit: null, keptAt: '2026-01-15T02:10:00.000Z', publishedAt: '2026-01-20T02:00:00.000Z' },
  { evidence: 'supplied', asOf: '2026-01-20', unit: null, keptAt: '2026-01-22T06:40:00.000Z', publishedAt: '2026-01-27T02:00:00.000Z' },
  { evidence: 'declared', asOf: '2026-05-31', unit: null, keptAt: '2026-06-08T03:20:00.000Z', publishedAt: '2026-06-11T02:00:00.000Z' },
  { evidence: 'confirmed', asOf: '2026-05-31', unit: accountsProvince, keptAt: '2026-06-23T01:30:00.000Z', publishedAt: null },
]

const operator: AuditBy = { actor: 'demonstration-operator', actorName: '监管经办 Regulator, operating', role: 'operator', purview: 'all', previewedBy: null, requestId: null }
const officer: AuditBy = { actor: 'demonstration-province_officer', actorName: '省级经办 Provincial officer', role: 'province_officer', purview: `unit:${accountsProvince}`, previewedBy: null, requestId: null }
const issuer: Text = { zh: '目录落实监测办公室（演示）', en: 'Office for Monitoring the List (demonstration)' }

/** Keeps and publishes the demonstration's bulletins by the product's own verbs, each at its own instant. What an interrupted start has kept already stays. */
export async function keepDemonstrationBulletins(services: Services, list: ListRow): Promise<void> {
  const { db } = services
  for (const { evidence, asOf, unit, keptAt, publishedAt } of bulletins) {
    const area = unit === null ? null : await findArea(db, list.regionSetId, unit)
    if (area !== null && area.level !== 'unit') throw new Error(`The demonstration keeps a bulletin of ${unit}, which is no unit`)
    const by = area === null ? operator : officer
    const [kept] = await bulletinsOfDay(db, list, { evidence, asOf, unitId: area?.unitId ?? null })
    const code = kept?.code ?? await keepBulletin(services, list, { evidence, asOf, knownOn: keptAt, since: null, area }, { by, at: keptAt, issuer: area === null ? issuer : null, redHeader: area === null, supersedes: null })
    const row = (await findBulletin(db, list, { keeps: everything, named: nothing, at: keptAt }, code))!
    if (publishedAt === null || row.state === 'published') continue
    if (row.state === 'frozen') await embargoBulletin(services, by, list, row, publishedAt, keptAt)
    // Those named were told two working days before, and everybody saw it when its time came.
    const { previewFrom } = (await findBulletin(db, list, { keeps: everything, named: nothing, at: keptAt }, code))!
    await publishBulletin(services, list, code, previewFrom!)
    await publishBulletin(services, list, code, publishedAt)
  }
}
