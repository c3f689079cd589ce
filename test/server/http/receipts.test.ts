import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import { replayKept } from '@lastmile/server/reports/replay-kept'
import { Receipt } from '@lastmile/shared/receipt'
import type { ReportsAnswer } from '@lastmile/shared/report'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, forgetReports, type Door } from './door.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const
const head = 'institution_code,drug_code,status,price\n'
const good = `${head}H1,alpha,in_stock,12.50\nH2,alpha,out_of_stock,\nH2,beta,not_known,`

async function world() {
  let now = '2026-06-30T04:00:00.000Z'
  const { services: still } = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100200' } })
  const services = { ...still, clock: clockAt(() => now) }
  const officer = doorOf(services, north)
  const send = async (asOf: string, own: { file?: string; headers?: Record<string, string>; publishAt?: string; source?: string } = {}) =>
    (await (own.source === 'maker' ? doorOf(services) : officer).send({ list: listCode, source: 'north', asOf, file: good, ...own })).receipt
  const receiptOf = async (id: string | null, door: Door = officer) => Receipt.parse(await door.read(`${list}/reports/${id}/receipt`))
  return { services, officer, send, receiptOf, at: (instant: string) => (now = instant) }
}

describe('every report has a receipt with a number of its own', () => {
  test('a source\'s reports are numbered one after the other, drafts too, and those of another by themselves', async () => {
    const { officer, send } = await world()
    const numbers = [await send('2026-06-01'), await send('2026-06-02', { file: `${head}H1,alpha,perhaps,` }), await send('2026-06-03'), await send('2026-06-03', { source: 'maker' })].map(({ number }) => number)
    expect(numbers).toEqual(['north-2026-0001', 'north-2026-0002', 'north-2026-0003', 'maker-2026-0001'])
    const { rows } = await officer.read<ReportsAnswer>(`${list}/reports?sort=number-up`)
    expect(rows.map(({ number, state }) => `${number} ${state}`)).toEqual(['north-2026-0001 accepted', 'north-2026-0002 draft', 'north-2026-0003 accepted'])
  })

  test('what is tried, or refused as a whole, has none', async () => {
    const { officer } = await world()
    const tried = await officer.send({ list: listCode, source: 'north', asOf: '2026-06-01', file: good, dryRun: 'true' })
    const refused = await officer.send({ list: listCode, source: 'north', asOf: '2026-06-01', file: 'nothing' })
    expect([tried.receipt.number, refused.receipt.number]).toEqual([null, null])
  })

  test('whoever sends the same again under its key has the same number, and a report that waited keeps the one it had', async () => {
    const { services, send, receiptOf, at } = await world()
    const publishAt = '2026-06-30T12:00:00.000Z'
    const waiting = await send('2026-06-01', { publishAt, headers: { 'Idempotency-Key': 'june' } })
    const next = await send('2026-06-02')
    expect([waiting.number, (await send('2026-06-01', { publishAt, headers: { 'Idempotency-Key': 'june' } })).number, next.number]).toEqual(['north-2026-0001', 'north-2026-0001', 'north-2026-0002'])
    at(publishAt)
    expect(await publishReports(services)).toBe(1)
    expect(await receiptOf(waiting.id)).toMatchObject({ number: 'north-2026-0001', state: 'accepted' })
    expect((await send('2026-06-03')).number).toBe('north-2026-0003')
  })

  test('where the database was lost, reports that were kept have the numbers they had', async () => {
    const { services, officer, send } = await world()
    const sent = [await send('2026-06-01'), await send('2026-06-02', { file: `${head}H1,alpha,perhaps,` }), await send('2026-06-03')]
    await forgetReports(services)
    expect(await replayKept(services)).toBe(2)
    const { rows } = await officer.read<ReportsAnswer>(`${list}/reports?sort=number-up`)
    expect(rows.map(({ id, number }) => [id, number])).toEqual([sent[0]!, sent[2]!].map(({ id, number }) => [id, number]))
    expect((await send('2026-06-04')).number).toBe('north-2026-0004')
  })
})

describe('a receipt says', () => {
  test('what was received, with digests that whoever has the file can make anew, and what it says in figures', async () => {
    const { send, receiptOf } = await world()
    const told = await receiptOf((await send('2026-06-29')).id)
    const said = [['H1', 'alpha', 'in_stock', '2026-06-29', '12.50'], ['H2', 'alpha', 'out_of_stock', '2026-06-29', null], ['H2', 'beta', 'not_known', '2026-06-29', null]]
    expect(told).toMatchObject({
      number: 'north-2026-0001', issuedOn: '2026-06-30', source: 'north', sentBy: 'province_officer', filename: 'report.csv', bytes: good.length, sha256: createHash('sha256').update(good).digest('hex'),
      storedSha256: createHash('sha256').update(JSON.stringify(said)).digest('hex'), counts: { rows: 3, stored: 3, institutions: 2, drugs: 2, inStock: 1, notKnown: 1, zero: 1 }, errorsTotal: 0, state: 'accepted',
    })
  })

  test('of a file with errors how many there are, and that nothing of it was stored', async () => {
    const { send, receiptOf } = await world()
    expect(await receiptOf((await send('2026-06-29', { file: `${head}H1,alpha,perhaps,\nH9,alpha,in_stock,` })).id))
      .toMatchObject({ state: 'draft', errorsTotal: 2, counts: { rows: 2, stored: 0, institutions: null, drugs: null } })
  })

  test('of one that waits that nothing is stored yet, and until when it waits', async () => {
    const { send, receiptOf } = await world()
    const told = await receiptOf((await send('2026-06-29', { publishAt: '2026-07-01T00:00:00.000Z' })).id)
    expect([told.counts.rows, told.counts.stored, told.counts.institutions]).toEqual([3, 0, null])
    expect(told.history.map(({ event, until }) => [event, until])).toEqual([['received', null], ['embargoed', '2026-07-01T00:00:00.000Z']])
  })

  test('all that became of it, with when and why', async () => {
    const { services, send, receiptOf, at } = await world()
    const { id } = await send('2026-06-29')
    const operator = doorOf(services)
    const change = (hour: number, method: string, body?: object) => {
      at(`2026-06-30T0${hour}:00:00.000Z`)
      return operator.ask(`${list}/reports/${id}/approval`, { method, ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}) })
    }
    expect([(await change(5, 'POST')).status, (await change(6, 'DELETE', { reason: 'a pharmacy was left out' })).status]).toEqual([200, 200])
    at('2026-06-30T07:00:00.000Z')
    const later = await send('2026-06-29', { file: `${good}\nH1,beta,in_stock,`, headers: { 'If-Match': '"1"' } })
    expect((await receiptOf(id)).history.map(({ at: instant, event, reason, report }) => [instant.slice(11, 13), event, reason, report])).toEqual([
      ['04', 'received', null, null], ['04', 'accepted', null, null], ['05', 'approved', null, null], ['06', 'reopened', 'a pharmacy was left out', null], ['07', 'superseded', null, later.id],
    ])
    expect(await receiptOf(later.id)).toMatchObject({ version: 2, corrects: id })
  })

  test('why it was held in quarantine, and with what words it was returned or released', async () => {
    const { services } = await given({ today: '2026-06-30', institutions: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`H${i}`, '100100'])) })
    const [officer, operator] = [doorOf(services, north), doorOf(services)]
    const rows = (count: number) => `${head}${Array.from({ length: count }, (_, i) => `H${i},alpha,${i % 2 ? 'in_stock' : 'out_of_stock'},`).join('\n')}`
    const send = async (asOf: string, count: number) => (await officer.send({ list: listCode, source: 'north', asOf, file: rows(count) })).receipt
    await send('2026-05-31', 40)
    for (const [i, [verb, event]] of ([['return', 'returned'], ['release', 'released']] as const).entries()) {
      const { id, outcome } = await send(`2026-06-0${i + 1}`, 20)
      expect(outcome).toBe('quarantined')
      const decided = await operator.ask(`${list}/reports/${id}/${verb}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reason: 'asked the sender' }) })
      expect(decided.status).toBe(200)
      const told = Receipt.parse(await officer.read(`${list}/reports/${id}/receipt`))
      expect(told.suspicions.map(({ code }) => code)).toEqual(['institutions_fell'])
      expect(told.history.map(({ event: step, reason }) => `${step} ${reason ?? ''}`)).toEqual(['received ', 'quarantined ', ...(event === 'released' ? ['released asked the sender', 'accepted '] : ['returned asked the sender'])])
    }
  })

  test('no digest to an officer of the city, for whom a file with prices does not open', async () => {
    const { services, officer, receiptOf } = await world()
    const { receipt } = await officer.send({ list: listCode, source: 'north', asOf: '2026-06-29', scope: JSON.stringify({ regions: ['100100'] }), file: `${head}H1,alpha,in_stock,12.50` })
    const city = doorOf(services, { role: 'city_officer', unit: '100000', city: '100100' })
    expect(await receiptOf(receipt.id, city)).toMatchObject({ number: receipt.number, sha256: null, bytes: null, storedSha256: null, counts: { stored: 1 } })
  })
})

test('a sender finds a report by the number on its receipt, however it is typed, and by period', async () => {
  const { officer, send } = await world()
  await send('2026-06-01')
  await officer.send({ list: listCode, source: 'north', period: '2026-05', file: good })
  const found = async (query: string) => (await officer.read<ReportsAnswer>(`${list}/reports?${query}`)).rows.map(({ number }) => number)
  for (const typed of ['north-2026-0002', 'NORTH-2026-2', '2026-0002', '2']) expect(await found(`number=${typed}`), typed).toEqual(['north-2026-0002'])
  expect([await found('number=2025-2'), await found('number=maker-2026-2'), await found('period=2026-05'), await found('period=2026-04')]).toEqual([[], [], ['north-2026-0002'], []])
  expect((await officer.ask(`${list}/reports?number=second`)).status).toBe(400)
})
