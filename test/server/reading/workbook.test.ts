import { describe, expect, test } from 'vitest'
import { serialDate } from '@lastmile/server/reading/excel-date'
import { showsDay } from '@lastmile/server/reading/styles'
import { headings, members, row, workbook, zip, type SheetSpec } from '../../trials/book.js'
import { errorsOf, read, reasonOf, rowsOf, warningsOf } from './world.js'

const sound = ['H37010200001', 'D1', 'in_stock', '2026-02-01', '12.5']
const sheet = (...rows: string[][]): SheetSpec => ({ rows: [headings, ...rows].map((cells, at) => row(at + 1, cells)).join('') })
const withDate = (cell: string): SheetSpec => sheet(['H37010200001', 'D1', 'in_stock', cell, ''])
const inFile = { filename: 'report.xlsx' }

describe('dates and numbers of a workbook', () => {
  test('a date cell is a day by the epoch of its workbook', async () => {
    expect(rowsOf(await read(workbook({ sheets: [withDate('<c r="D2" s="1"><v>46054</v></c>')] })))).toMatchObject([{ day: '2026-02-01', dayBasis: 'filed' }])
    expect(rowsOf(await read(workbook({ epoch1904: true, sheets: [withDate('<c r="D2" s="1"><v>44592</v></c>')] })))).toMatchObject([{ day: '2026-02-01' }])
  })

  test('a custom Chinese date form is a date, a number in General is none', async () => {
    const formats = ['yyyy"年"m"月"d"日"']
    expect(rowsOf(await read(workbook({ formats, sheets: [withDate('<c r="D2" s="2"><v>46054</v></c>')] })))).toHaveLength(1)
    expect(errorsOf(await read(workbook({ sheets: [withDate('<c r="D2"><v>46054</v></c>')] })))).toEqual(['2:reported_on:BAD_DATE'])
  })

  test('a time of day is dropped with a warning, never rounded to the next day', async () => {
    const outcome = await read(workbook({ sheets: [withDate('<c r="D2" s="1"><v>46054.99</v></c>')] }))
    expect(rowsOf(outcome)).toMatchObject([{ day: '2026-02-01' }])
    expect(warningsOf(outcome)).toEqual(['DATE_TIME_DROPPED'])
  })

  test('serial numbers around the day that never was are no days', () => {
    expect([0, 59, 60, 61, 2_958_466].map((serial) => serialDate(serial, false))).toEqual([null, null, null, '1900-03-01', null])
  })

  test('a form is a date if it shows a day, not if it shows a time or an amount', () => {
    expect(['yyyy-mm-dd', '[$-804]yyyy"年"m"月"', 'd/m', 'mmm', 'm/d/yy h:mm'].map(showsDay)).not.toContain(false)
    expect(['General', '0.00', '#,##0"元/day"', 'h:mm', '[h]:mm:ss', 'mm:ss', '@', '0.00E+00', '\\d0'].map(showsDay)).not.toContain(true)
  })

  test('a price that a float has blurred is read, one with three decimals is not', async () => {
    const outcome = await read(workbook({ sheets: [sheet([...sound.slice(0, 4), '<c r="E2"><v>999000.10000000009</v></c>'], ['H37010200002', ...sound.slice(1, 4), '<c r="E3"><v>1.29E6</v></c>'])] }))
    expect(rowsOf(outcome).map(({ price }) => price)).toEqual(['999000.10', '1290000.00'])
    expect(errorsOf(await read(workbook({ sheets: [sheet([...sound.slice(0, 4), '<c r="E2"><v>0.126</v></c>'])] })))).toEqual(['2:price:BAD_PRICE'])
  })
})

describe('formulas, errors and merged cells', () => {
  test('a formula is never computed: its cached value is taken, none is an error, a failed one too', async () => {
    const cached = await read(workbook({ sheets: [sheet(['H37010200001', '<c r="B2" t="str"><f>A1</f><v>D1</v></c>', ...sound.slice(2)])] }))
    expect(rowsOf(cached)).toMatchObject([{ drug: 'D1' }])
    expect(warningsOf(cached)).toEqual(['FORMULA_CACHED'])
    expect(errorsOf(await read(workbook({ sheets: [sheet(['H37010200001', '<c r="B2"><f>A1</f></c>', ...sound.slice(2)])] })))).toEqual(['2:drug_code:FORMULA_NO_VALUE'])
    expect(errorsOf(await read(workbook({ sheets: [sheet(['H37010200001', '<c r="B2" t="e"><v>#N/A</v></c>', ...sound.slice(2)])] })))).toEqual(['2:drug_code:CELL_ERROR'])
  })

  test('a merged value stands in its first row only', async () => {
    const merged = { ...sheet(sound, ['', 'D2', ...sound.slice(2)]), after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' }
    expect(errorsOf(await read(workbook({ sheets: [merged] })))).toEqual(['3:institution_code:MISSING_VALUE'])
  })

  test('pasted line breaks around a value are cut off with a warning', async () => {
    const outcome = await read(workbook({ sheets: [sheet(['H37010200001', '<c r="B2" t="str"><v>D1_x000D__x000A_</v></c>', ...sound.slice(2)])] }))
    expect(rowsOf(outcome)).toHaveLength(1)
    expect(warningsOf(outcome)).toEqual(['NORMALISED'])
  })
})

describe('which rows of which sheet are the report', () => {
  test('rows stored out of order, without numbers, or hidden are data', async () => {
    const rows = row(3, ['H37010200002', ...sound.slice(1)]) + row(2, sound, ' hidden="1"') + row(1, headings)
    const outcome = await read(workbook({ sheets: [{ rows }] }))
    expect(rowsOf(outcome).map(({ line }) => line)).toEqual([2, 3])
    expect(outcome.warnings).toEqual([{ code: 'HIDDEN_ROWS', row: 2 }])
    const bare = [headings, sound].map((cells) => row(0, cells).replace(/ r="[^"]*"/g, '')).join('')
    expect(rowsOf(await read(workbook({ sheets: [{ rows: bare }] })))).toMatchObject([{ line: 2 }])
  })

  test('a sheet of instructions is passed over, a hidden sheet ignored with a warning, two reports are ambiguous', async () => {
    const notes = { rows: row(1, ['请按模板填写']) }
    expect(rowsOf(await read(workbook({ sheets: [notes, sheet(sound)] })))).toHaveLength(1)
    expect(warningsOf(await read(workbook({ sheets: [sheet(sound), { ...sheet(sound), state: 'veryHidden' }] })))).toEqual(['HIDDEN_SHEET_IGNORED'])
    expect(reasonOf(await read(workbook({ sheets: [sheet(sound), sheet(sound)] })))).toBe('AMBIGUOUS_SHEETS')
    expect(reasonOf(await read(workbook({ sheets: [{ ...sheet(sound), state: 'hidden' }] })))).toBe('NO_WORKSHEET')
    expect(reasonOf(await read(workbook({ sheets: [{ rows: '' }] })))).toBe('EMPTY_FILE')
  })

  test('a workbook in the strict dialect, and one with prefixes, is read', async () => {
    expect(rowsOf(await read(workbook({ space: 'http://purl.oclc.org/ooxml/spreadsheetml/main', sheets: [sheet(sound)] })))).toHaveLength(1)
    const prefixed = members({ sheets: [sheet(sound)] }).map((member) => member.name !== 'xl/worksheets/sheet1.xml' ? member : {
      ...member, content: (member.content as string).replace(/<(\/?)(?=[a-z])/g, '<$1q:').replace('xmlns=', 'xmlns:q='),
    })
    expect(rowsOf(await read(zip(prefixed)))).toHaveLength(1)
  })

  test('two rows with one number, or a value far to the right, are refused', async () => {
    expect(reasonOf(await read(workbook({ sheets: [{ rows: row(1, headings) + row(2, sound) + row(2, sound) }] })))).toBe('ARCHIVE_CORRUPT')
    expect(reasonOf(await read(workbook({ sheets: [sheet([...sound, '<c r="ZZ2"><v>1</v></c>'])] })))).toBe('TOO_MANY_COLUMNS')
    expect(rowsOf(await read(workbook({ sheets: [sheet([...sound, '<c r="ZZ2" s="1"/>'])] })))).toHaveLength(1)
  })
})

describe('a hostile or damaged archive is refused before it can do harm', () => {
  const book = members({ sheets: [sheet(sound)] })
  const change = (name: string, patch: object) => book.map((member) => (member.name === name ? { ...member, ...patch } : member))
  const sheetName = 'xl/worksheets/sheet1.xml'
  const junk = new Uint8Array([1, 2, 3])
  test.each([
    ['a changed byte that only the checksum shows', zip(change(sheetName, { crc: 1 })), 'ARCHIVE_CORRUPT'],
    ['a member that grows beyond what it declares', zip(change(sheetName, { size: 10 })), 'ARCHIVE_BOMB'],
    ['a member that is shorter than it declares', zip(change(sheetName, { size: 5000 })), 'ARCHIVE_CORRUPT'],
    ['encrypted members', zip(change(sheetName, { flags: 1 })), 'ENCRYPTED'],
    ['two members of one name', zip([...book, { name: sheetName.toUpperCase(), content: 'x' }]), 'ARCHIVE_UNSAFE'],
    ['members that overlap', zip([...book, { name: '[Content_Types].xmm', content: book[0]!.content, at: 0 }]), 'ARCHIVE_UNSAFE'],
    ['a name that climbs out', zip([...book, { name: 'xl/../../etc/passwd', content: 'x' }]), 'ARCHIVE_UNSAFE'],
    ['a link', zip([...book, { name: 'xl/link', content: '/etc/passwd', mode: 0o120777 }]), 'ARCHIVE_UNSAFE'],
    ['a member that grows a thousandfold', zip([...book, { name: 'xl/media/a.xml', content: ' '.repeat(4e6) }]), 'ARCHIVE_BOMB'],
    ['sizes that add up beyond the limit', zip([...book, { name: 'a', content: 'x', size: 2e8 }, { name: 'b', content: 'x', size: 2e8 }]), 'ARCHIVE_BOMB'],
    ['too many members', zip([...book, ...Array.from({ length: 200 }, (_, at) => ({ name: `m${at}`, content: '' }))]), 'ARCHIVE_BOMB'],
    ['bytes after the archive', Buffer.concat([zip(book), junk]), 'ARCHIVE_CORRUPT'],
    ['bytes before the archive', Buffer.concat([junk, zip(book)]), 'ARCHIVE_CORRUPT'],
    ['half an archive', zip(book).subarray(0, 900), 'ARCHIVE_CORRUPT'],
    ['a document type', workbook({ doctype: '<!DOCTYPE x [<!ENTITY a "b">]>', sheets: [sheet(sound)] }), 'XML_UNSAFE'],
    ['nesting without end', workbook({ sheets: [{ rows: '<a>'.repeat(500) }] }), 'XML_UNSAFE'],
    ['a sheet that ends early', workbook({ sheets: [{ rows: `${row(1, headings)}<row r="2">` }] }), 'ARCHIVE_CORRUPT'],
    ['a part that is named and missing', zip(book.filter(({ name }) => name !== 'xl/styles.xml')), 'ARCHIVE_CORRUPT'],
    ['macros', zip([...book, { name: 'xl/vbaProject.bin', content: 'x' }]), 'MACRO'],
    ['another kind of document', zip([{ name: 'word/document.xml', content: '<w/>' }]), 'TYPE_MISMATCH'],
  ])('%s', async (_, bytes, reason) => {
    expect(reasonOf(await read(bytes, inFile))).toBe(reason)
  })
})
