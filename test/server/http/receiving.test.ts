import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ReportReceipt } from '@lastmile/shared/report'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { asCommand, doorOf, formOf, type Door } from './door.js'

const codes = Array.from({ length: 10_000 }, (_, at) => `H${at + 10_000}`)
const drugs = Array.from({ length: 30 }, (_, at) => `drug-${at + 10}`)
const header = 'institution_code,drug_code,status,observed_on,quantity'
const statuses = ['in_stock', 'out_of_stock', 'not_known']

let world: World
let door: Door
beforeAll(async () => {
  world = await given({
    today: '2026-03-31', institutions: Object.fromEntries(codes.map((code) => [code, '100100'])), drugs: Object.fromEntries(drugs.map((code) => [code, {}])),
  })
  door = doorOf(world.services)
}, 120_000)

/** Files of reports that lie half received, and those that are kept. */
const onDisk = async () => {
  const incoming = dirname(world.services.files.scratch())
  return { incoming: await readdir(incoming), kept: await readdir(incoming.replace(/incoming$/, 'files')) }
}
const boundary = 'line-between'
const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
const post = async (body: ReadableStream<Uint8Array> | FormData, own: Record<string, string> = headers) => {
  const answer = await door.ask(`/api/lists/${listCode}/reports`, { method: 'POST', body, headers: own, ...(body instanceof FormData ? {} : { duplex: 'half' }) })
  return { status: answer.status, receipt: ReportReceipt.parse(await answer.json()) }
}
/** A form written by hand, in pieces as they may come off the wire. */
const pieces = (parts: string[], then: (stream: ReadableStreamDefaultController<Uint8Array>) => void) => new ReadableStream<Uint8Array>({
  start(stream) {
    for (const part of parts) stream.enqueue(new TextEncoder().encode(part))
    then(stream)
  },
})
const part = (name: string, value: string, filename?: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n\r\n${value}\r\n`

describe('a form is received as it comes', () => {
  const row = `${header}\n${codes[0]},${drugs[0]},in_stock,2026-01-05,\n`

  test('in whatever pieces and in whatever order', async () => {
    const form = [part('file', row, '配备.csv'), part('asOf', '2026-01-05'), part('source', 'hospitals'), `--${boundary}--\r\n`].join('')
    const letters = Array.from(new TextEncoder().encode(form), (byte) => Uint8Array.of(byte))
    const body = new ReadableStream<Uint8Array>({ pull: (stream) => (letters.length > 0 ? stream.enqueue(letters.shift()!) : stream.close()) })
    const { status, receipt } = await post(body)
    expect([status, receipt.storedCount]).toEqual([201, 1])
    expect(await door.read(`/api/lists/${listCode}/reports/${receipt.id}`)).toMatchObject({ report: { filename: '配备.csv', bytes: row.length } })
    expect((await onDisk()).incoming).toEqual([])
  })

  test.each([
    ['the sender goes away halfway', (stream: ReadableStreamDefaultController<Uint8Array>) => stream.error(new Error('the line is dead'))],
    ['the form ends too early', (stream: ReadableStreamDefaultController<Uint8Array>) => stream.close()],
  ])('nothing is left of it where %s', async (_, end) => {
    const before = await onDisk()
    const { status, receipt } = await post(pieces([part('source', 'hospitals'), part('asOf', '2026-01-06'), part('file', row, 'half.csv').slice(0, -20)], end))
    expect([status, receipt.reason]).toEqual([400, 'BAD_FORM'])
    expect(await onDisk()).toEqual(before)
  })

  test('of a file that is refused nothing is left either, whatever the reason', async () => {
    const before = await onDisk()
    const sent = { list: listCode, source: 'hospitals', asOf: '2026-01-07', file: row }
    const refused = [{ ...sent, source: 'none' }, { ...sent, asOf: '2026-04-01' }, { ...sent, mode: 'append' }, { ...sent, file: '%PDF-1.7' }, { ...sent, file: `${header}\n` }, { ...sent, dryRun: 'true' }]
    for (const report of refused) await door.send(report)
    expect(await onDisk()).toEqual(before)
  })

  test('a request that is larger than any report may be is refused before it has come', async () => {
    const { status, receipt } = await post(pieces([part('file', row, 'large.csv')], () => {}), { ...headers, 'Content-Length': String(66 * 1024 * 1024) })
    expect([status, receipt.error?.code]).toEqual([413, 'request.too_large'])
    const endless = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new TextEncoder().encode(part('file', row, 'endless.csv').slice(0, -2))),
      pull: (stream) => stream.enqueue(new Uint8Array(1024 * 1024).fill(0x61)),
    })
    expect((await post(endless)).status).toBe(413)
    expect((await onDisk()).incoming).toEqual([])
  })
})

describe('a feed of 300,000 rows', () => {
  const lines = codes.flatMap((code, i) => drugs.map((drug, j) => `${code},${drug},${statuses[(i + j) % 3]},2026-02-${String(1 + ((i * 7 + j) % 28)).padStart(2, '0')},${j % 4 === 0 ? 1 + (i % 50) : ''}`))
  const feed = (rows: readonly string[], own: Record<string, string> = {}) => post(formOf({ list: listCode, source: 'hospitals', asOf: '2026-02-28', channel: 'feed', file: [header, ...rows, ''].join('\n'), ...own }), asCommand(world.services))

  test('with an error in its last row is refused as a whole, and the row is named', async () => {
    const statements = () => door.read(`/api/lists/${listCode}/statements?evidence=confirmed`)
    const before = await statements()
    const { status, receipt } = await feed([...lines.slice(0, -1), `${codes.at(-1)},${drugs.at(-1)},perhaps,2026-02-01,`])
    expect({ status, ...receipt }).toMatchObject({ status: 422, rowsTotal: 300_000, storedCount: 0, errorsTotal: 1, errors: [{ row: 300_001, column: 'status', code: 'BAD_STATUS', value: 'perhaps' }] })
    expect(await statements()).toEqual(before)
  }, 300_000)

  test('is more than a person may send', async () => {
    const answer = await door.send({ list: listCode, source: 'hospitals', asOf: '2026-02-28', file: [header, ...lines, ''].join('\n') })
    expect(answer).toMatchObject({ status: 413, receipt: { reason: 'TOO_LARGE' } })
  }, 300_000)

  test('is tried without being stored', async () => {
    const { status, receipt } = await feed(lines, { dryRun: 'true' })
    expect({ status, ...receipt }).toMatchObject({ status: 200, outcome: 'accepted', rowsTotal: 300_000, storedCount: 300_000, storedSha256: null, errorsTotal: 0, warnings: [] })
    expect(await door.read(`/api/lists/${listCode}/statements?evidence=confirmed&institution=${codes[8]}`)).toMatchObject({ rows: [] })
  }, 300_000)

  test('is accepted with every row, and counts what it says', async () => {
    const { status, receipt } = await feed(lines)
    expect({ status, ...receipt }).toMatchObject({ status: 201, rowsTotal: 300_000, storedCount: 300_000, storedSha256: null, errorsTotal: 0, warnings: [] })
    expect(await door.read(`/api/lists/${listCode}/reports/${receipt.id}`)).toMatchObject({ report: { channel: 'feed', parsed: { rows: 300_000, inStock: 100_000, zero: 100_000, notKnown: 100_000 } } })
    expect(await door.read(`/api/lists/${listCode}/headline?evidence=confirmed&asOf=2026-02-28`)).toMatchObject({ drugsStocked: 30, institutions: 10_000, cities: 1 })
    const { rows } = await door.read<{ rows: { drug: string; status: string; day: string; quantity: number | null }[] }>(`/api/lists/${listCode}/statements?evidence=confirmed&institution=${codes[8]}&limit=50`)
    const told = rows.map(({ drug, status, day, quantity }) => `${codes[8]},${drug},${status},${day},${quantity ?? ''}`)
    expect(told.sort()).toEqual(lines.slice(240, 270).sort())
  }, 300_000)
})
