import { beforeAll, describe, expect, test } from 'vitest'
import { markDemonstration } from '@lastmile/db/query/demonstration'
import { textOf } from '@lastmile/server/reading/cell'
import { decode } from '@lastmile/server/reading/decode'
import { readCsv } from '@lastmile/server/reading/read-csv'
import { Warnings } from '@lastmile/server/reading/warnings'
import { uploadLimits } from '@lastmile/shared/source'
import { listCode } from '../../support/edition.js'
import { standsIn } from '../../support/stands-in.js'
import { list, price, smallCountry, trickyNames, type Country } from './country.js'
import { routesOf } from './routes.js'
import { sheets } from './sheets.js'

let country: Country
beforeAll(async () => {
  country = await smallCountry()
})

const routes = routesOf({ reports: { priced: '', open: '', draft: '', corrected: '', correction: '' } })
const cases = routes.map((route, i) => [`${i} ${route.ask}`, i] as const)
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

async function exported(i: number, format: 'csv' | 'xlsx'): Promise<{ bytes: Uint8Array; headers: Headers }> {
  const { ask } = routesOf(country)[i]!
  const answer = await country.ask(`${list}${ask}${ask.includes('?') ? '&' : '?'}format=${format}`)
  expect(answer.status).toBe(200)
  return { bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers }
}

/** A CSV through the project's own strict reader, which refuses what Excel would guess at. */
function csvRows(bytes: Uint8Array): string[][] {
  return readCsv(decode(bytes, new Warnings()), new Map(), uploadLimits).map(({ cells }) => cells.map((cell) => textOf(cell)))
}

describe('an answer as CSV', () => {
  test.each(cases)('%s opens rightly in a Chinese Excel, and computes nothing', async (_, i) => {
    const { bytes, headers } = await exported(i, 'csv')
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.csv"/)
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const [header, ...rows] = csvRows(bytes)
    expect(header!.every((name) => /^[a-z_0-9]+$/.test(name))).toBe(true)
    expect(rows.length).toBeGreaterThan(0)
    // A number may be negative; a text may not look like a formula.
    for (const cell of rows.flat()) expect(formula.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell), cell).toBe(false)
  })
})

describe('an answer as XLSX', () => {
  test.each(cases)('%s holds the same rows as the CSV, texts as texts and numbers as numbers', async (_, i) => {
    const { bytes, headers } = await exported(i, 'xlsx')
    expect(headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.xlsx"/)
    const [data, about] = await sheets(bytes)
    expect([data?.name, about?.name]).toEqual(['data', 'about'])
    for (const cell of [...data!.rows, ...about!.rows].flat()) expect([cell.formula, formula.test(cell.text) && cell.kind !== 'number']).toEqual(['none', false])
    const padded = (rows: string[][]) => rows.map((row) => row.map((cell) => cell.trim()).join('|').replace(/\|+$/, ''))
    const fromCsv = csvRows((await exported(i, 'csv')).bytes).filter((row) => !row[0]!.startsWith('# '))
    expect(padded(data!.rows.map((row) => row.map((cell) => cell.text)))).toEqual(padded(fromCsv))
  })
})

describe('an export', () => {
  test('gives a name that looks like a formula with an apostrophe in front, in CSV and XLSX', async () => {
    const safe = trickyNames.map((name) => `'${name}`.trim())
    for (const format of ['csv', 'xlsx'] as const) {
      const bytes = new Uint8Array(await (await country.ask(`${list}/institutions?search=T&format=${format}`)).arrayBuffer())
      const cells = format === 'csv' ? csvRows(bytes).flat() : (await sheets(bytes)).flatMap((sheet) => sheet.rows.flat().map((cell) => cell.text))
      expect(safe.filter((name) => !cells.some((cell) => cell === name || cell.startsWith('\'') && cell.slice(1).trim() === name.slice(1).trim()))).toEqual([])
    }
  })

  test('of a thing whose code is no file name is saved under one all the same', async () => {
    const answer = await country.ask(`${list}/institutions/${encodeURIComponent('机构"1')}?format=csv`)
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, `attachment; filename="institution-_1.csv"; filename*=UTF-8''institution-%E6%9C%BA%E6%9E%84%221.csv`])
  })

  test('says whose word it is, as of when, and known when', async () => {
    const text = await (await country.ask(`${list}/coverage?evidence=confirmed&asOf=2026-03-01&format=csv`)).text()
    for (const note of ['# evidence 证据,confirmed', '# as of 截至,2026-03-01', '# known on 获知时点,now 当前']) expect(text).toContain(note)
    expect(text).not.toContain('演示数据')
  })

  test.each([
    ['/headline?region=100000', ['# region 地区,100000']],
    ['/coverage?region=100000&drug=alpha', ['# region 地区,100000', '# drug 药品,alpha']],
    ['/standings?region=100000&drug=alpha', ['# region 地区,100000', '# drug 药品,alpha']],
    ['/gaps?region=100000&drug=alpha&company=acme', ['# region 地区,100000', '# drug 药品,alpha', '# company 企业,acme']],
    ['/changes?region=100000&drug=alpha&from=2026-03-01&knownFrom=2026-03-02T00:00:00.000Z', ['# region 地区,100000', '# drug 药品,alpha', '# known from 起点获知时点,2026-03-02T00:00:00.000Z', '# known to 终点获知时点,2026-03-02T00:00:00.000Z']],
    ['/coverage?by=province', ['# region 地区,all 全部', '# drug 药品,all 全部']],
  ])('of %s says what it is limited to', async (ask, notes) => {
    const text = await (await country.ask(`${list}${ask}&format=csv`)).text()
    expect(notes.filter((note) => !text.includes(`${note}\r\n`))).toEqual([])
  })

  test('holds every row of the question, not a page of them', async () => {
    const rows = csvRows(new Uint8Array(await (await country.ask(`${list}/institutions?limit=2&offset=3&format=csv`)).arrayBuffer()))
    expect(rows).toHaveLength(1 + 9 + trickyNames.length + 1)
  })

  test.each([['/institutions?sort=name-down', 1, 'name'], ['/statements?evidence=confirmed&sort=day-down', 8, 'day'], ['/reports?sort=rowsTotal-up', 0, 'id'], ['/gaps?sort=region-down', 1, 'region']] as const)('of %s stands in that order', async (ask, column, field) => {
    const answer = await country.read<Record<string, Record<string, unknown>[]>>(`${list}${ask}&limit=500`)
    const shown = (answer['rows'] ?? answer['gaps'])!.map((row) => String(row[field]))
    const rows = csvRows(new Uint8Array(await (await country.ask(`${list}${ask}&format=csv`)).arrayBuffer())).slice(1, 1 + shown.length)
    expect(new Set(shown).size).toBeGreaterThan(2)
    expect(rows.map((row) => row[column]!.replace(/^'/, '').trim())).toEqual(shown.map((one) => one.trim()))
  })

  test('agrees with the answer on the screen, figure by figure', async () => {
    const answer = await country.read<Record<string, number>>(`${list}/headline?evidence=declared`)
    const rows = new Map(csvRows(new Uint8Array(await (await country.ask(`${list}/headline?evidence=declared&format=csv`)).arrayBuffer())).map(([name, value]) => [name, value]))
    for (const name of ['institutions', 'hospitals', 'pharmacies', 'others', 'provinces', 'cities']) expect(rows.get(name)).toBe(String(answer[name]))
    expect([rows.get('drugs_listed'), rows.get('drugs_stocked'), rows.get('drugs_unstocked')]).toEqual([answer['drugsListed'], answer['drugsStocked'], answer['drugsUnstocked']].map(String))
  })
})

test('a price stands in no answer, no export and no log', async () => {
  const told: string[] = []
  for (const { ask } of routesOf(country)) {
    for (const format of ['json', 'csv', 'xlsx'] as const) {
      const bytes = new Uint8Array(await (await country.ask(`${list}${ask}${ask.includes('?') ? '&' : '?'}format=${format}`)).arrayBuffer())
      told.push(format === 'xlsx' ? JSON.stringify(await sheets(bytes)) : new TextDecoder().decode(bytes))
    }
  }
  const digits = price.split('.')[0]!
  expect([...told, ...country.log].filter((text) => standsIn(text, digits))).toEqual([])
})

test('every export of the demonstration says that it is one', async () => {
  await markDemonstration(country.world.services.db, listCode, '2026-03-31')
  await country.send({ list: listCode, source: 'east', asOf: '2026-03-30', file: 'institution_code,drug_code,status\nC1,gamma,in_stock' })
  const silent: string[] = []
  for (const { ask } of routesOf(country)) {
    const text = await (await country.ask(`${list}${ask}${ask.includes('?') ? '&' : '?'}format=csv`)).text()
    if (!text.includes('演示数据') || !text.includes('demonstration data')) silent.push(ask)
  }
  expect(silent).toEqual([])
})
