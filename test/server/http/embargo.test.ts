import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { newLog } from '@lastmile/server/lib/log'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { ReportAnswer, ReportsAnswer } from '@lastmile/shared/report'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const list = `/api/lists/${listCode}`
const publishAt = '2026-06-30T12:00:00.000Z'
const file = 'institution_code,drug_code,status\nH1,alpha,in_stock\nH2,alpha,out_of_stock'
const report = { list: listCode, source: 'north', asOf: '2026-06-29', file, publishAt }

/** A world whose clock a test moves on; it begins eight hours before the embargo ends. */
async function waiting() {
  let now = '2026-06-30T04:00:00.000Z'
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100200', H3: '200100' } })
  const services = { ...world.services, clock: clockAt(() => now) }
  const officer = doorOf(services, { role: 'province_officer', unit: '100000' })
  return { world, services, officer, at: (instant: string) => (now = instant), publish: () => publishReports(services) }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

const stocked = async ({ services }: Waiting) => (await doorOf(services, 'public').read<HeadlineAnswer>(`${list}/headline?evidence=confirmed`)).institutions
const seenBy = async ({ services }: Waiting, who: Parameters<typeof doorOf>[1]) => (await doorOf(services, who).read<ReportsAnswer>(`${list}/reports`)).rows.map(({ state, publishAt: until }) => `${state} ${until}`)

test('until its time a report moves no number, and its sender and the regulator alone see it; then it counts as of that instant', async () => {
  const world = await waiting()
  const sent = await world.officer.send(report)
  expect([sent.status, sent.receipt.outcome, sent.receipt.version, sent.receipt.storedCount]).toEqual([202, 'embargoed', 1, 2])
  expect(await world.publish()).toBe(0)
  expect(await stocked(world)).toBe(0)
  for (const who of [{ role: 'reader' }, { role: 'operator' }, { role: 'province_officer', unit: '100000' }] as const) expect(await seenBy(world, who)).toEqual([`embargoed ${publishAt}`])
  for (const who of [{ role: 'province_officer', unit: '200000' }, { role: 'company', company: 'acme' }] as const) {
    expect(await seenBy(world, who)).toEqual([])
    expect((await doorOf(world.services, who).ask(`${list}/reports/${sent.receipt.id}`)).status).toBe(404)
  }

  world.at(publishAt)
  expect(await world.publish()).toBe(1)
  expect(await world.publish()).toBe(0)
  expect(await stocked(world)).toBe(1)
  const { rows } = await world.officer.read<ReportsAnswer>(`${list}/reports`)
  expect(rows).toMatchObject([{ id: sent.receipt.id, state: 'accepted', acceptedAt: publishAt, publishAt, version: 1 }])
  expect(await discrepancies(world.world)).toEqual([])
})

test('while one waits, another for its time and scope is refused, and the same bytes are the same report', async () => {
  const world = await waiting()
  const first = await world.officer.send({ ...report, headers: { 'Idempotency-Key': 'june' } })
  expect((await world.officer.send({ ...report, headers: { 'Idempotency-Key': 'june' } })).receipt).toEqual(first.receipt)
  expect(await world.officer.send({ ...report, file: file.replace('H2', 'H1') })).toMatchObject({ status: 422 })
  expect(await world.officer.send({ ...report, file: `${file}\n` })).toMatchObject({ status: 409, receipt: { reason: 'ANOTHER_WAITS', error: { report: first.receipt.id } } })
  expect(await world.officer.send(report)).toMatchObject({ status: 409, receipt: { reason: 'DUPLICATE_SUBMISSION' } })
})

test('its sender takes it back before its time, and it is never published', async () => {
  const world = await waiting()
  const { receipt } = await world.officer.send(report)
  const back = (door = world.officer) => door.ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })
  expect((await back(doorOf(world.services, { role: 'province_officer', unit: '200000' }))).status).toBe(404)
  expect((await back()).status).toBe(200)
  expect((await back()).status).toBe(409)
  world.at(publishAt)
  expect(await world.publish()).toBe(0)
  expect(await stocked(world)).toBe(0)
  expect((await world.officer.send({ ...report, publishAt: '' })).status).toBe(201)
})

test('what was taken back is left so by the next start, of the same database or of a new one', async () => {
  const world = await waiting()
  const { receipt } = await world.officer.send(report)
  const journal = async () => (await world.services.files.names()).filter((name) => name.endsWith(`${receipt.id}.json`)).length
  const { value: entry } = await world.services.files.journal()[Symbol.asyncIterator]().next()
  expect(await journal()).toBe(1)
  await world.officer.ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })
  expect(await journal()).toBe(0)
  // As if the server had been killed between the two.
  await world.services.files.record(entry)
  expect(await replayKept(world.services)).toBe(0)
  world.at(publishAt)
  expect([await world.publish(), await stocked(world)]).toEqual([0, 0])
  expect((await world.officer.read<ReportsAnswer>(`${list}/reports`)).rows.map(({ state }) => state)).toEqual(['withdrawn'])
})

test('what was taken back is not answered as if it were accepted where it is sent again under its key', async () => {
  const world = await waiting()
  const headers = { 'Idempotency-Key': 'june' }
  const { receipt } = await world.officer.send({ ...report, headers })
  await world.officer.ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })
  expect(await world.officer.send({ ...report, headers })).toMatchObject({ status: 409, receipt: { error: { code: 'report.withdrawn', report: receipt.id } } })
  world.at('2026-06-30T04:00:01.000Z')
  expect((await world.officer.send({ ...report, publishAt: '', headers: { 'Idempotency-Key': 'june-again' } })).status).toBe(201)
})

test('a correction under embargo takes the place of the version it names when its time comes, and not before', async () => {
  const world = await waiting()
  expect((await world.officer.send({ ...report, publishAt: '' })).status).toBe(201)
  const corrected = file.replace('out_of_stock', 'in_stock')
  expect((await world.officer.send({ ...report, file: corrected })).status).toBe(409)
  expect((await world.officer.send({ ...report, file: corrected, headers: { 'If-Match': '"1"' } })).receipt).toMatchObject({ outcome: 'embargoed', version: 2 })
  expect(await stocked(world)).toBe(1)
  world.at(publishAt)
  expect(await world.publish()).toBe(1)
  expect(await stocked(world)).toBe(2)
  const { rows } = await world.officer.read<ReportsAnswer>(`${list}/reports`)
  expect(rows.map(({ state, version }) => `${version} ${state}`).sort()).toEqual(['1 superseded', '2 accepted'])
})

test('a report whose correction waits is not approved, and one that came late is of when it came', async () => {
  const world = await waiting()
  const { receipt } = await world.officer.send({ ...report, publishAt: '' })
  expect((await world.officer.send({ ...report, file: file.replace('out_of_stock', 'in_stock'), headers: { 'If-Match': '"1"' } })).status).toBe(202)
  const operator = doorOf(world.services)
  const approve = async () => (await operator.ask(`${list}/reports/${receipt.id}/approval`, { method: 'POST' })).json()
  expect(await approve()).toMatchObject({ error: { code: 'report.correction_waits' } })
  expect((await operator.read<ReportAnswer>(`${list}/reports/${receipt.id}`)).approving).toBe('correction_waits')
  // No server ran for an hour: what was asked in that hour was answered without it.
  world.at('2026-06-30T13:00:00.000Z')
  expect(await world.publish()).toBe(1)
  const { rows } = await operator.read<ReportsAnswer>(`${list}/reports?state=accepted`)
  expect(rows.map(({ acceptedAt, version }) => [acceptedAt, version])).toEqual([['2026-06-30T13:00:00.000Z', 2]])
})

test('one whose institutions the master no longer knows becomes a draft with its errors', async () => {
  const world = await waiting()
  const { receipt } = await world.officer.send(report)
  await world.world.loadMaster({ H2: { at: '100200', closed: '2026-01-02' } }, '2026-06-30T05:00:00.000Z')
  world.at(publishAt)
  expect(await world.publish()).toBe(0)
  expect(await world.officer.read(`${list}/reports/${receipt.id}/errors`)).toMatchObject({ errors: [{ row: 3, code: 'INSTITUTION_INACTIVE' }] })
  expect(await stocked(world)).toBe(0)
})

test('an embargo that has ended already, or of no instant, is refused: a year is mistyped easily, and what is published cannot be called back', async () => {
  const world = await waiting()
  expect(await world.officer.send({ ...report, publishAt: '2025-06-30T12:00:00.000Z', dryRun: 'true' })).toMatchObject({ status: 400, receipt: { dryRun: true, reason: 'REPORT_PUBLISH_AT', error: { field: 'publishAt' } } })
  expect(await world.officer.send({ ...report, asOf: '2026-06-28', publishAt: 'soon' })).toMatchObject({ status: 400, receipt: { error: { field: 'publishAt' } } })
})

test('an officer of a city sees what his province sent of that city once it counts, and takes none of it back', async () => {
  const world = await waiting()
  const city = doorOf(world.services, { role: 'city_officer', unit: '100000', city: '100100' })
  const { receipt } = await world.officer.send({ ...report, file: file.split('\n').slice(0, 2).join('\n'), scope: '{"regions":["100100"]}' })
  const seen = async () => (await city.read<ReportsAnswer>(`${list}/reports`)).rows.map(({ state }) => state)
  const back = async () => (await city.ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })).status
  expect([await seen(), await back(), (await city.ask(`${list}/reports/${receipt.id}`)).status]).toEqual([[], 404, 404])
  world.at(publishAt)
  expect(await world.publish()).toBe(1)
  expect([await seen(), await back()]).toEqual([['accepted'], 409])
})

test('what an institution sends of itself is its own until its time: its city and province see it once it counts', async () => {
  const { services: world } = await given({ today: '2026-06-30', institutions: { H1: '100100' }, sources: { 'own-h1': { unit: '100000', institution: 'H1', scope: { drugs: null, regions: ['100100'], kinds: null } } } })
  let now = '2026-06-30T04:00:00.000Z'
  const services = { ...world, clock: clockAt(() => now) }
  const { receipt, status } = await doorOf(services, { role: 'institution', institution: 'H1' }).send({ ...report, source: 'own-h1', file: file.split('\n').slice(0, 2).join('\n') })
  expect(status).toBe(202)
  const above = [{ role: 'province_officer', unit: '100000' }, { role: 'city_officer', unit: '100000', city: '100100' }] as const
  const seen = async () => Promise.all(above.map(async (who) => (await doorOf(services, who).ask(`${list}/reports/${receipt.id}`)).status))
  const back = async () => Promise.all(above.map(async (who) => (await doorOf(services, who).ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })).status))
  expect([await seen(), await back()]).toEqual([[404, 404], [404, 404]])
  now = publishAt
  expect(await publishReports(services)).toBe(1)
  expect(await seen()).toEqual([200, 200])
})

test('one that would end so far off that nobody remembers it is refused', async () => {
  const world = await waiting()
  expect(await world.officer.send({ ...report, publishAt: '2999-01-01T00:00:00.000Z' })).toMatchObject({ status: 400, receipt: { reason: 'REPORT_PUBLISH_AT', error: { field: 'publishAt' } } })
  expect((await world.officer.send({ ...report, publishAt: '2027-06-30T00:00:00.000Z' })).status).toBe(202)
})

test('one whose file is gone when its time comes waits on, which the log is told once', async () => {
  const world = await waiting()
  const { receipt } = await world.officer.send(report)
  const { files } = world.services
  await rm(files.path((await files.names()).find((name) => name.startsWith('files/'))!))
  world.at(publishAt)
  const told: unknown[] = []
  const services = { ...world.services, log: newLog('error', { write: (line: string) => void told.push(JSON.parse(line)) }) }
  const known = new Map<string, number>()
  expect([await publishReports(services, known), await publishReports(services, known)]).toEqual([0, 0])
  expect(told).toMatchObject([{ report: receipt.id, err: { code: 'ENOENT' } }])
  expect(await seenBy(world, { role: 'operator' })).toEqual([`embargoed ${publishAt}`])
})

test('nobody but its sender and the regulator can tell that one came in, by no ETag, nor by what is counted afterwards', async () => {
  const world = await waiting()
  const rival = doorOf(world.services, { role: 'company', company: 'bestco' })
  const stranger = doorOf(world.services, 'public')
  const seen = async () => Promise.all([rival, stranger].flatMap((door) => ['/headline?evidence=confirmed', '/statements?evidence=confirmed', ...(door === rival ? ['/reports', '/sources'] : [])].map(async (path) => (await door.ask(`${list}${path}`)).headers.get('etag'))))
  const version = async () => (await stranger.read<{ lists: { code: string; version: number }[] }>('/api/lists')).lists.find(({ code }) => code === listCode)!.version
  const before = await seen()
  expect(before.every((etag) => etag !== null)).toBe(true)
  const own = (await world.officer.ask(`${list}/reports`)).headers.get('etag')!
  expect((await world.officer.ask(`${list}/reports`, { headers: { 'If-None-Match': own } })).status).toBe(304)
  const was = await version()
  await world.officer.send(report)
  expect(await seen()).toEqual(before)
  expect((await world.officer.ask(`${list}/reports`, { headers: { 'If-None-Match': own } })).status).toBe(200)
  expect((await world.officer.send({ ...report, asOf: '2026-06-28', publishAt: '' })).status).toBe(201)
  expect(await version()).toBe(was + 1)
})

test('the public cannot tell that one came in, by no ETag, version or event', async () => {
  const world = await waiting()
  const told: unknown[] = []
  world.services.events.subscribe((event) => void (event.event === 'report' && told.push(event)))
  const seen = async () => {
    const answer = await doorOf(world.services, 'public').ask(`${list}/headline?evidence=confirmed`)
    return [answer.headers.get('etag'), await answer.text(), await (await doorOf(world.services, 'public').ask('/api/lists')).text()]
  }
  const before = await seen()
  const { receipt } = await world.officer.send(report)
  expect((await world.officer.send({ ...report, asOf: '2026-06-28', file: file.replace('in_stock', 'perhaps') })).status).toBe(422)
  await world.officer.ask(`${list}/reports/${receipt.id}/withdrawal`, { method: 'POST' })
  expect(await seen()).toEqual(before)
  expect(told).toEqual([])
  world.at('2026-06-30T04:00:01.000Z')
  expect((await world.officer.send({ ...report, publishAt: '' })).status).toBe(201)
  expect((await seen())[0]).not.toBe(before[0])
})
