import { crc32, deflateRawSync } from 'node:zlib'

export interface Member { name: string; content: string | Uint8Array; flags?: number; mode?: number; size?: number; crc?: number; at?: number }

/** A ZIP archive, honest unless a member says otherwise: `size` and `crc` lie in both headers, `at` points to another member's place. */
export function zip(members: Member[]): Uint8Array {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const content = Buffer.from(member.content as string)
    const packed = deflateRawSync(content)
    const name = Buffer.from(member.name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt8(3, 5)
    for (const [header, base] of [[head, 6], [entry, 8]] as const) {
      header.writeUInt16LE(member.flags ?? 0x800, base)
      header.writeUInt16LE(8, base + 2)
      header.writeUInt32LE(member.crc ?? crc32(content), base + 8)
      header.writeUInt32LE(packed.length, base + 12)
      header.writeUInt32LE(member.size ?? content.length, base + 16)
      header.writeUInt16LE(name.length, base + 20)
    }
    entry.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 38)
    entry.writeUInt32LE(member.at ?? offset, 42)
    directory.push(entry, name)
    if (member.at !== undefined) continue
    local.push(head, name, packed)
    offset += 30 + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, listed, end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface SheetSpec { rows: string; state?: string; after?: string }
export interface BookSpec { sheets?: SheetSpec[]; epoch1904?: boolean; formats?: string[]; doctype?: string; more?: Member[]; space?: string }

/** The members of a workbook. Cell style 0 is General, 1 is built-in date 14, 2 and on are `formats`. */
export function members({ sheets = [], epoch1904, formats = [], doctype = '', more = [], space = main }: BookSpec): Member[] {
  const list = sheets.map(({ state }, at) => `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="s${at + 1}"${state ? ` state="${state}"` : ''}/>`).join('')
  const links = sheets.map((_, at) => `<Relationship Id="s${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')
  return [
    { name: '[Content_Types].xml', content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>' },
    { name: '_rels/.rels', content: `<Relationships xmlns="${relations}"><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: 'xl/workbook.xml', content: `<workbook xmlns="${space}" xmlns:r="${office}"><workbookPr${epoch1904 ? ' date1904="1"' : ''}/><sheets>${list}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships xmlns="${relations}">${links}<Relationship Id="st" Type="${office}/styles" Target="styles.xml"/></Relationships>` },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet xmlns="${space}"><numFmts>${formats.map((format, at) => `<numFmt numFmtId="${200 + at}" formatCode="${format.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts>`
        + `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}</cellXfs></styleSheet>`,
    },
    ...sheets.map(({ rows, after = '' }, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: `<?xml version="1.0"?>${doctype}<worksheet xmlns="${space}"><sheetData>${rows}</sheetData>${after}</worksheet>` })),
    ...more,
  ]
}

export function workbook(spec: BookSpec): Uint8Array {
  return zip(members(spec))
}

/** A row of inline texts; a cell that starts with `<` is taken as it is. */
export function row(number: number, cells: string[], attributes = ''): string {
  return `<row r="${number}"${attributes}>${cells.map((cell, at) => {
    if (cell === '') return ''
    return cell.startsWith('<') ? cell : `<c r="${'ABCDEFGH'[at]}${number}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`
  }).join('')}</row>`
}

export const headings = ['institution_code', 'drug_code', 'status', 'reported_on', 'price']
