import { findArea, type UnitArea } from '@lastmile/db/query/area'
import { findBulletin } from '@lastmile/db/query/bulletins'
import { byItself } from '@lastmile/server/audit/event-of'
import { keepBulletin } from '@lastmile/server/bulletins/keep-bulletin'
import { embargoBulletin } from '@lastmile/server/bulletins/move-bulletin'
import { publishBulletin } from '@lastmile/server/bulletins/publish-bulletins'
import { loadEditionFolder } from '@lastmile/server/load/load-files'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everything } from '@lastmile/shared/purview'
import type { Source } from '@lastmile/shared/source'
import { csvOf } from '../../../support/rows.js'
import { writeEdition } from '../../../support/edition.js'
import { given, type ReportFacts, type World } from '../../../support/given.js'
import { givenFact } from '../../../support/ladder.js'
import { givenPlan } from '../../../support/plans.js'
import { givenCases } from './cases.js'
import { givenRequests } from './company-requests.js'
import { keepingLog } from '../door.js'

/*
 * The world that the table (`table.ts`) speaks of:
 *
 * | institution | lies in | unit |
 * | --- | --- | --- |
 * | H1 | 100100 | North |
 * | P1 | 100200 | North |
 * | H2 | 200100 | South |
 * | H5 | 650200 | West |
 * | H6 | 650200 | the Corps: the same city, and not the West's |
 *
 * Drugs alpha and beta are acme's, gamma is bestco's. Each report is called by who sent it, see `reports` below. Of three
 * insurance plans two are the insurer's, one a rival's. Hospitals have one duty, called `meeting`. Of bulletins 2026-1 is published, 2026-2 is to be in two working
 * days and names companies and units, 2026-3 is frozen, and 100000-2026-1 is the North's.
 */

/** Another list on the same regions, of which somebody may be. */
export const otherList = 'other-2026'

const confirmed = (unit: string, own: Partial<Source> = {}): Partial<Source> => ({ unit, mode: 'changes', rhythm: 'irregular', ...own })
const of = (...regions: string[]): Source['scope'] => ({ drugs: null, regions, kinds: null })

/** Who reports, beside the usual sources (maker of acme, one of each unit, sales of nobody): a rival, a city of the North and one of the Corps, and a hospital. */
const sources: Record<string, Partial<Source>> = {
  rival: { evidence: 'declared', company: 'bestco', mode: 'changes' }, maker: { mode: 'changes' },
  'north-city': confirmed('100000', { scope: of('100100') }), 'corps-city': confirmed('660000', { scope: of('650200') }),
  'hospital-1': confirmed('100000', { institution: 'H1', scope: of('100100') }),
}

/** A price of each report that has any: odd enough to be found wherever it went. */
export const prices = { north: '7313.37', 'hospital-1': '9171.71', maker: '6467.67' }

const asOf = '2026-03-10'

/** A world of several offices, and what its reports are called. */
export interface OfficesWorld {
  world: World
  log: string[]
  /** Codes of reports by the names that the table gives them. */
  reports: Record<string, string>
  /** Supervision cases, requests of companies, their letters and files, by sort and name. */
  cases: Record<string, string>
}

/** Builds the world. Every statement says something beside its state: a quantity, a reason or days. The clock stands still at noon of 2026-03-31. */
export async function officesWorld(): Promise<OfficesWorld> {
  const world = await given({ today: '2026-03-31', institutions: { H1: { at: '100100', lat: 40, lng: 116 }, P1: '100200', H2: '200100', H5: { at: '650200' }, H6: { at: '650200', unit: '660000' } }, sources, supervision: 'usual', standards: [{ drug: 'alpha', minInstitutions: 2 }, { drug: 'gamma' }], duties: [{}] })
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-other-'))
  await writeEdition(folder, { code: otherList })
  await loadEditionFolder(world.services.db, folder, '2025-12-31T04:00:00.000Z')
  await rm(folder, { recursive: true })
  world.services.lists.forget()
  const reports: Record<string, string> = {}
  const send = async (name: string, source: string, rows: readonly string[], own: Pick<ReportFacts, 'mode' | 'publishAt' | 'asOf'> & { scope?: Source['scope'] } = {}) => {
    const { receipt } = await world.send({ source, rows, asOf, ...own })
    if (receipt.id === null) throw new Error(`the report ${name} was not taken: ${JSON.stringify(receipt)}`)
    reports[name] = receipt.id
  }
  await send('maker', 'maker', [`H1 alpha in_stock price=${prices.maker}`, 'H2 beta in_stock quantity=8'])
  await send('rival', 'rival', ['P1 gamma in_stock quantity=4', 'H1 gamma in_stock quantity=7'])
  await send('maker in 100100', 'maker', ['H1 alpha in_stock quantity=9'], { scope: of('100100'), asOf: '2026-03-11' })
  await send('north', 'north', [`H1 alpha in_stock quantity=3 price=${prices.north}`, 'P1 alpha out_of_stock quantity=0', 'P1 gamma not_carried reason=cold_chain'])
  await send('north in 100100', 'north', ['H1 alpha in_stock quantity=2'], { scope: of('100100'), mode: 'changes', asOf: '2026-03-12' })
  await send('south', 'south', ['H2 alpha not_carried reason=few_patients'])
  await send('west', 'west', ['H5 alpha in_stock quantity=2'])
  await send('west in 650200', 'west', ['H5 beta in_stock quantity=3'], { scope: of('650200'), mode: 'changes', asOf: '2026-03-12' })
  await send('corps', 'corps', ['H6 alpha on_order lead=7 @2026-03-10'])
  await send('north-city', 'north-city', ['H1 beta in_stock quantity=1'])
  await send('corps-city', 'corps-city', ['H6 beta in_stock quantity=6'])
  await send('hospital-1', 'hospital-1', [`H1 gamma in_stock quantity=5 price=${prices['hospital-1']}`])
  await send('sales', 'sales', ['H1 alpha @2026-03-01 quantity=2'])
  await send('waiting of maker', 'maker', ['P1 alpha in_stock'], { asOf: '2026-03-15', publishAt: '2026-04-30T00:00:00.000Z' })
  await send('draft of maker', 'maker', ['H1 alpha perhaps'], { asOf: '2026-03-20' })
  await send('draft of north', 'north', ['H1 alpha perhaps', 'P1 alpha perhaps'], { asOf: '2026-03-20' })
  await send('odd of corps', 'corps', ['H6 alpha in_stock @2026-03-02'], { asOf: '2026-03-20' })
  for (const [code, insurer] of [['mutual-plan', 'mutual'], ['mutual-trial', 'mutual'], ['rival-plan', 'rival-life']] as const) await givenPlan(world, code, { insurer })
  await givenFact(world, 'lf-of-bestco', { drug: 'gamma' }, 'bestco')
  const cases = { ...await givenCases(world.services), ...await givenRequests(world.services) }
  await keepBulletins(world)
  const { said, log } = keepingLog()
  world.services.log = log
  // Each asks from an address of his own: what one does wrong is not held against another.
  world.services.trustProxy = true
  return { world, log: said, reports, cases }
}

/** Bulletins: one that is published, one that is to be and names everybody, one that is frozen, and one of the North. */
async function keepBulletins({ services, list: listNow }: World): Promise<void> {
  const list = await listNow()
  const north = await findArea(services.db, list.regionSetId, '100000')
  const keep = async (asOf: string, at: string, publishAt: string | null, area: UnitArea | null = null) => {
    const code = await keepBulletin(services, list, { evidence: area === null ? 'declared' : 'confirmed', asOf, knownOn: at, since: null, area }, { by: byItself, at, issuer: null, redHeader: false, supersedes: null })
    if (publishAt === null) return
    const row = (await findBulletin(services.db, list, { keeps: everything, named: everything, at }, code))!
    await embargoBulletin(services, byItself, list, row, publishAt, at)
    await publishBulletin(services, list, code, services.clock.now())
  }
  await keep('2026-03-11', '2026-03-13T02:00:00.000Z', '2026-03-18T02:00:00.000Z')
  await keep('2026-03-15', '2026-03-27T02:00:00.000Z', '2026-04-02T02:00:00.000Z')
  await keep('2026-03-20', '2026-03-30T02:00:00.000Z', null)
  await keep('2026-03-15', '2026-03-30T02:00:00.000Z', null, north as UnitArea)
}

/** The bytes of a report that would be accepted of any source. */
export const harmlessReport = csvOf(['H1 alpha in_stock'])
