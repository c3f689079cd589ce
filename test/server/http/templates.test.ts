import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listCode } from '../../support/edition.js'
import { filledIn, partsOf } from '../../support/fill-workbook.js'
import { given } from '../../support/given.js'
import { statements } from '../../support/ask.js'
import { doorOf, repository, type Door } from './door.js'
import { sheets } from './sheets.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const

/** The monthly profile of the Chinese list, for institutions of this small world. */
const monthly = JSON.stringify({ ...JSON.parse(readFileSync(join(repository, 'db/editions/profiles/cn-monthly.json'), 'utf8')) as object, code: 'words', institutionCodePattern: '^[HP]\\d+$' })

/** North reported H1 and P1 in May; H2 is eligible for alpha and was not reported yet, H3 is closed, H9 another province's. */
async function world() {
  const made = await given({
    today: '2026-06-30', files: { 'words.json': monthly }, institutions: { H1: '100100', H2: '100200', P1: '100200', H3: { at: '100100', closed: '2026-06-01' }, H9: '200100' },
    eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }],
    reports: [{ source: 'north', asOf: '2026-05-31', period: null, rows: ['H1 alpha in_stock filed=2026-05-30', 'P1 beta not_carried filed=2026-05-30 reason=cold_chain'] }],
  })
  const officer = doorOf(made.services, north)
  const template = async (query = 'period=2026-06') => {
    const answer = await officer.ask(`${list}/sources/north/template?${query}`)
    expect(answer.status).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const send = (file: string | Uint8Array, filename = 'template.xlsx') => officer.send({ list: listCode, source: 'north', period: '2026-06', file, filename })
  return { made, officer, template, send }
}

const columns = ['定点医药机构代码', '机构名称', '所在城市', '药品代码', '药品名称', '上期状态（空白行不报送）', '上期日期', '配备状态', '上报日期', '观察日期', '原因', '天数', '数量', '价格']

describe('a template', () => {
  test('has the pairs that were reported last and those that are eligible, what was said of them, and nothing in the place of what is to be said', async () => {
    const { template } = await world()
    const [data, instructions] = await sheets(await template())
    expect(data!.rows[0]![0]!.text).toBe('north 2026-06 填报模板')
    expect(data!.rows.slice(2).map((row) => row.map(({ text }) => text))).toEqual([
      columns,
      ['H1', 'Name of H1', 'City 100100', 'alpha', 'alpha', '有货', '2026-05-30', '', '2026-06-30'],
      ['H2', 'Name of H2', 'City 100200', 'alpha', 'alpha', '', '', '', '2026-06-30'],
      ['P1', 'Name of P1', 'City 100200', 'beta', 'beta', '未配备', '2026-05-30', '', '2026-06-30'],
    ])
    const told = instructions!.rows.flat().map(({ text }) => text).join('\n')
    for (const words of ['未报送', 'is not reported', '2026-06', '2026-07-10', '断货', 'run out']) expect(told).toContain(words)
  })

  test('is filled in and taken: what was left blank is not reported, and the receipt says how many rows that were', async () => {
    const { made, template, send } = await world()
    const { status, receipt } = await send(filledIn(await template(), { H4: '有货', H6: '缺货', L6: '3' }))
    expect([status, receipt.outcome, receipt.rowsTotal, receipt.storedCount]).toEqual([201, 'accepted', 2, 2])
    expect(receipt.warnings).toEqual([{ code: 'ROWS_LEFT_BLANK', count: 1 }])
    const said = (await statements(made, { evidence: 'confirmed' })).map(({ institution, drug, state }) => `${institution} ${drug} ${state}`)
    expect(said.sort()).toEqual(['H1 alpha in_stock', 'P1 beta out_of_stock'])
  })

  test('takes rows that are added below its last', async () => {
    const { template, send } = await world()
    const { receipt } = await send(filledIn(await template(), { H4: '有货', A7: 'P1', D7: 'gamma', H7: '可预订', I7: '2026-06-20', L7: '5' }))
    expect([receipt.outcome, receipt.storedCount]).toEqual(['accepted', 2])
  })

  test('of which nothing is filled in is refused: it would else say of everything that nobody reported it', async () => {
    const { template, send } = await world()
    const { status, receipt } = await send(await template())
    expect([status, receipt.reason]).toEqual([400, 'NO_DATA_ROWS'])
  })

  test('with a figure and no status in a row has an error there', async () => {
    const { template, send } = await world()
    const { receipt } = await send(filledIn(await template(), { H4: '有货', M5: '7' }))
    expect(receipt.errors).toEqual([{ row: 5, column: 'status', code: 'MISSING_VALUE', value: null }])
  })

  test('as CSV says and takes the same', async () => {
    const { template, send } = await world()
    const csv = Buffer.from(await template('period=2026-06&format=csv')).toString()
    const [head, first, ...others] = csv.split('\r\n')
    expect(head!.replace('\uFEFF', '').split(',')).toEqual(columns)
    const cells = first!.split(',')
    cells[7] = '有货'
    const { receipt } = await send([head, cells.join(','), ...others].join('\r\n'), 'template.csv')
    expect([receipt.outcome, receipt.storedCount, receipt.warnings]).toEqual(['accepted', 1, [{ code: 'ROWS_LEFT_BLANK', count: 2 }]])
  })

  test('is narrowed to a city, a kind or a drug, and has English headings and words where they are asked for', async () => {
    const { template } = await world()
    const codes = async (query: string) => (await sheets(await template(query)))[0]!.rows.slice(3).map(([code]) => code!.text)
    expect([await codes('region=100200'), await codes('kind=pharmacy'), await codes('drug=alpha')]).toEqual([['H2', 'P1'], ['P1'], ['H1', 'H2']])
    const english = (await sheets(await template('language=en')))[0]!.rows
    expect(english[2]!.slice(0, 8).map(({ text }) => text)).toEqual(['institution_code', 'institution_name', 'city_name', 'drug_code', 'drug_name', 'Last status (rows left blank are not reported)', 'last_day', 'status'])
    expect(english[3]![5]!.text).toBe('in_stock')
  })

  test('is refused for supplies, for a time to come, and beyond the source\'s scope', async () => {
    const { made, officer } = await world()
    const operator = doorOf(made.services)
    const status = async (door: Door, path: string) => (await door.ask(`${list}/sources/${path}`)).status
    expect([await status(operator, 'sales/template'), await status(officer, 'north/template?period=2026-07'), await status(officer, 'north/template?region=200000'), await status(officer, 'south/template'), await status(officer, 'north/template?period=2026-06&asOf=2026-06-01')])
      .toEqual([409, 400, 403, 404, 400])
  })
})

test('an ordinary file with a blank status has an error as before, whatever other column it has', async () => {
  const { send } = await world()
  const { receipt } = await send('institution_code,drug_code,status,reported_on,上期状态\nH1,alpha,,2026-06-20,有货', 'report.csv')
  expect([receipt.errors, receipt.warnings]).toEqual([[{ row: 2, column: 'status', code: 'MISSING_VALUE', value: null }], [{ code: 'EXTRA_COLUMN', column: '上期状态' }]])
})

test('the workbook holds to the schema: elements in their order, locked but for what is to be filled in, with rules of what may be typed', async () => {
  const { template } = await world()
  const parts = partsOf(await template())
  const sheet = parts.get('xl/worksheets/sheet1.xml')!
  const inOrder = ['sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData', 'sheetCalcPr', 'sheetProtection', 'protectedRanges', 'scenarios', 'autoFilter', 'sortState', 'dataConsolidate', 'customSheetViews', 'mergeCells', 'phoneticPr', 'conditionalFormatting', 'dataValidations', 'hyperlinks', 'printOptions', 'pageMargins', 'pageSetup', 'headerFooter']
  const children = childrenOf(sheet)
  expect(children).toEqual(inOrder.filter((name) => children.includes(name)))
  expect(children).toEqual(expect.arrayContaining(['sheetProtection', 'autoFilter', 'dataValidations']))
  const unlocked = [...parts.get('xl/styles.xml')!.split('<cellXfs')[1]!.matchAll(/<xf .*?<\/xf>/gs)].map(([style]) => style.includes('locked="0"'))
  const locks = (at: number) => [...sheet.matchAll(new RegExp(`<c r="([A-Z]+)${at}" s="(\\d+)"`, 'g'))].map(([, column, style]) => `${column}${unlocked[Number(style)] ? '' : ' locked'}`)
  expect(locks(4)).toEqual(['A locked', 'B locked', 'C locked', 'D locked', 'E locked', 'F locked', 'G locked', 'I'])
  expect([...sheet.matchAll(/<col [^>]*style="(\d+)"/g)].every(([, style]) => unlocked[Number(style)])).toBe(true)
  expect(sheet).toContain('<formula1>&#34;有货,可预订,缺货,未配备,停止配备,不详&#34;</formula1>')
  expect(sheet).toMatch(/<dataValidation type="date"[^>]*sqref="I4:I506"><formula1>46174<\/formula1><formula2>46203<\/formula2>/)
  expect(sheet).not.toContain('<f>')
  expect(childrenOf(parts.get('xl/styles.xml')!)).toEqual(['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles'])
  expect(childrenOf(parts.get('xl/workbook.xml')!)).toEqual(['bookViews', 'sheets', 'definedNames'])
})

describe('where there are more pairs than a person can fill in', () => {
  let door: Door
  beforeAll(async () => {
    const { services } = await given({ today: '2026-06-30', institutions: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`H${i}`, i % 3 === 0 ? '100200' : '100100'])), eligibility: ['alpha', 'beta'].map((drug) => ({ drug, rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] })) })
    door = doorOf(services, north)
  }, 120_000)

  test('it is refused with how many they are, and made for a part of them', async () => {
    const refused = await door.ask(`${list}/sources/north/template`)
    expect([refused.status, ((await refused.json()) as { error: { message: string } }).error.message]).toEqual([413, expect.stringContaining('20002 rows')])
    const part = await door.ask(`${list}/sources/north/template?drug=alpha`)
    expect((await sheets(new Uint8Array(await part.arrayBuffer())))[0]!.rows).toHaveLength(10_004)
  })
})

/** The names of the elements directly below the root of an XML text. */
function childrenOf(xml: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const [tag, closing, name, single] of xml.replace(/<\?.*?\?>/g, '').matchAll(/<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g)) {
    if (closing) depth--
    else {
      if (depth === 1) names.push(name!)
      if (!single && !tag.endsWith('/>')) depth++
    }
  }
  return names
}
