import { beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '@lastmile/shared/problem'
import { PriceMonitoringAnswer, RetailPricesAnswer, SettlementFileAnswer, SettlementPrice, SettlementPricesAnswer } from '@lastmile/shared/price'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { standsIn } from '../../support/stands-in.js'
import { row, workbook } from '../../trials/book.js'
import { doorOf, keepingLog, type Door, type Sent } from './door.js'
import { sheets } from './sheets.js'

/*
 * The doors to prices: who gets through, what he gets, and that nothing of a price is told beside.
 */

const prices = `/api/lists/${listCode}/prices`

/** Digits that stand nowhere but in prices. */
const canary = { H1: '48713', H2: '59824' }

let world: World
let log: string[]
const doors = {} as Record<'operator' | 'reader' | 'north' | 'south' | 'city' | 'H1' | 'H2' | 'acme' | 'bestco' | 'auditor' | 'system' | 'elsewhere' | 'public', Door>

beforeAll(async () => {
  world = await given({
    institutions: { H1: '100100', H2: '200100', P1: '100200' },
    sources: { 'city-office': { unit: '100000', scope: { drugs: null, regions: ['100100'], kinds: null } } },
    reports: [
      { source: 'north', asOf: '2026-06-20', rows: [`H1 alpha in_stock price=${canary.H1}.57`, 'P1 alpha in_stock price=3'] },
      { source: 'south', asOf: '2026-06-20', rows: [`H2 alpha in_stock price=${canary.H2}.68`] },
    ],
  })
  const kept = keepingLog()
  log = kept.said
  world.services.log = kept.log
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, {
    operator: door({ role: 'operator' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }),
    city: door({ role: 'city_officer', unit: '100000', city: '100100' }), H1: door({ role: 'institution', institution: 'H1' }), H2: door({ role: 'institution', institution: 'H2' }),
    acme: door({ role: 'company', company: 'acme' }), bestco: door({ role: 'company', company: 'bestco' }), auditor: door({ role: 'auditor' }), system: door({ role: 'system_administrator' }),
    elsewhere: door({ role: 'operator', list: 'another-list' }), public: door('public'),
  })
})

const enter = (door: Door, body: unknown) => door.ask(`${prices}/settlement`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const price = (own: object = {}) => ({ drug: 'alpha', validFrom: '2026-01-01', amount: '71935.42', pack: 'box of 10', ...own })

function sendFile(door: Door, file: string | Uint8Array, filename = 'prices.csv', fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new File([typeof file === 'string' ? file : new Uint8Array(file)], filename))
  return door.ask(`${prices}/settlement/file`, { method: 'POST', body: form })
}

const problemOf = async (answer: Response) => [answer.status, Problem.parse(await answer.json()).error.code] as const

describe('retail prices', () => {
  const seen = async (door: Door, ask = '') => RetailPricesAnswer.parse(await door.read(`${prices}/retail${ask}`)).rows.map((one) => `${one.institution} ${one.amount}`)

  test('are told to the institution, its province and the regulator', async () => {
    const [H1, P1, H2] = [`H1 ${canary.H1}.57`, 'P1 3.00', `H2 ${canary.H2}.68`]
    for (const door of [doors.operator, doors.reader]) expect(await seen(door)).toEqual([H1, P1, H2])
    expect(await seen(doors.north)).toEqual([H1, P1])
    expect(await seen(doors.south)).toEqual([H2])
    expect(await seen(doors.H1)).toEqual([H1])
    expect(await seen(doors.north, '?institution=P1')).toEqual([P1])
    expect(await seen(doors.north, '?region=100100&drug=alpha')).toEqual([H1])
  })

  test('do not exist for anybody else, and who has not said who he is is asked to', async () => {
    for (const door of [doors.city, doors.acme, doors.auditor, doors.system, doors.elsewhere]) expect(await problemOf(await door.ask(`${prices}/retail`))).toEqual([404, 'path.not_found'])
    expect(await problemOf(await doors.public.ask(`${prices}/retail`))).toEqual([401, 'session.required'])
    expect(await problemOf(await doors.public.ask(`${prices}/retail`, { headers: { 'x-lastmile-command': world.services.commandToken } }))).toEqual([404, 'path.not_found'])
  })

  test('of another\'s institution or region are answered as those of one that there is not, in the same words', async () => {
    const said = async (door: Door, ask: string, code: string) => (await (await door.ask(`${prices}/retail?${ask}=${code}`)).text()).replaceAll(code, 'X')
    for (const [door, ask, foreign] of [[doors.north, 'institution', 'H2'], [doors.H1, 'institution', 'P1'], [doors.north, 'region', '200000'], [doors.north, 'region', '200100'], [doors.H1, 'region', '200000']] as const) {
      expect(await said(door, ask, foreign)).toBe(await said(door, ask, 'nothing-of-the-kind'))
    }
    expect(await problemOf(await doors.north.ask(`${prices}/retail?institution=H2`))).toEqual([404, 'institution.not_found'])
  })

  test('are held by nobody, and carry nothing by which they could be asked about again', async () => {
    for (let i = 0; i < 2; i++) {
      const answer = await doors.north.ask(`${prices}/retail`)
      expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
    }
    expect((await doors.north.ask(`${prices}/retail`, { headers: { 'if-none-match': '*' } })).status).toBe(200)
    expect((await doors.north.ask(`${prices}/retail`, { method: 'HEAD' })).headers.get('cache-control')).toBe('no-store')
  })

  test('come as CSV and XLSX, which hold what the answer holds', async () => {
    const csv = await doors.south.ask(`${prices}/retail?format=csv`)
    expect(csv.headers.get('cache-control')).toBe('no-store')
    expect((await csv.text()).split('\r\n')[1]).toBe(`alpha,H2,Name of H2,hospital,200000,200100,${canary.H2}.68,2026-06-20,${(await doors.south.read<RetailPricesAnswer>(`${prices}/retail`)).rows[0]!.report},2`)
    const told = JSON.stringify(await sheets(new Uint8Array(await (await doors.south.ask(`${prices}/retail?format=xlsx`)).arrayBuffer())))
    expect([standsIn(told, canary.H2), standsIn(told, canary.H1)]).toEqual([true, false])
  })

  test('a wrong parameter is refused, and so is one that there is not', async () => {
    expect(await problemOf(await doors.north.ask(`${prices}/retail?limit=0`))).toEqual([400, 'question.invalid'])
    expect(await problemOf(await doors.north.ask(`${prices}/retail?sort=amount-up`))).toEqual([400, 'question.unknown_parameter'])
    expect(await problemOf(await doors.north.ask(`${prices}/retail?drug=none`))).toEqual([404, 'drug.not_found'])
  })
})

describe('a settlement price', () => {
  test('is entered by the regulator, and told to him and to the company of the drug', async () => {
    const first = await enter(doors.operator, price())
    expect([first.status, first.headers.get('cache-control')]).toEqual([201, 'no-store'])
    expect(SettlementPrice.parse(await first.json())).toMatchObject({ ...price(), enteredBy: 'operator', replacedAt: null })
    expect((await enter(doors.operator, price())).status).toBe(200)
    expect((await enter(doors.operator, price({ amount: '71935.5' }))).status).toBe(201)
    const told = async (door: Door, ask = '') => SettlementPricesAnswer.parse(await door.read(`${prices}/settlement${ask}`)).rows.map((one) => one.amount)
    expect(await told(doors.operator)).toEqual(['71935.50'])
    expect(await told(doors.reader, '?history=true')).toEqual(['71935.50', '71935.42'])
    expect(await told(doors.acme, '?drug=alpha')).toEqual(['71935.50'])
    expect(await told(doors.bestco)).toEqual([])
    // Who of the regulator entered it is no business of the company's.
    const enteredBy = async (door: Door) => (await door.read<SettlementPricesAnswer>(`${prices}/settlement`)).rows.map((one) => Object.hasOwn(one, 'enteredBy'))
    expect([await enteredBy(doors.reader), await enteredBy(doors.acme)]).toEqual([[true], [false]])
    expect(await (await doors.acme.ask(`${prices}/settlement?format=csv`)).text()).not.toContain('operator')
  })

  test('of a rival does not exist for a company, and for others none does', async () => {
    const said = async (code: string) => (await (await doors.bestco.ask(`${prices}/settlement?drug=${code}`)).text()).replaceAll(code, 'X')
    expect(await said('alpha')).toBe(await said('nothing-of-the-kind'))
    for (const door of [doors.north, doors.H1, doors.city, doors.auditor, doors.elsewhere]) expect(await problemOf(await door.ask(`${prices}/settlement`))).toEqual([404, 'path.not_found'])
    for (const door of [doors.reader, doors.acme, doors.north, doors.elsewhere]) expect(await problemOf(await enter(door, price()))).toEqual([404, 'path.not_found'])
    expect(await problemOf(await enter(doors.public, price()))).toEqual([401, 'session.required'])
  })

  test.each([
    ['an amount in words', price({ amount: 'viele71935' }), 'amount'], ['an amount with a comma', price({ amount: '71,935.00' }), 'amount'], ['an amount that is a number', price({ amount: 71935 }), 'amount'],
    ['nothing', price({ amount: '0.00' }), 'amount'], ['nine digits, which no file may say either', price({ amount: '719350000' }), 'amount'], ['three decimals', price({ amount: '71935.123' }), 'amount'], ['a day that is none', price({ validFrom: '2026-02-30' }), 'validFrom'],
    ['no pack', price({ pack: ' ' }), 'pack'], ['a NUL', price({ drug: 'al\0pha' }), 'drug'], ['a line break in the pack', price({ pack: 'box\nof' }), 'pack'], ['a mark that nobody sees', price({ pack: 'bo\u200bx' }), 'pack'], ['a mark that turns what follows', price({ pack: '\u202exob' }), 'pack'], ['one field more', price({ currency: 'CNY' }), 'currency'],
  ])('that is wrong (%s) is refused with its field, and never repeated', async (_, body, field) => {
    const answer = await enter(doors.operator, body)
    const text = await answer.text()
    expect([answer.status, (JSON.parse(text) as Problem).error.field]).toEqual([400, field])
    expect(standsIn(text, '71935'), text).toBe(false)
  })

  test('of an unknown drug, on another site\'s word, or as no JSON, is refused', async () => {
    expect(await problemOf(await enter(doors.operator, price({ drug: 'none' })))).toEqual([404, 'drug.not_found'])
    const asked = (init: RequestInit) => doors.operator.ask(`${prices}/settlement`, { method: 'POST', ...init })
    expect(await problemOf(await asked({ body: JSON.stringify(price()), headers: { 'content-type': 'application/json', origin: 'http://elsewhere.example' } }))).toEqual([403, 'request.cross_site'])
    expect((await asked({ body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(400)
    expect((await asked({ body: JSON.stringify(price({ pack: 'x'.repeat(20_000) })), headers: { 'content-type': 'application/json' } })).status).toBe(413)
  })
})

describe('a file of settlement prices', () => {
  const told = async () => (await doors.operator.read<SettlementPricesAnswer>(`${prices}/settlement?drug=beta&history=true`)).rows.map((one) => `${one.validFrom} ${one.amount} ${one.pack}`)

  test('enters them all, in Chinese or English, as CSV or XLSX', async () => {
    const csv = await sendFile(doors.operator, '结算价目录,,,\n药品编码,生效日期,结算价,包装\nbeta,2026/1/5,71935.1,盒\nBETA,2026年2月1日,71936,盒\n')
    expect([csv.status, SettlementFileAnswer.parse(await csv.json())]).toEqual([200, { entered: 2, unchanged: 0, errors: [] }])
    expect(csv.headers.get('cache-control')).toBe('no-store')
    // A number cell holds what Excel made of 71935.1.
    const rows = [['pack', 'amount', 'drug_code', 'valid_from'], ['盒', '<c r="B2"><v>71935.100000000006</v></c>', 'beta', '2026-01-05'], ['盒', '71937', 'beta', '2026-02-01']]
    const xlsx = await sendFile(doors.operator, workbook({ sheets: [{ rows: rows.map((cells, i) => row(i + 1, cells)).join('') }] }), 'prices.xlsx')
    expect([xlsx.status, await xlsx.json()]).toEqual([200, { entered: 1, unchanged: 1, errors: [] }])
    expect(await told()).toEqual(['2026-02-01 71937.00 盒', '2026-02-01 71936.00 盒', '2026-01-05 71935.10 盒'])
  })

  test('in which anything is wrong enters nothing, and everything wrong is named by row and column, without a price', async () => {
    const before = await told()
    const file = ['drug_code,valid_from,amount,pack', 'beta,2026-03-01,5,盒', 'none,2026-02-30,71938元,', '71939,2026-03-01,0,盒', 'beta,2026-03-02,71,940.00,盒', 'beta,2026-03-01,6,盒', '#N/A,2026-03-03,71941.123,盒', `beta,2026-03-04,7,${'盒'.repeat(101)}`, 'beta,2026-03-05,7,盒\u202e']
    const answer = await sendFile(doors.operator, file.join('\n'))
    const text = await answer.text()
    expect(answer.status).toBe(422)
    const { errors, ...counts } = SettlementFileAnswer.parse(JSON.parse(text))
    expect(counts).toEqual({ entered: 0, unchanged: 0 })
    expect(errors.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '3 drug_code UNKNOWN_DRUG', '3 valid_from BAD_DATE', '3 amount BAD_PRICE', '3 pack MISSING_VALUE', '4 drug_code UNKNOWN_DRUG', '4 amount BAD_PRICE', '5 null TOO_MANY_FIELDS', '6 null DUPLICATE_ROW',
      '7 drug_code CELL_ERROR', '7 amount BAD_PRICE', '8 pack CELL_TOO_LONG', '9 pack CONTROL_CHARS',
    ])
    for (const digits of ['71938', '71939', '940', '71941']) expect(text).not.toContain(digits)
    expect(await told()).toEqual(before)
  })

  test.each([
    ['nothing', '', 'prices.csv', 400, 'file.empty_file'], ['a header alone', 'drug_code,valid_from,amount,pack\n', 'prices.csv', 400, 'file.no_data_rows'],
    ['a column too few', 'drug_code,valid_from,amount\nbeta,2026-03-01,71935', 'prices.csv', 400, 'file.header_missing_column'], ['a column twice', 'drug_code,valid_from,amount,结算价,pack\nbeta,2026-03-01,1,1,盒', 'prices.csv', 400, 'file.header_duplicate_column'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'prices.csv', 415, 'file.type_mismatch'], ['what is no workbook', 'drug_code', 'prices.xlsx', 415, 'file.type_mismatch'],
  ])('that is %s is refused', async (_, file, filename, status, code) => {
    const answer = await sendFile(doors.operator, file, filename)
    expect(await problemOf(answer)).toEqual([status, code])
  })

  test('that is no form, lacks its file, or comes with another field, is refused; and it is sent by nobody else', async () => {
    expect(await problemOf(await doors.operator.ask(`${prices}/settlement/file`, { method: 'POST', body: 'x' }))).toEqual([400, 'report.form'])
    const empty = new FormData()
    empty.set('other', '1')
    expect((await problemOf(await doors.operator.ask(`${prices}/settlement/file`, { method: 'POST', body: empty })))[0]).toBe(400)
    expect(await problemOf(await sendFile(doors.operator, 'x', 'x.csv', { source: 'north' }))).toEqual([400, 'request.field'])
    for (const door of [doors.reader, doors.acme, doors.elsewhere]) expect(await problemOf(await sendFile(door, 'drug_code,valid_from,amount,pack\nalpha,2026-01-01,1,盒'))).toEqual([404, 'path.not_found'])
  })
})

describe('price monitoring', () => {
  test('is the regulator\'s alone', async () => {
    const { drugs } = PriceMonitoringAnswer.parse(await doors.reader.read(`${prices}/monitoring?drug=alpha`))
    expect(drugs[0]!.spreads).toEqual([{ kind: 'hospital', sellers: 2, low: null, median: null, high: null }, { kind: 'pharmacy', sellers: 1, low: null, median: null, high: null }])
    expect((await doors.operator.ask(`${prices}/monitoring?format=csv`)).headers.get('cache-control')).toBe('no-store')
    for (const door of [doors.north, doors.H1, doors.acme, doors.auditor, doors.elsewhere]) expect(await problemOf(await door.ask(`${prices}/monitoring`))).toEqual([404, 'path.not_found'])
  })
})

describe('a kept file that carries prices', () => {
  test('is opened by those who may see the report, and does not exist for others', async () => {
    const { rows } = await doors.north.read<{ rows: { id: string; fileOpen: boolean }[] }>(`/api/lists/${listCode}/reports`)
    expect(rows.map((one) => one.fileOpen)).toEqual([true])
    const file = `/api/lists/${listCode}/reports/${rows[0]!.id}/file`
    expect(await (await doors.north.ask(file)).text()).toContain(canary.H1)
    for (const door of [doors.south, doors.H1, doors.acme]) expect((await door.ask(file)).status).toBe(404)
  })

  test('stays closed to an officer of the city, whose prices are not his, unless he sent it', async () => {
    const reports = `/api/lists/${listCode}/reports`
    const send = (door: Door, source: string) => door.send({ list: listCode, source, asOf: '2026-06-21', scope: '{"regions":["100100"]}', file: `institution_code,drug_code,status,price\nH1,alpha,in_stock,${canary.H1}.57` })
    const [theirs, own] = [await send(doors.north, 'north'), await send(doors.city, 'city-office')]
    expect([theirs.status, own.status]).toEqual([201, 201])
    const { rows } = await doors.city.read<{ rows: { id: string; fileOpen: boolean; sha256: string | null; bytes: number | null }[] }>(reports)
    expect(new Map(rows.map((one) => [one.id, one.fileOpen]))).toEqual(new Map([[theirs.receipt.id, false], [own.receipt.id, true]]))
    // A digest of the file, or its size, would let him try prices until one fits.
    expect(rows.map((one) => [one.fileOpen, one.sha256 !== null, one.bytes !== null]).sort()).toEqual([[false, false, false], [true, true, true]])
    expect((await doors.city.ask(`${reports}/${theirs.receipt.id}/file`)).status).toBe(404)
    expect((await doors.city.ask(`${reports}/${own.receipt.id}/file`)).status).toBe(200)
  })
})

test('nothing of a price was logged', () => {
  expect(log.filter((line) => [...Object.values(canary), '71935', '71936', '71937'].some((digits) => standsIn(line, digits)))).toEqual([])
})

test('an officer of a city cannot try out the price in a file that is not open to him by sending it himself', async () => {
  const theirs = doorOf(world.services, { role: 'province_officer', unit: '100000' })
  const file = (price: string) => `institution_code,drug_code,status,price\nH1,alpha,in_stock,${price}`
  const sent = { list: listCode, source: 'city-office', asOf: '2026-06-22', scope: '{"regions":["100100"]}' }
  const first = await theirs.send({ ...sent, file: file(`${canary.H1}.57`), headers: { 'Idempotency-Key': 'theirs' } })
  expect(first.status).toBe(201)
  /** What he is told of a right and of a wrong guess, but for what is new each time. */
  const told = async (own: Partial<Sent>) => {
    const answers = await Promise.all([`${canary.H1}.57`, `${canary.H1}.58`].map(async (price) => doors.city.send({ ...sent, file: file(price), ...own })))
    return answers.map(({ status, receipt: { outcome, reason, version, error } }) => [status, outcome, reason, version, error?.code])
  }
  for (const own of [{ dryRun: 'true' }, { dryRun: 'true', headers: { 'If-Match': '"1"' } }, { headers: { 'Idempotency-Key': 'theirs' } }]) {
    const [right, wrong] = await told(own)
    expect(right, JSON.stringify(own)).toEqual(wrong)
  }
})

test('a price that stands in the wrong column is in no error that an officer of a city reads, unless he sent the file', async () => {
  const file = `institution_code,drug_code,status\nH1,alpha,${canary.H1}.57`
  const { status, receipt } = await doors.north.send({ list: listCode, source: 'city-office', asOf: '2026-06-25', file })
  expect(status).toBe(422)
  const errors = async (door: Door, format: string) => (await door.ask(`/api/lists/${listCode}/reports/${receipt.id}/errors?format=${format}`)).text()
  expect(await errors(doors.north, 'json')).toContain(canary.H1)
  for (const format of ['json', 'csv']) {
    const told = await errors(doors.city, format)
    expect(told).toContain('status')
    expect(standsIn(told, canary.H1), told).toBe(false)
  }
})
