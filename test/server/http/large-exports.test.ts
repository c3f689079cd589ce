import { setImmediate } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { given } from '../../support/given.js'
import { list } from './country.js'
import { doorOf, type Door } from './door.js'
import { sheets } from './sheets.js'

/*
 * An export of many rows takes seconds. Whoever asks meanwhile does not wait for it.
 */

const hospitals = Array.from({ length: 4_000 }, (_, i) => `H${i}`)
let door: Door
beforeAll(async () => {
  const world = await given({ institutions: Object.fromEntries(hospitals.map((code) => [code, '100100'])), sources: { hospitals: { channels: { command: { maxRows: 50_000 } } } } })
  const rows = hospitals.flatMap((code) => [`${code} alpha in_stock`, `${code} beta not_known`, `${code} gamma out_of_stock`])
  expect((await world.send({ source: 'hospitals', asOf: '2026-06-20', rows })).status).toBe(201)
  door = doorOf(world.services)
}, 120_000)

test.each(['xlsx', 'csv'])('while an answer of 12,000 rows goes out as %s, health is answered all the time', async (format) => {
  const going = { on: true }
  const began = performance.now()
  const whole = door.ask(`${list}/statements?evidence=confirmed&format=${format}`).then(async (answer) => new Uint8Array(await answer.arrayBuffer())).finally(() => (going.on = false))
  let [last, longest] = [began, 0]
  while (going.on) {
    expect((await door.ask('/api/health')).status).toBe(200)
    await setImmediate()
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const bytes = await whole
  // What is made in pieces, or elsewhere, leaves no gap that is as long as the making.
  expect(longest).toBeLessThan((performance.now() - began) / 2)
  if (format === 'csv') expect(new TextDecoder().decode(bytes).split('\r\n').filter((line) => /^\w+,H\d/.test(line))).toHaveLength(12_000)
  else expect((await sheets(bytes))[0]!.rows.length).toBe(12_001)
})

test('of several workbooks that are asked for at once each gets its own', async () => {
  const drugs = ['alpha', 'beta', 'gamma', 'alpha']
  const books = await Promise.all(drugs.map(async (drug, i) => sheets(new Uint8Array(await (await door.ask(`${list}/statements?evidence=confirmed&drug=${drug}&region=${i < 3 ? '100000' : '200000'}&format=xlsx`)).arrayBuffer()))))
  expect(books.map(([data]) => data!.rows.length)).toEqual([4_001, 4_001, 4_001, 1])
  const column = books[0]![0]!.rows[0]!.findIndex((cell) => cell.text === 'drug')
  for (const [i, drug] of drugs.slice(0, 3).entries()) expect(new Set(books[i]![0]!.rows.slice(1).map((row) => row[column]!.text))).toEqual(new Set([drug]))
})
