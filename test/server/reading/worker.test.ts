import { describe, expect, test } from 'vitest'
import { uploadLimits } from '@lastmile/shared/source'
import type { ReadRequest } from '@lastmile/server/reading/read-report'
import { readReport } from '@lastmile/server/reading/read-report'
import { readInWorker, ReadingFailed } from '@lastmile/server/reading/read-in-worker'
import { profile } from './profiles.js'
import { header, masters } from './world.js'

/** A report on as many hospitals as asked for. */
function request(rows: number): ReadRequest {
  const codes = Array.from({ length: rows }, (_, at) => `H37${String(at).padStart(9, '0')}`)
  const statuses = ['有货,2026-02-01,12.50', '缺货,2026/2/2,', '未配备,2026-02-03,', '不详,2026-02-04,0.07']
  const text = [`${header},原因,天数,数量`, ...codes.map((code, at) => `${code},D1,${statuses[at % 4]},${at % 4 === 2 ? '冷链' : ''},${at % 3 === 0 ? at % 90 : ''},${at % 5 === 0 ? `${at % 7}.5` : ''}`)].join('\n')
  return {
    content: new TextEncoder().encode(text), filename: 'report.csv', profile: profile('cn-monthly'), limits: uploadLimits,
    masters: masters({ institutions: codes.map((code) => ({ code })) }), asOf: '2026-02-28', period: '2026-02', today: '2026-03-05',
  }
}

describe('a report is read beside the server, not in it', () => {
  test('the worker says what the reader says, row for row, and leaves the bytes to their owner', async () => {
    const one = request(12_000)
    const outcome = await readInWorker(one)
    expect((one.content as Uint8Array).byteLength).toBeGreaterThan(0)
    expect(outcome).toEqual(await readReport(one))
    expect(outcome).toMatchObject({ outcome: 'accept', rowsTotal: 12_000 })
  })

  test('it tells how far it is', async () => {
    const heard: number[] = []
    await readInWorker(request(25_000), { onProgress: (rows) => heard.push(rows) })
    expect(heard).toEqual([10_000, 20_000])
  })

  test('a file that needs too much memory ends the reading, not the server', async () => {
    const failed = await readInWorker(request(100_000), { memoryMb: 16 }).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(ReadingFailed)
    expect(failed).toMatchObject({ reason: 'memory' })
  })

  test('a file that takes too long is given up', async () => {
    await expect(readInWorker(request(50_000), { timeoutMs: 1 })).rejects.toMatchObject({ name: 'ReadingFailed', reason: 'time' })
  })

  test('a defect of the reader is told as one', async () => {
    const broken = { ...request(1), profile: null as unknown as ReadRequest['profile'] }
    await expect(readInWorker(broken)).rejects.toMatchObject({ reason: 'crash' })
  })

  test('a sender who goes away stops the reading', async () => {
    const gone = new AbortController()
    const reading = readInWorker(request(50_000), { signal: gone.signal })
    gone.abort(new Error('the sender went away'))
    await expect(reading).rejects.toThrow('the sender went away')
  })
})
