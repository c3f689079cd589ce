import { describe, expect, test } from 'vitest'
import type { ShiftedColumn } from '@lastmile/shared/reading'
import type { ReadOutcome } from '@lastmile/server/reading/read-report'
import { headings, row, workbook } from '../../trials/book.js'
import { profile } from './profiles.js'
import { read } from './world.js'

const shiftedIn = (outcome: ReadOutcome): ShiftedColumn[] | null => (outcome.outcome === 'rejected' ? null : outcome.shifted)
const told = (outcome: ReadOutcome): string[] | null => shiftedIn(outcome)?.map(({ column, looksLike }) => `${column} looks like ${looksLike}`) ?? null

/** Rows of a sound report, as cells: institution, drug, status, day, price. */
const sound = (count: number, price = '12.50'): string[][] => Array.from({ length: count }, (_, at) => [
  `H370102${String(at).padStart(5, '0')}`, 'D1', at % 3 === 0 ? '缺货' : '有货', `2026-02-${String(1 + (at % 28)).padStart(2, '0')}`, at % 2 === 0 ? price : '',
])
const institutions = Array.from({ length: 40 }, (_, at) => ({ code: `H370102${String(at).padStart(5, '0')}` }))
const csv = (cells: readonly string[], rows: readonly (readonly string[])[]): string => [cells, ...rows].map((line) => line.join(',')).join('\n')
const names = ['机构代码', '药品代码', '状态', '上报日期', '价格']
const reading = (cells: readonly string[], rows: readonly (readonly string[])[]): Promise<ReadOutcome> => read(csv(cells, rows), { institutions })
const swapped = (a: number, b: number) => (cells: readonly string[]): string[] => cells.map((cell, at) => cells[at === a ? b : at === b ? a : at] ?? cell)

describe('values in the wrong columns are noticed', () => {
  test.each([
    ['institution and drug', 0, 1, ['institution_code looks like drug_code', 'drug_code looks like institution_code']],
    ['drug and status', 1, 2, ['drug_code looks like status', 'status looks like drug_code']],
    ['status and day', 2, 3, ['status looks like reported_on', 'reported_on looks like status']],
    ['status and price', 2, 4, ['status looks like price', 'price looks like status']],
    ['day and price', 3, 4, ['reported_on looks like price', 'price looks like reported_on']],
  ])('%s are swapped', async (_, a, b, columns) => {
    expect(told(await reading(names, sound(30).map(swapped(a, b))))).toEqual(columns)
  })

  test('a column of numbers stands before the others, and every value is one too far to the right', async () => {
    const moved = sound(30).map((cells, at) => [String(at + 1), ...cells])
    const columns = ['institution_code looks like price', 'drug_code looks like institution_code', 'status looks like drug_code', 'reported_on looks like status', 'price looks like reported_on']
    expect(told(await reading(names, moved))).toEqual(columns)
    expect(told(await reading(names, moved.map((cells) => cells.slice(0, 5))))).toEqual(columns)
  })

  test('the first column is missing, and every value is one too far to the left', async () => {
    const columns = ['institution_code looks like drug_code', 'drug_code looks like status', 'status looks like reported_on', 'reported_on looks like price']
    expect(told(await reading(names, sound(30).map((cells) => [...cells.slice(1), ''])))).toEqual(columns)
    expect(told(await reading(names, sound(30).map((cells) => cells.slice(1))))).toEqual(columns)
  })

  test('a column pasted one too low for the last two fifths of the file is noticed, for one row in ten it is rows that are wrong', async () => {
    const partly = (from: number) => sound(40).map((cells, at) => (at < from ? cells : ['', ...cells.slice(0, 4)]))
    expect(told(await reading(names, partly(24)))).toEqual(['drug_code looks like institution_code', 'status looks like drug_code', 'reported_on looks like status', 'price looks like reported_on'])
    expect(told(await reading(names, partly(36)))).toBeNull()
  })

  test('in a workbook as in a text', async () => {
    const rows = sound(5).map(swapped(0, 1))
    const sheet = [row(1, headings), ...rows.map((cells, at) => row(at + 2, cells))].join('')
    expect(told(await read(workbook({ sheets: [{ rows: sheet }] }), { institutions }))).toEqual(['institution_code looks like drug_code', 'drug_code looks like institution_code'])
  })

  test('in a list of addresses: the name is missing, and the ZIP stands where the state belongs', async () => {
    const head = 'Provider Name,Address1,Address2,City,County,State Code,Zip,National Drug Code,Courses Available,Courses Available Date,Geocoded Address'
    const address = (at: number): string[] => [`${at} Main St`, '', 'Springfield', 'HAMPDEN', 'MA', `0119${at}`, '0310-7442-02', '24', '01/04/2022 12:00:00 AM', `POINT (-72.6 42.${at})`, '']
    const outcome = await read([head, ...Array.from({ length: 9 }, (_, at) => address(at).join(','))].join('\n'), {
      profile: profile('hhs-locator'), regions: ['MA'], drugs: [{ code: 'evusheld', aliases: ['0310-7442-02'], inScope: true }], institutions: [], scopePrefixes: null, asOf: '2022-01-04', period: null, today: '2022-01-04',
    })
    expect(told(outcome)).toEqual(['state_code looks like zip', 'zip looks like drug_code', 'drug_code looks like quantity', 'quantity looks like observed_on', 'observed_on looks like position'])
  })
})

describe('one mistake in every row is a matter of the rows', () => {
  const each = (column: number, value: (cell: string, at: number) => string) => sound(30).map((cells, at) => cells.map((cell, place) => (place === column ? value(cell, at) : cell)))
  test.each([
    ['a word for the status that is not known', 2, () => '有'], ['a number for the status', 2, () => '1'], ['American days', 3, () => '02/05/2026'], ['serial numbers for days', 3, () => '46058'],
    ['prices with a separator', 4, () => '"1,299.00"'], ['no price is zero', 4, () => '0'], ['names instead of codes of institutions', 0, () => '示例医院'], ['internal codes of institutions', 0, (_: string, at: number) => String(10_000 + at)],
    ['codes of a province that is not the sender\'s', 0, (_: string, at: number) => `H310101${String(at).padStart(5, '0')}`], ['names of drugs', 1, () => '示例药'], ['institutions in both columns', 1, (_: string, at: number) => institutions[at]!.code],
    ['days of another month', 3, () => '2025-11-01'], ['nothing for the status', 2, () => ''],
  ])('%s', async (_, column, value) => {
    const outcome = await reading(names, each(column, value))
    expect(outcome.outcome).toBe('row_errors')
    expect(shiftedIn(outcome)).toBeNull()
  })

  test('the day on which it comes instead of the days to wait', async () => {
    const rows = sound(30).map((cells) => [...cells, '2026-03-01'])
    expect(await reading([...names, '天数'], rows)).toMatchObject({ outcome: 'row_errors', shifted: null })
  })

  test('two rows in the wrong columns are two rows', async () => {
    expect(await reading(names, sound(2).map(swapped(0, 1)))).toMatchObject({ outcome: 'row_errors', shifted: null })
  })

  test('a sound report is not shifted', async () => {
    expect(await reading(names, sound(30))).toMatchObject({ outcome: 'accept', shifted: null })
  })
})
