import { deflateRawSync, gzipSync } from 'node:zlib'
import { headings, members, row, workbook, zip, type SheetSpec } from '../../trials/book.js'

/*
 * What uploads look like in life and under attack, beside the files of the corpus: each with the word for what becomes of
 * it. `accept`, a reason for refusing the file, or the errors of its rows as `row:column:CODE`; warnings after a plus.
 */

export interface Variant { name: string; file: string | Uint8Array; filename?: string; period?: string; becomes: string }

const head = 'institution_code,drug_code,status,reported_on,price'
const good = 'H37010200001,CID2025001,in_stock,2026-02-05,12.50'
const csv = (...lines: string[]) => [head, ...lines].join('\n')
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const bytes = (...pieces: (string | number[])[]) => Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))))
const text = (name: string, file: string | Uint8Array, becomes: string, own: Partial<Variant> = {}): Variant => ({ name, file, becomes, filename: 'report.csv', ...own })
/** A report of one row in which one cell is another. */
const cell = (column: number, value: string, becomes: string, own: Partial<Variant> = {}): Variant => {
  const cells = good.split(',')
  cells[column] = value
  return text(`${head.split(',')[column]} "${value.slice(0, 30).replaceAll('\0', '␀')}"`, csv(cells.join(',')), becomes, own)
}

const [institution, drug, status, day, price] = [0, 1, 2, 3, 4]
/** 有货 and 备注 as GB18030. */
const [inStock, remark] = [[0xd3, 0xd0, 0xbb, 0xf5], [0xb1, 0xb8, 0xd7, 0xa2]]

export const texts: Variant[] = [
  text('UTF-8 with a mark', `\ufeff${csv(good)}`, 'accept'), text('UTF-16, little end first, with commas', utf16(csv(good)), 'accept +ENCODING_UTF16'), text('UTF-16, big end first', utf16(csv(good), true), 'accept +ENCODING_UTF16'),
  text('UTF-16, big end first, without a mark', utf16(csv(good), true).subarray(2), 'ENCODING_INVALID'), text('UTF-16 that ends within a letter', utf16(csv(good)).subarray(0, -1), 'ENCODING_INVALID'),
  text('UTF-16 with half a pair', bytes([...utf16(csv(good))], [0x00, 0xd8, 0x2c, 0x00]), 'ENCODING_INVALID'), text('UTF-32', bytes([0xff, 0xfe, 0, 0, 0x69, 0, 0, 0]), 'ENCODING_INVALID'),
  text('GB18030 with a letter of four bytes', bytes(`${head},`, remark, `\n${good.replace('in_stock,', '')}`.replace('CID2025001,', 'CID2025001,in_stock,'), ',', [0x82, 0x35, 0x87, 0x38], '\n'), 'accept +ENCODING_GB18030 +EXTRA_COLUMN'),
  text('GB18030 with a status in Chinese', bytes(csv(good.replace('in_stock', '@')).split('@')[0]!, inStock, csv(good.replace('in_stock', '@')).split('@')[1]!), 'accept +ENCODING_GB18030'),
  text('GB18030 that ends within a letter', bytes(csv(good), '\nH37010200002,CID2025001,', [0xd3]), 'ENCODING_INVALID'), text('the mark of UTF-8 before GB18030', bytes([0xef, 0xbb, 0xbf], csv(good), '\n', inStock), 'ENCODING_INVALID'),
  text('UTF-8 with one row of GB18030 pasted in', bytes(csv(good.replace('in_stock', '有货')), '\nH37010200002,CID2025001,', inStock, ',2026-02-05,'), 'ENCODING_INVALID'), text('UTF-8 whose last letter is cut', bytes(csv(good), '\nH37010200002,CID2025001,', [0xe6, 0x9c]), '3::TOO_FEW_FIELDS +ENCODING_GB18030'), text('UTF-8 in Chinese whose last letter is cut', bytes(csv(good.replace('in_stock', '有货')), '\nH37010200002,CID2025001,', [0xe6, 0x9c]), 'ENCODING_INVALID'),
  text('LF', csv(good), 'accept'), text('line ends of all three kinds', `${head}\r\n${good}\rH37010200002,CID2025001,in_stock,2026-02-05,\nP37010200001,CID2025001,in_stock,2026-02-05,`, 'accept'),
  text('tabs', csv(good).replaceAll(',', '\t'), 'accept'), text('pipes', csv(good).replaceAll(',', '|'), 'accept'), text('sep=; and semicolons', `sep=;\n${csv(good).replaceAll(',', ';')}`, 'accept'),
  text('every field in quotes', csv(good).replace(/[^,\n]+/g, '"$&"'), 'accept'), text('quotes around some, and doubled inside', csv(`${good},`).replace('price', 'price,remark').replace(/,$/, ',"a ""b"", c"'), 'accept +EXTRA_COLUMN'),
  text('text after a closing quote', csv(`"H37010200001"x${good.slice(12)}`), 'CSV_MALFORMED'), text('a last quote that opens and never closes', csv(good, '"'), 'CSV_MALFORMED'),
  text('a comma at the end of every row', csv(good).replaceAll('\n', ',\n') + ',', 'accept'), text('a row with a field too few', csv(good, 'H37010200002,CID2025001,in_stock'), '3::TOO_FEW_FIELDS'), text('a row with a field too many', csv(good, 'H37010200002,CID2025001,in_stock,2026-02-05,1,299.00'), '3::TOO_MANY_FIELDS'),
  text('headings in capitals, with spaces, full-width', ' INSTITUTION_CODE ,Drug_Code,ｓｔａｔｕｓ,\u3000reported_on,price\u00a0\n' + good, 'accept'), text('one heading twice', `${head},status\n${good},in_stock`, 'HEADER_DUPLICATE_COLUMN'), text('one field under two headings', `${head},机构代码\n${good},H37010200002`, 'HEADER_DUPLICATE_COLUMN'),
  text('a column that nobody knows', `${head},库管员\n${good},某人`, 'accept +EXTRA_COLUMN'), text('a heading with a zero-width space', csv(good).replace('status', 'sta\u200btus'), 'HEADER_MISSING_COLUMN'),
  text('the header in row 10', `${'说明\n'.repeat(9)}${csv(good)}`, 'accept'), text('the header in row 11', `${'说明\n'.repeat(10)}${csv(good)}`, 'HEADER_MISSING_COLUMN'),
  text('the header again in the middle', csv(good, head, 'H37010200002,CID2025001,in_stock,2026-02-05,'), '3:institution_code:BAD_INSTITUTION_CODE 3:drug_code:UNKNOWN_DRUG 3:status:BAD_STATUS 3:reported_on:BAD_DATE 3:price:BAD_PRICE'),
  text('64 columns', csv(good).split('\n').map((line, at) => line + Array.from({ length: 59 }, (_, more) => (at === 0 ? `,x${more}` : ',')).join('')).join('\n'), 'accept +EXTRA_COLUMN'), text('65 columns', csv(good).split('\n').map((line, at) => line + Array.from({ length: 60 }, (_, more) => (at === 0 ? `,x${more}` : ',')).join('')).join('\n'), 'TOO_MANY_COLUMNS'),
  text('200,001 rows', `${head}\n${`${good}\n`.repeat(200_001)}`, 'TOO_MANY_ROWS|TOO_LARGE'), text('more than ten megabytes', `${head}\n${'\n'.repeat(10 * 1024 * 1024)}${good}`, 'TOO_LARGE'),
  text('no bytes', '', 'EMPTY_FILE'), text('white space alone', ' \r\n\t\r\n \u3000\r\n', 'EMPTY_FILE'), text('commas alone', ',,,,\n,,,,\n', 'EMPTY_FILE|HEADER_MISSING_COLUMN'), text('the header and empty rows', `${head}\n,,,,\n\n,,,,`, 'NO_DATA_ROWS'), text('zeros alone', Buffer.alloc(400), 'ENCODING_INVALID|HEADER_MISSING_COLUMN|EMPTY_FILE'),
  text('the same row three times', csv(good, good, good), '3::DUPLICATE_ROW 4::DUPLICATE_ROW'), text('a row and its contradiction', csv(good, good.replace('in_stock', '缺货')), '2::CONFLICTING_ROW 3::CONFLICTING_ROW'), text('twice alike, once otherwise', csv(good, good, good.replace('12.50', '13.00')), '2::CONFLICTING_ROW 3::CONFLICTING_ROW 4::CONFLICTING_ROW'),
  text('one code in two cases', csv(good, good.toLowerCase()), '3::DUPLICATE_ROW'), text('a price in two writings', csv(good, good.replace('12.50', '12.5')), '3::DUPLICATE_ROW'), text('one institution, two drugs', csv(good, good.replace('5001', '5002')), 'accept'),
  text('the end mark of DOS', `${csv(good)}\n\x1a`, '3::TOO_FEW_FIELDS'),
]

export const cellsOfRows: Variant[] = [
  cell(institution, 'h37010200001', 'accept'), cell(institution, 'Ｈ３７０１０２００００１', 'accept +NORMALISED'), cell(institution, 'H37010200001 ', 'accept'), cell(institution, 'H37010200001\u00a0', 'accept +NORMALISED'), cell(institution, '\tH37010200001', 'accept +NORMALISED'),
  ...['Н37010200001', 'H370102 00001', 'H37010200001\u200b', '\u202eH37010200001', 'H٣٧010200001', 'C37010200001', 'H3701020000', 'H370102000011', '37010200001', '3.7E+10', '示例医院', 'H37010200001\';--'].map((code) => cell(institution, code, '2:institution_code:BAD_INSTITUTION_CODE')),
  cell(institution, '', '2:institution_code:MISSING_VALUE'), cell(institution, 'H37010200099', '2:institution_code:INSTITUTION_INACTIVE'), cell(institution, 'H37019999999', '2:institution_code:UNKNOWN_INSTITUTION'), cell(institution, 'H31010100001', '2:institution_code:INSTITUTION_OUT_OF_SCOPE'), cell(institution, 'H31999999999', '2:institution_code:INSTITUTION_OUT_OF_SCOPE'), cell(institution, 'H37\x0710200001', '2:institution_code:CONTROL_CHARS'), cell(institution, 'H37010\x0000001', '2:institution_code:CONTROL_CHARS'),
  cell(drug, 'cid2025001', 'accept'), cell(drug, '"=""CID2025001"""', 'accept +NORMALISED'), cell(drug, '\'CID2025001', 'accept +NORMALISED'), cell(drug, '=CID2025001', '2:drug_code:UNKNOWN_DRUG'), cell(drug, 'CID2025999', '2:drug_code:UNKNOWN_DRUG'), cell(drug, 'CID-2025-001', '2:drug_code:UNKNOWN_DRUG'), cell(drug, '', '2:drug_code:MISSING_VALUE'), cell(drug, '__proto__', '2:drug_code:UNKNOWN_DRUG'), cell(drug, `"${'C'.repeat(2_001)}"`, '2:drug_code:CELL_TOO_LONG'),
  cell(status, ' In_Stock ', 'accept'), cell(status, 'ｉｎ＿ｓｔｏｃｋ', 'accept +NORMALISED'), cell(status, '有货\u3000', 'accept +NORMALISED'), cell(status, '停止配备', 'accept'),
  ...['1', '是', '有', 'in stock', 'instock', '有货。', '有\u200b货', '=1+1', '=cmd|\'/C calc\'!A0', '@SUM(1)', 'constructor', 'ın_stock', '有货缺货'].map((word) => cell(status, word, '2:status:BAD_STATUS')), cell(status, '', '2:status:MISSING_VALUE'), cell(status, '\u3000', '2:status:MISSING_VALUE'), cell(status, '#N/A', '2:status:CELL_ERROR'), cell(status, '"有\n货"', '2:status:CONTROL_CHARS'),
  ...['2026/2/5', '2026/02/05', '2026年2月5日', '2026年02月05日', '20260205'].map((written) => cell(day, written, 'accept +DATE_FORMAT')), cell(day, '２０２６－０２－０５', 'accept +NORMALISED'), cell(day, '2026-02-01', 'accept'), cell(day, '2026-02-28', 'accept'), cell(day, '2024-02-29', 'accept', { period: '2024-02' }),
  ...['2026-02-29', '2026-02-30', '2026-13-01', '2026-2-5', '2026.02.05', '05/02/2026', '02/05/2026', '5-Feb-26', '26-02-05', '2026年2月', '2026-02', '46058', '46058.5', '2026-02-05 10:30', '2026-02-05T00:00:00Z', '2026-02-05+08:00', '2026/2/5 0:00', '民国115年2月5日', '今天', '0', '-1', '1900-02-29', '0000-00-00'].map((written) => cell(day, written, '2:reported_on:BAD_DATE')),
  cell(day, '2026-01-31', '2:reported_on:DATE_OUT_OF_PERIOD'), cell(day, '2026-03-01', '2:reported_on:DATE_OUT_OF_PERIOD'), cell(day, '2062-02-05', '2:reported_on:DATE_IN_FUTURE'), cell(day, '2026-03-05', 'accept', { period: '2026-03' }), cell(day, '2026-03-06', '2:reported_on:DATE_IN_FUTURE', { period: '2026-03' }), cell(day, '', '2:reported_on:MISSING_VALUE'),
  ...['', '12', '12.5', '0.01', '99999999.99', '00012.50', ' 12.50 '].map((written) => cell(price, written, 'accept')), cell(price, '１２．５', 'accept +NORMALISED'),
  ...['0', '0.00', '-1', '+1', '1e3', '"1,299.00"', '12.345', '12元', '.5', '5.', 'NaN', 'Infinity', '0x10', '100000000', '12.5.0', '1 299', '免费'].map((written) => cell(price, written, '2:price:BAD_PRICE')), cell(price, '￥12', '2:price:BAD_PRICE +NORMALISED'), cell(price, '１２。５', '2:price:BAD_PRICE +NORMALISED'), cell(price, '#DIV/0!', '2:price:CELL_ERROR'),
]

const sheetRow = (number: number, ...own: string[]) => row(number, Object.assign(good.split(','), own))
const book = (rows: string, more: Partial<Parameters<typeof members>[0]> = {}) => workbook({ sheets: [{ rows: row(1, headings) + rows }], ...more })
const sheet = (name: string, file: Uint8Array, becomes: string, filename = 'report.xlsx'): Variant => ({ name: `workbook: ${name}`, file, filename, becomes })
const dayCell = (value: string) => row(2, [...good.split(',').slice(0, 3), `<c r="D2" s="1"><v>${value}</v></c>`])
const sheets = (...own: SheetSpec[]) => workbook({ sheets: own })
const parts = () => members({ sheets: [{ rows: row(1, headings) + row(2, good.split(',')) }] })

export const workbooks: Variant[] = [
  sheet('texts in the cells', book(row(2, good.split(','))), 'accept'), sheet('a day as a number with a date form', book(dayCell('46058')), 'accept'), sheet('a day with its time', book(dayCell('46058.4375')), 'accept +DATE_TIME_DROPPED'), sheet('a day of 1904', book(dayCell('44596'), { epoch1904: true }), 'accept'),
  ...['-1', '0', '60', '2958466', '1e308'].map((serial) => sheet(`no day: ${serial}`, book(dayCell(serial)), '2:reported_on:BAD_DATE')),
  sheet('a price as a number', book(row(2, [...good.split(',').slice(0, 4), '<c r="E2"><v>12.5</v></c>'])), 'accept'), sheet('a price that a float has blurred', book(row(2, [...good.split(',').slice(0, 4), '<c r="E2"><v>999000.10000000009</v></c>'])), 'accept'),
  sheet('a price of three decimals', book(row(2, [...good.split(',').slice(0, 4), '<c r="E2"><v>12.345</v></c>'])), '2:price:BAD_PRICE'), sheet('a negative price', book(row(2, [...good.split(',').slice(0, 4), '<c r="E2"><v>-3</v></c>'])), '2:price:BAD_PRICE'),
  sheet('TRUE for a status', book(row(2, [...good.split(',').slice(0, 2), '<c r="C2" t="b"><v>1</v></c>', '2026-02-05'])), '2:status:BAD_STATUS'), sheet('#N/A for a status', book(row(2, [...good.split(',').slice(0, 2), '<c r="C2" t="e"><v>#N/A</v></c>', '2026-02-05'])), '2:status:CELL_ERROR'),
  sheet('a formula that was never computed', book(row(2, [...good.split(',').slice(0, 2), '<c r="C2"><f>A1</f></c>', '2026-02-05'])), '2:status:FORMULA_NO_VALUE'), sheet('a formula with its value', book(row(2, [...good.split(',').slice(0, 2), '<c r="C2" t="str"><f>A1</f><v>in_stock</v></c>', '2026-02-05'])), 'accept +FORMULA_CACHED'),
  sheet('a hidden sheet with another report', sheets({ rows: row(1, headings) + row(2, good.split(',')) }, { rows: row(1, headings) + sheetRow(2), state: 'veryHidden' }), 'accept +HIDDEN_SHEET_IGNORED'), sheet('two reports to be seen', sheets({ rows: row(1, headings) + sheetRow(2) }, { rows: row(1, headings) + sheetRow(2) }), 'AMBIGUOUS_SHEETS'),
  sheet('all sheets hidden', sheets({ rows: row(1, headings), state: 'hidden' }), 'NO_WORKSHEET'), sheet('no sheet', sheets(), 'NO_WORKSHEET'), sheet('a header and no rows', book(''), 'NO_DATA_ROWS'), sheet('rows that are formatted and empty', book(`${row(2, good.split(','))}${Array.from({ length: 2_000 }, (_, at) => `<row r="${at + 3}"><c r="A${at + 3}" s="1"/></row>`).join('')}`), 'accept'),
  sheet('a last row at the end of Excel\'s grid', book(row(2, good.split(',')) + row(1_048_576, good.replace('0001,', '0002,').split(','))), 'accept'), sheet('a merged institution', book(row(2, good.split(',')) + row(3, ['', 'CID2025002', 'in_stock', '2026-02-05', '']), {}), '3:institution_code:MISSING_VALUE'),
  sheet('a merged heading', sheets({ rows: row(1, ['institution_code', '', 'status', 'reported_on', 'price']) + row(2, good.split(',')) }), 'HEADER_MISSING_COLUMN'), sheet('a cell outside its row', book('<row r="2"><c r="A3"><v>1</v></c></row>'), 'ARCHIVE_CORRUPT'), sheet('a text that is not in the table', book('<row r="2"><c r="A2" t="s"><v>7</v></c></row>'), 'ARCHIVE_CORRUPT'),
  sheet('the strict dialect', book(row(2, good.split(',')), { space: 'http://purl.oclc.org/ooxml/spreadsheetml/main' }), 'accept'), sheet('a document type', workbook({ sheets: [{ rows: row(1, headings) }], doctype: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' }), 'XML_UNSAFE'),
  sheet('a macro under another name', zip([...parts(), { name: 'xl/vbaProject.bin', content: 'x' }]), 'MACRO'), sheet('a name that climbs', zip([...parts(), { name: '../../etc/x', content: 'x' }]), 'ARCHIVE_UNSAFE'), sheet('an absolute name', zip([...parts(), { name: '/etc/x', content: 'x' }]), 'ARCHIVE_UNSAFE'), sheet('a link', zip([...parts(), { name: 'x', content: '/etc/passwd', mode: 0o120777 }]), 'ARCHIVE_UNSAFE'),
  sheet('two members of one name', zip([...parts(), { name: 'XL/Worksheets/Sheet1.xml', content: 'x' }]), 'ARCHIVE_UNSAFE'), sheet('201 members', zip([...parts(), ...Array.from({ length: 200 }, (_, at) => ({ name: `x${at}`, content: '' }))]), 'ARCHIVE_BOMB'), sheet('a wrong checksum', zip(parts().map((one) => (one.name.includes('sheet1') ? { ...one, crc: 1 } : one))), 'ARCHIVE_CORRUPT'),
  sheet('a member that says it is small', zip(parts().map((one) => (one.name.includes('sheet1') ? { ...one, size: 10 } : one))), 'ARCHIVE_BOMB'), sheet('cut off', book(row(2, good.split(','))).subarray(0, 700), 'ARCHIVE_CORRUPT'), sheet('bytes before it', Buffer.concat([Buffer.from('x'), book(row(2, good.split(',')))]), 'ARCHIVE_CORRUPT'), sheet('encrypted members', zip(parts().map((one) => ({ ...one, flags: 1 }))), 'ENCRYPTED'),
  sheet('an archive of a workbook', zip([{ name: 'report.xlsx', content: book(row(2, good.split(','))) }]), 'TYPE_MISMATCH'), sheet('an OpenDocument table', zip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }, { name: 'content.xml', content: '<x/>' }]), 'TYPE_MISMATCH'), sheet('a table of Numbers', zip([{ name: 'Index/Document.iwa', content: 'x' }]), 'TYPE_MISMATCH'),
  sheet('a binary workbook', zip(parts().map((one) => (one.name === '[Content_Types].xml' ? { ...one, content: String(one.content).replace('spreadsheetml.sheet.main+xml', 'ms-excel.sheet.binary.macroEnabled.main').replace('openxmlformats-officedocument.ms-excel', 'ms-excel') } : one))), 'TYPE_MISMATCH'),
  sheet('named as a text', book(row(2, good.split(','))), 'TYPE_MISMATCH', 'report.csv'), sheet('a text named as a workbook', Buffer.from(csv(good)), 'TYPE_MISMATCH'), sheet('a text named .xls', Buffer.from(csv(good)), 'TYPE_MISMATCH', 'report.xls'), sheet('gzip', gzipSync(csv(good)), 'TYPE_MISMATCH', 'report.csv'), sheet('PDF', Buffer.from('%PDF-1.7\n%'), 'TYPE_MISMATCH', 'report.csv'),
  sheet('RAR', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), 'TYPE_MISMATCH'), sheet('a web page', Buffer.from('<html><table><tr><td>institution_code'), 'TYPE_MISMATCH', 'report.csv'), sheet('raw deflate', deflateRawSync(csv(good)), 'ENCODING_INVALID|HEADER_MISSING_COLUMN|CSV_MALFORMED', 'report.csv'),
]
