import type { Random } from '@lastmile/server/demo/random'

/** What people and programs put into cells. */
export const cells = [
  '', ' ', '\u3000', '\u00a0', '\u200b', '\ufeff', '\0', '\x07', '"', '""', '"a', 'a"b', '"a"b', '=1+1', '="H37010200001"', '\'H37010200001', '@SUM(A1)', '-1', '+1', '0', '0.00', '1e3', '1E400', 'NaN', 'Infinity', '１２．５', '1,299.00', '￥12', '12.345', '99999999.99',
  '100000000', '#N/A', '#REF!', 'TRUE', 'null', 'undefined', '__proto__', 'constructor', 'in_stock', 'IN_STOCK', 'ｉｎ＿ｓｔｏｃｋ', '有货', '缺货', '停止配备', '未配备', 'ın_stock', 'in_stock\u00ad', '2026-02-05', '2026/2/5', '2026年2月5日', '20260205', '05/02/2026', '2026-02-29', '2024-02-29', '0000-00-00',
  '9999-12-31', '46058', '2026-02-05T10:30:00Z', '2026-02-05 10:30', 'H37010200001', 'h37010200001', 'H31010100001', 'H37019999999', 'CID2025001', 'cid2025001', 'CID9999999', 'institution_code', '机构代码', '\ud800', '💊', 'e\u0301', '\u202e', 'sep=,', '合计', 'x'.repeat(2_001), 'x'.repeat(40_000), 'a\nb', 'a\r\nb', '\u2028', '|', ';', '\t',
]

/** Changes the rows and cells of a delimited text. Bytes that are no UTF-8 stay what they are where nothing is changed. */
export function mutateTable(random: Random, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8').replace(/^\ufeff/, '')
  const separator = [',', '\t', ';', '|'].reduce((best, one) => (text.split(one).length > text.split(best).length ? one : best))
  const rows = text.split(/\r\n|\r|\n/).map((line) => line.split(separator))
  const row = random.below(rows.length)
  const column = random.below(Math.max(1, ...rows.map(({ length }) => length)))
  let [out, ends] = [separator, '\n']
  switch (random.below(14)) {
    case 0:
      rows[row]![random.below(rows[row]!.length + 1)] = random.pick(cells)
      break
    case 1:
      for (const one of rows) one.splice(column, 1)
      break
    case 2:
      for (const one of rows) one.splice(column, 0, one[random.below(one.length)] ?? '')
      break
    case 3:
      for (const one of rows.slice(row)) one.unshift('')
      break
    case 4:
      rows.splice(row, 1)
      break
    case 5:
      rows.splice(row, 0, [...rows[random.below(rows.length)]!])
      break
    case 6:
      rows.splice(row, 0, ...Array.from({ length: 1 + random.below(20) }, () => (random.chance(0.5) ? [''] : Array.from({ length: random.below(70) }, () => random.pick(cells)))))
      break
    case 7:
      out = random.pick([',', '\t', ';', '|', '，', ':'])
      break
    case 8:
      ends = random.pick(['\r\n', '\r', '\n\r', '\u2028', '\n\n'])
      break
    case 9:
      rows[0]![column] = random.pick(cells)
      break
    case 10:
      for (const one of rows) [one[column], one[0]] = [one[0] ?? '', one[column] ?? '']
      break
    case 11:
      for (let count = random.below(2_000); count > 0; count--) rows.push([...rows[1 + random.below(Math.max(1, rows.length - 1))] ?? ['']])
      break
    case 12:
      rows.unshift([random.pick(['sep=,', 'sep=;', 'sep=', '\ufeff\ufeff', '<html>', '{"a":1}', 'MIME-Version: 1.0', ...cells])])
      break
    default:
      // Long ones in many rows would be a file that no door lets in.
      for (const one of rows) one[column] = random.pick(cells).slice(0, 4_000_000 / rows.length)
  }
  // What grew beyond any door is left as it was.
  if (rows.reduce((sum, one) => sum + one.reduce((length, text) => length + text.length + 2, 0), 0) > 16_000_000) return bytes
  const written = rows.map((one) => one.join(out)).join(ends)
  return random.chance(0.15) ? Buffer.from(`\ufeff${written}`, 'utf16le') : Buffer.from(written, 'utf8')
}
