import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { profile } from './profiles.js'
import { errorsOf, header, read, rowsOf, warningsOf } from './world.js'

const report = (...lines: string[]): string => [header, ...lines].join('\n')
const dated = (date: string): string => `H37010200001,D1,in_stock,${date},`
const priced = (price: string): string => `H37010200001,D1,in_stock,2026-02-01,${price}`

describe('institutions and drugs', () => {
  test.each([
    ['a malformed code', 'H3701020000', 'BAD_INSTITUTION_CODE'], ['a code with a hidden space', 'H370102\u200b00001', 'BAD_INSTITUTION_CODE'],
    ['a code that does not exist', 'H37019999999', 'UNKNOWN_INSTITUTION'], ['a closed institution', 'H37010200099', 'INSTITUTION_INACTIVE'],
    ['another province\'s institution', 'H31010100001', 'INSTITUTION_OUT_OF_SCOPE'], ['another province\'s code that does not exist', 'H31019999999', 'INSTITUTION_OUT_OF_SCOPE'],
  ])('%s is told apart', async (_, code, error) => {
    expect(errorsOf(await read(report(`${code},D1,in_stock,2026-02-01,`)))).toEqual([`2:institution_code:${error}`])
  })

  test('where the master knows an institution its row decides, not its digits', async () => {
    const corps = { institutions: [{ code: 'H65900100001', inScope: true }, { code: 'H65010200001', inScope: false }], scopePrefixes: ['66'] }
    expect(rowsOf(await read(report('H65900100001,D1,in_stock,2026-02-01,'), corps))).toHaveLength(1)
    expect(errorsOf(await read(report('H65010200001,D1,in_stock,2026-02-01,'), corps))).toEqual(['2:institution_code:INSTITUTION_OUT_OF_SCOPE'])
  })

  test('a drug is known by code or alias in any case; one outside the scope is refused', async () => {
    expect(rowsOf(await read(report('h37010200001,drug one,In_Stock,2026-02-01,')))).toMatchObject([{ institution: 'H37010200001', drug: 'D1' }])
    expect(errorsOf(await read(report('H37010200001,D3,in_stock,2026-02-01,')))).toEqual(['2:drug_code:UNKNOWN_DRUG'])
    expect(errorsOf(await read(report('H37010200001,D1,in_stock,2026-02-01,'), { drugs: [{ code: 'D1', aliases: [], inScope: false }] }))).toEqual(['2:drug_code:DRUG_OUT_OF_SCOPE'])
  })
})

describe('statuses, reasons and quantities', () => {
  test.each(['yes', '1', 'instock', 'in-stock', '有货缺货', 'ın_stock', 'in_stock\u00ad', '=TRUE'])('%s is no status', async (word) => {
    expect(errorsOf(await read(report(`H37010200001,D1,${word},2026-02-01,`)))).toEqual(['2:status:BAD_STATUS'])
  })

  test('full-width letters and the tricks that keep Excel off a code are read, with a warning', async () => {
    const outcome = await read(report('"=""H37010200001""",\'D1,ｉｎ＿ｓｔｏｃｋ,２０２６－０２－０１,１２．５'))
    expect(rowsOf(outcome)).toMatchObject([{ institution: 'H37010200001', drug: 'D1', status: 'in_stock', day: '2026-02-01', price: '12.50' }])
    expect(warningsOf(outcome)).toEqual(['NORMALISED'])
  })

  test('plain spaces around a value are cut off without a word, an ideographic space with one', async () => {
    expect(warningsOf(await read(report('H37010200001,D1, in_stock ,2026-02-01,')))).toEqual([])
    expect(warningsOf(await read(report('H37010200001,D1,in_stock\u3000,2026-02-01,')))).toEqual(['NORMALISED'])
  })

  test('not carried has a reason, on order a number of days, a stock a quantity', async () => {
    const lines = ['H37010200001,D1,未配备,2026-02-01,药事会未召开,,', 'H37010200002,D1,可预订,2026-02-01,,3,', 'P37010200001,D1,有货,2026-02-01,,,12.0', 'P37010200001,D2,不详,2026-02-01,,,']
    expect(rowsOf(await read(['机构代码,药品代码,状态,上报日期,原因,到货天数,数量', ...lines].join('\n')))).toMatchObject([
      { status: 'not_carried', reason: 'committee_not_convened' }, { status: 'on_order', leadDays: 3 }, { status: 'in_stock', quantity: 12 }, { status: 'not_known', quantity: null },
    ])
    expect(errorsOf(await read('机构代码,药品代码,状态,上报日期,原因,天数,数量\nH37010200001,D1,未配备,2026-02-01,随便,三,-1'))).toEqual(['2:reason:BAD_REASON', '2:lead_days:BAD_QUANTITY', '2:quantity:BAD_QUANTITY'])
  })
})

test('in stock with none there contradicts itself; out of stock with none does not, nor does a quantity that is not given', async () => {
  const head = '机构代码,药品代码,状态,上报日期,数量'
  const lines = ['H37010200001,D1,有货,2026-02-01,0', 'H37010200001,D2,缺货,2026-02-01,0', 'H37010200002,D1,有货,2026-02-01,', 'H37010200002,D2,in_stock,2026-02-30,0.00', 'P37010200001,D1,有货,2026-02-01,0.5']
  const outcome = await read([head, ...lines].join('\n'))
  expect(errorsOf(outcome)).toEqual(['2:quantity:IN_STOCK_ZERO_QUANTITY', '5:reported_on:BAD_DATE', '5:quantity:IN_STOCK_ZERO_QUANTITY'])
  expect(outcome).toMatchObject({ errors: [{ value: '0' }, {}, {}], shifted: null })
  expect(rowsOf(await read([head, lines[1]!, lines[2]!, lines[4]!].join('\n')))).toMatchObject([{ quantity: 0 }, { quantity: null }, { quantity: 0.5 }])
})

describe('days', () => {
  test.each([['2026/2/5', true], ['2026年2月5日', true], ['20260205', true], ['2026-02-05', false]])('%s is a day', async (date, otherForm) => {
    const outcome = await read(report(dated(date)))
    expect(rowsOf(outcome)).toMatchObject([{ day: '2026-02-05', dayBasis: 'filed' }])
    expect(warningsOf(outcome)).toEqual(otherForm ? ['DATE_FORMAT'] : [])
  })

  test.each(['2026-02-30', '02/05/2026', '05/02/2026', '46058', '2026-2', '2026-02-05T16:30:00Z', '2026-02-05 10:00', '2026-02-05+08:00', '0000-00-00', '昨天'])('%s is none', async (date) => {
    expect(errorsOf(await read(report(dated(date))))).toEqual(['2:reported_on:BAD_DATE'])
  })

  test('the 28th is in February, the 1st is not, tomorrow is in the future', async () => {
    expect(rowsOf(await read(report(dated('2026-02-28'))))).toHaveLength(1)
    expect(errorsOf(await read(report(dated('2026-03-01'))))).toEqual(['2:reported_on:DATE_OUT_OF_PERIOD'])
    expect(errorsOf(await read(report(dated('2026-01-31'))))).toEqual(['2:reported_on:DATE_OUT_OF_PERIOD'])
    expect(errorsOf(await read(report(dated('2026-03-06'))))).toEqual(['2:reported_on:DATE_IN_FUTURE'])
    expect(errorsOf(await read(report(dated('1965-03-01'))))).toEqual(['2:reported_on:DATE_OUT_OF_PERIOD'])
  })

  test('of a report that names its day and no month, a day after that one is out of it, and an earlier one is old', async () => {
    const asOf = { asOf: '2026-02-14', period: null }
    expect(rowsOf(await read(report(dated('2026-02-14')), asOf))).toHaveLength(1)
    expect(rowsOf(await read(report(dated('2025-11-30')), asOf))).toMatchObject([{ day: '2025-11-30' }])
    expect(errorsOf(await read(report(dated('2026-02-15')), asOf))).toEqual(['2:reported_on:DATE_OUT_OF_PERIOD'])
    expect(errorsOf(await read(`${header},观察日期\nH37010200001,D1,in_stock,2026-02-05,,2026-02-15`, asOf))).toEqual(['2:observed_on:DATE_OUT_OF_PERIOD'])
  })

  test('an observed day wins over the filed one, and may be old', async () => {
    const outcome = await read(`${header},观察日期\nH37010200001,D1,in_stock,2026-02-05,,2025-11-30\nH37010200002,D1,in_stock,2026-02-05,,`)
    expect(rowsOf(outcome)).toMatchObject([{ day: '2025-11-30', dayBasis: 'observed' }, { day: '2026-02-05', dayBasis: 'filed' }])
    for (const day of ['1969-12-31', '1900-01-01']) expect(rowsOf(await read(`${header},观察日期\nH37010200001,D1,in_stock,2026-02-05,,${day}`))).toMatchObject([{ day, dayBasis: 'observed' }])
  })
})

describe('prices', () => {
  test.each([['12', '12.00'], ['12.5', '12.50'], ['0012.50', '12.50'], ['99999999.99', '99999999.99']])('%s is a price', async (text, price) => {
    expect(rowsOf(await read(report(priced(text))))).toMatchObject([{ price }])
  })

  test.each(['0', '0.00', '-1', '"1,000.00"', '1e3', '12.345', '¥12', '100000000', '12.'])('%s is none, and is not echoed', async (text) => {
    const outcome = await read(report(priced(text)))
    expect(outcome).toMatchObject({ outcome: 'row_errors', errors: [{ row: 2, column: 'price', code: 'BAD_PRICE', value: null }] })
  })
})

describe('cells and rows', () => {
  test('every error of every row is reported, counted, and listed up to the limit with short values', async () => {
    const outcome = await read(report('合计,,6,,', `${'9'.repeat(300)},D1,in_stock,2026-02-01,`, 'H37010200001,D9,in_stock,2026-02-01,'), { limits: { maxErrorsListed: 5 } })
    expect(errorsOf(outcome)).toEqual(['2:institution_code:BAD_INSTITUTION_CODE', '2:drug_code:MISSING_VALUE', '2:status:BAD_STATUS', '2:reported_on:MISSING_VALUE', '3:institution_code:BAD_INSTITUTION_CODE'])
    expect(outcome).toMatchObject({ errorsTotal: 6, rowsTotal: 3, parsed: { rows: 0 } })
    if (outcome.outcome === 'row_errors') expect(outcome.errors[4]?.value).toBe('9'.repeat(80))
  })

  test.each([
    ['a cell beyond the limit', 'D'.repeat(2001), 'CELL_TOO_LONG'], ['a control character', 'D\u00001', 'CONTROL_CHARS'], ['a failed look-up', '#N/A', 'CELL_ERROR'],
  ])('%s is an error of its own, but nothing in a column that is not read', async (_, value, code) => {
    expect(errorsOf(await read(report(`H37010200001,${value},in_stock,2026-02-01,`)))).toEqual([`2:drug_code:${code}`])
    expect(rowsOf(await read(`${header},remark\nH37010200001,D1,in_stock,2026-02-01,,${value}`))).toHaveLength(1)
  })

  test('of rows that say the same the first is sound; rows that differ are all in conflict', async () => {
    const line = 'H37010200001,D1,in_stock,2026-02-01,'
    expect(errorsOf(await read(report(line, 'H37010200002,D1,in_stock,2026-02-01,', ' h37010200001,Drug One,有货,2026/2/1,', line)))).toEqual(['4::DUPLICATE_ROW', '5::DUPLICATE_ROW'])
    expect(errorsOf(await read(report(line, line, 'H37010200001,D1,out_of_stock,2026-02-01,')))).toEqual(['2::CONFLICTING_ROW', '3::CONFLICTING_ROW', '4::CONFLICTING_ROW'])
  })

  test('the fingerprint of a report depends on what it says, not on how it is written', async () => {
    const [one, other] = [await read(report('H37010200001,D1,in_stock,2026-02-01,12.5', 'H37010200002,D1,缺货,2026-02-02,')), await read('状态;机构代码;药品代码;上报日期;价格\n缺货;H37010200002;D1;2026/2/2;\n有货;H37010200001;D1;2026-02-01;12.50')]
    const said = [['H37010200001', 'D1', 'in_stock', '2026-02-01', '12.50'], ['H37010200002', 'D1', 'out_of_stock', '2026-02-02', null]]
    const storedSha256 = createHash('sha256').update(JSON.stringify(said)).digest('hex')
    expect(one).toMatchObject({ outcome: 'accept', storedSha256, hasPriceColumn: true })
    expect(other).toMatchObject({ storedSha256 })
  })

  test('a form written two thousand times over is warned of a few times', async () => {
    const institutions = Array.from({ length: 2000 }, (_, at) => ({ code: `H37${String(at).padStart(9, '0')}` }))
    const outcome = await read(report(...institutions.map(({ code }) => `${code},D1,有货,2026/2/1,`)), { institutions })
    expect(rowsOf(outcome)).toHaveLength(2000)
    expect(outcome.warnings.length).toBeLessThan(100)
  })
})

describe('declarations of a company', () => {
  const declaration = { profile: profile('cn-declaration'), period: null, scopePrefixes: null }
  test('need no filed day: the report\'s as-of day counts then', async () => {
    expect(rowsOf(await read('机构代码,药品代码,状态\nH37010200001,D1,有货', declaration))).toMatchObject([{ day: null, dayBasis: 'as_of' }])
  })

  test('may be old but not from the future', async () => {
    expect(rowsOf(await read(report('H37010200001,D1,in_stock,2025-06-01,'), declaration))).toHaveLength(1)
    expect(errorsOf(await read(report('H37010200001,D1,in_stock,2026-03-06,'), declaration))).toEqual(['2:reported_on:DATE_IN_FUTURE'])
  })
})
