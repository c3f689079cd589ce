import { describe, expect, test } from 'vitest'
import { rowErrorWords } from '@lastmile/shared/row-error-words'
import { listCode } from '../../support/edition.js'
import { filledIn, partsOf } from '../../support/fill-workbook.js'
import { given } from '../../support/given.js'
import { row, workbook } from '../../trials/book.js'
import { doorOf } from './door.js'
import { sheets } from './sheets.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const

async function office() {
  const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100200', P1: '100200' } })
  const officer = doorOf(services, north)
  const send = (file: string | Uint8Array, filename = 'june.csv') => officer.send({ list: listCode, source: 'north', asOf: '2026-06-29', file, filename })
  const marked = async (id: string | null, language = 'zh') => {
    const answer = await officer.ask(`${list}/reports/${id}/errors/file?language=${language}`)
    expect(answer.status).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  return { services, officer, send, marked }
}

const file = ['North, June', 'institution_code,drug_code,status,price,note', 'H1,alpha,in_stock,12.50,good', 'H2,alpha,perhaps,13.37,=1+1', 'H9,alpha,in_stock,,', ',beta,in_stock,7.00,'].join('\n')
const texts = async (book: Uint8Array) => (await sheets(book))[0]!.rows.map((cells) => cells.map(({ text }) => text))

/** The cells of a first sheet that are filled as wrong ones. */
function red(book: Uint8Array): string[] {
  const parts = partsOf(book)
  const filled = [...parts.get('xl/styles.xml')!.split('<cellXfs')[1]!.matchAll(/<xf [^>]*fillId="(\d+)"/g)].map(([, fill]) => fill === '4')
  return [...parts.get('xl/worksheets/sheet1.xml')!.matchAll(/<c r="([A-Z]+\d+)" s="(\d+)"/g)].flatMap(([, cell, style]) => (filled[Number(style)] ? [cell!] : []))
}

describe('a file with errors comes back', () => {
  test('row for row as it was sent, its wrong cells marked and a last column that says why; its prices blank, and that said', async () => {
    const { send, marked } = await office()
    const { receipt } = await send(file)
    const book = await marked(receipt.id)
    const [note, heading] = ['价格已清空：再次报送前请重新填写，否则视为不报价格', '错误（再次报送时忽略）']
    expect(await texts(book)).toEqual([
      ['North', ' June'],
      ['institution_code', 'drug_code', 'status', 'price', 'note', heading, note],
      ['H1', 'alpha', 'in_stock', '', 'good'],
      ['H2', 'alpha', 'perhaps', '', '\'=1+1', 'status：状态无法识别。请使用规定的状态：已配备、缺货、未配备、可预订、不详等。'],
      ['H9', 'alpha', 'in_stock', '', '', 'institution_code：机构不在报送范围。该来源无权报送此机构，请删除该行。'],
      ['', 'beta', 'in_stock', '', '', 'institution_code：必填项为空。请填写，该列不得为空。'],
    ])
    expect(red(book)).toEqual(['F2', 'G2', 'C4', 'A5', 'A6'])
    const all = [...partsOf(book).values()].join('\n')
    expect(all).not.toMatch(/<f>|12\.50|13\.37|7\.00/)
    expect((await sheets(book))[1]!.rows.flat().map(({ text }) => text).join('\n')).toContain(`june.csv：3处错误（回执${receipt.number}）`)
  })

  test('and is mended in it and sent again: what we wrote into it is not read', async () => {
    const { send, marked } = await office()
    const book = await marked((await send(file)).receipt.id, 'en')
    const { status, receipt } = await send(filledIn(book, { C4: 'out_of_stock', D4: '13.37', A5: 'P1', A6: 'P1' }), 'mended.xlsx')
    expect([status, receipt.errors, receipt.storedCount]).toEqual([201, [], 4])
    expect(receipt.warnings).toEqual([{ code: 'EXTRA_COLUMN', column: 'note' }])
  })

  test('again, where it was mended in part: the column of errors is the one that it has', async () => {
    const { send, marked } = await office()
    const first = await marked((await send(file)).receipt.id, 'en')
    const again = await send(filledIn(first, { C4: 'out_of_stock', A5: 'H2' }), 'mended.xlsx')
    expect(again.receipt.errors.map(({ row: at, code }) => `${at} ${code}`)).toEqual(['4 CONFLICTING_ROW', '5 CONFLICTING_ROW', '6 MISSING_VALUE'])
    const rows = await texts(await marked(again.receipt.id, 'en'))
    expect(rows[1]).toHaveLength(7)
    const said = ({ word, mend }: (typeof rowErrorWords)['MISSING_VALUE']) => `${word.en}. ${mend.en}`
    expect(rows.slice(2).map((cells) => cells[5] ?? '')).toEqual(['', said(rowErrorWords.CONFLICTING_ROW), said(rowErrorWords.CONFLICTING_ROW), `institution_code: ${said(rowErrorWords.MISSING_VALUE)}`])
  })

  test('a workbook\'s numbers and days as such, a formula by its result, and a code that was kept from being eaten as the code', async () => {
    const { send, marked } = await office()
    const sent = workbook({ sheets: [{ rows: [
      row(1, ['institution_code', 'drug_code', 'status', 'observed_on', 'quantity']),
      row(2, ['H1', 'alpha', 'in_stock', '<c r="D2" s="1"><v>46200</v></c>', '<c r="E2"><v>3.5</v></c>']),
      row(3, ['=&#34;H2&#34;', 'alpha', 'perhaps', '<c r="D3" s="1"><v>46200.5</v></c>', '<c r="E3"><f>1+1</f><v>2</v></c>']),
    ].join('') }] })
    const book = await marked((await send(sent, 'june.xlsx')).receipt.id)
    const cells = (await sheets(book))[0]!.rows
    expect(cells[1]!.slice(3, 5)).toEqual([{ text: '2026-06-27', kind: 'date', formula: 'none' }, { text: '3.5', kind: 'number', formula: 'none' }])
    expect(cells[2]!.slice(0, 5).map(({ text, formula }) => `${text} ${formula}`)).toEqual(['H2 none', 'alpha none', 'perhaps none', '2026-06-27T12:00:00 none', '2 none'])
    const { receipt } = await send(filledIn(book, { C3: 'in_stock' }), 'mended.xlsx')
    expect([receipt.outcome, receipt.warnings]).toEqual(['accepted', [{ code: 'DATE_TIME_DROPPED', row: 3, column: 'observed_on' }]])
  })

  test('to whom it opens, and not where it has no errors; who looks is noted', async () => {
    const { services, officer, send } = await office()
    const { receipt } = await officer.send({ list: listCode, source: 'north', asOf: '2026-06-28', scope: JSON.stringify({ regions: ['100100'] }), file: 'institution_code,drug_code,status,price\nH1,alpha,perhaps,12.50' })
    const city = doorOf(services, { role: 'city_officer', unit: '100000', city: '100100' })
    const status = async (door: typeof city, id: string | null) => (await door.ask(`${list}/reports/${id}/errors/file`)).status
    expect((await city.ask(`${list}/reports/${receipt.id}/errors`)).status).toBe(200)
    expect([await status(city, receipt.id), await status(officer, receipt.id)]).toEqual([404, 200])
    expect(await status(officer, (await send('institution_code,drug_code,status\nH1,alpha,in_stock')).receipt.id)).toBe(409)
    const { entries } = await doorOf(services, { role: 'auditor' }).read<{ entries: { object: string }[] }>('/api/audit?action=report.file')
    expect(entries.map(({ object }) => object)).toEqual([receipt.id])
  })
})
