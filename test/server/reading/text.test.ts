import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uploadLimits } from '@lastmile/shared/source'
import { openContent } from '@lastmile/server/reading/content'
import { decode } from '@lastmile/server/reading/decode'
import { readCsv } from '@lastmile/server/reading/read-csv'
import { Warnings } from '@lastmile/server/reading/warnings'
import { errorsOf, header, read, reasonOf, rowsOf, warningsOf } from './world.js'

const line = 'H37010200001,D1,in_stock,2026-02-01,12.5'
const utf16 = (text: string, bigEndian = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('a text file is decoded without guessing', () => {
  test('UTF-8 with a byte order mark is read without a word', async () => {
    const outcome = await read(`\ufeff${header}\n${line}`)
    expect(rowsOf(outcome)).toHaveLength(1)
    expect(warningsOf(outcome)).toEqual([])
  })

  test('what Excel on Chinese Windows writes is read as GB18030, with a warning', async () => {
    const inStock = Buffer.from([0xd3, 0xd0, 0xbb, 0xf5])
    const outcome = await read(Buffer.concat([Buffer.from(`${header}\nH37010200001,D1,`), inStock, Buffer.from(',2026-02-01,')]))
    expect(rowsOf(outcome)).toMatchObject([{ status: 'in_stock' }])
    expect(warningsOf(outcome)).toEqual(['ENCODING_GB18030'])
  })

  test('UTF-16 with a byte order mark is read in either byte order', async () => {
    for (const bigEndian of [false, true]) {
      const outcome = await read(utf16(`${header}\n${line}`.replaceAll(',', '\t'), bigEndian))
      expect(rowsOf(outcome)).toHaveLength(1)
      expect(warningsOf(outcome)).toEqual(['ENCODING_UTF16'])
    }
  })

  test('UTF-16 without a mark, UTF-32, half a character and bytes of no encoding are refused', async () => {
    const text = `${header}\n${line}`
    const refused = [
      Buffer.from(text, 'utf16le'), Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(text)]), utf16(text).subarray(0, -1),
      Buffer.concat([Buffer.from(`\ufeff${text}`), Buffer.from([0xe6, 0x9c])]), Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xff])]),
    ]
    for (const bytes of refused) expect(reasonOf(await read(bytes))).toBe('ENCODING_INVALID')
  })
})

describe('what is no table is refused by its bytes', () => {
  test.each([
    ['PDF', '%PDF-1.7'], ['a web page', '<html><table>'], ['JSON', '{"rows": []}'], ['a web archive', 'MIME-Version: 1.0\n'],
  ])('%s is not a report, whatever its name', async (_, content) => {
    expect(reasonOf(await read(content))).toBe('TYPE_MISMATCH')
  })

  test('a text that calls itself a workbook is refused', async () => {
    expect(reasonOf(await read(`${header}\n${line}`, { filename: 'report.xlsx' }))).toBe('TYPE_MISMATCH')
  })

  test('an old .xls workbook and a workbook with a password are told apart', async () => {
    const container = (stream: string): Uint8Array => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(stream, 'utf16le')])
    expect(reasonOf(await read(container('Workbook')))).toBe('LEGACY_XLS')
    expect(reasonOf(await read(container('EncryptedPackage')))).toBe('ENCRYPTED')
  })

  test('a file without content, without rows or beyond a limit is refused for that', async () => {
    expect(reasonOf(await read(''))).toBe('EMPTY_FILE')
    expect(reasonOf(await read('\ufeff \r\n,,,\n'))).toBe('EMPTY_FILE')
    expect(reasonOf(await read(`${header}\n,,,,\n`))).toBe('NO_DATA_ROWS')
    expect(reasonOf(await read(`${header}\n${line}`, { limits: { maxUploadBytes: 20 } }))).toBe('TOO_LARGE')
    expect(reasonOf(await read(`${header}\n${line}\n${line}`, { limits: { maxRows: 1 } }))).toBe('TOO_MANY_ROWS')
    expect(reasonOf(await read(`${header},x,y\n${line},,`, { limits: { maxColumns: 6 } }))).toBe('TOO_MANY_COLUMNS')
  })
})

describe('a CSV is read strictly, and its rows are numbered as Excel shows them', () => {
  test.each([
    ['commas and CRLF', ',', '\r\n'], ['semicolons', ';', '\n'], ['tabs and old Mac line ends', '\t', '\r'],
  ])('%s are read', async (_, separator, end) => {
    expect(rowsOf(await read(`${header}${'\n'}${line}`.replaceAll(',', separator).replaceAll('\n', end)))).toHaveLength(1)
  })

  test('a title full of commas does not hide that semicolons separate', async () => {
    expect(rowsOf(await read(`note, with, many, commas, here\n${`${header}\n${line}`.replaceAll(',', ';')}`))).toMatchObject([{ line: 3 }])
  })

  test('a sep= line does not count as a row, blank lines and rows of commas do', async () => {
    expect(errorsOf(await read(`sep=;\r\n${header}\r\n\r\n,,,,\r\n${line}\r\nX,D1,in_stock,2026-02-01,`.replaceAll(',', ';')))).toEqual(['5:institution_code:BAD_INSTITUTION_CODE'])
  })

  test('a quoted field of several lines is one row', async () => {
    const outcome = await read(`${header},remark\n${line},"two\nlines, ""quoted"""\nX,D1,in_stock,2026-02-01,,`)
    expect(errorsOf(outcome)).toEqual(['3:institution_code:BAD_INSTITUTION_CODE'])
    expect(outcome.warnings).toEqual([{ code: 'EXTRA_COLUMN', column: 'remark' }])
  })

  test.each([
    ['a quote that is never closed', '"H37010200001,D1,in_stock,2026-02-01,'], ['a quote inside a bare field', 'H370"102"00001,D1,in_stock,2026-02-01,'],
    ['text after a closing quote', '"H37010200001"x,D1,in_stock,2026-02-01,'],
  ])('%s makes the whole file unreadable', async (_, bad) => {
    expect(reasonOf(await read(`${header}\n${line}\n${bad}\n`))).toBe('CSV_MALFORMED')
  })

  test('a row with too few or too many fields is named, and not judged further', async () => {
    expect(errorsOf(await read(`${header}\nX,D1,in_stock\n${line},more\n${line},,\n`))).toEqual(['2::TOO_FEW_FIELDS', '3::TOO_MANY_FIELDS'])
  })

  test('any table that is written with quotes is read back as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '有', '"', ',', ';', '\t', '\r', '\n', ' ', '\u2028') })
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }), (rows) => {
      const text = rows.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      const expected = rows.map((cells, at) => ({ row: at + 1, cells })).filter(({ cells }) => cells.some((value) => value.trim() !== ''))
      expect(readCsv(decode(openContent(new TextEncoder().encode(text)), new Warnings()), new Map(), uploadLimits)).toEqual(expected)
    }))
  })
})

describe('the header is found by its headings', () => {
  test('it may stand under titles in the first ten rows, in Chinese, in any order and case', async () => {
    const titles = '2026年2月配备情况表,,\n'.repeat(9)
    expect(rowsOf(await read(`${titles}状态,药品代码, 机构代码 ,Reported_On\n有货,D1,H37010200001,2026-02-01`))).toMatchObject([{ line: 11, price: null }])
    expect(reasonOf(await read(`${titles}\n${header}\n${line}`))).toBe('HEADER_MISSING_COLUMN')
  })

  test('a missing column is named, and two columns for one thing are refused', async () => {
    const outcome = await read('机构代码,药品代码,上报日期\nH37010200001,D1,2026-02-01')
    expect(outcome).toMatchObject({ reason: 'HEADER_MISSING_COLUMN', detail: expect.stringContaining('状态') as string })
    expect(reasonOf(await read(`${header},状态\n${line},有货`))).toBe('HEADER_DUPLICATE_COLUMN')
  })
})
