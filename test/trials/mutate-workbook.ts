import { inflateRawSync } from 'node:zlib'
import type { Random } from '@lastmile/server/demo/random'
import { zip, type Member } from './book.js'
import { mutateBytes } from './mutate-bytes.js'
import { cells } from './mutate-table.js'

const inflatedAtMost = 4 * 1024 * 1024

/** The members of an archive by its local headers, as far as they can be read; none of another file. */
export function membersOf(bytes: Uint8Array): Member[] {
  const file = Buffer.from(bytes)
  const members: Member[] = []
  // From the directory: sizes stand there, also where a writer streamed.
  for (let at = file.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0 && at + 46 <= file.length; at = file.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const [packed, nameLength, offset] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt32LE(at + 42)]
    if (offset + 30 > file.length || file.readUInt32LE(offset) !== 0x04034b50) continue
    const from = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
    const data = file.subarray(from, from + packed)
    try {
      members.push({ name: file.toString('utf8', at + 46, at + 46 + nameLength), content: file.readUInt16LE(at + 10) === 8 ? inflateRawSync(data, { maxOutputLength: inflatedAtMost }) : data })
    } catch {
      // A member that cannot be inflated, or becomes too large to be worth it.
    }
  }
  return members
}

/** Takes a workbook apart, changes one of its parts (or what the archive says of it) and puts it together again, its checksums right or wrong. Null for a file that is none. */
export function mutateWorkbook(random: Random, bytes: Uint8Array, others: readonly Uint8Array[]): Uint8Array | null {
  const members = membersOf(bytes)
  if (members.length === 0) return null
  const parts = random.chance(0.7) ? members.filter(({ name }) => /sheet\d*\.xml$|sharedStrings|styles|workbook\.xml/.test(name)) : members
  const at = members.indexOf(random.pick(parts.length > 0 ? parts : members))
  const member = members[at]!
  const content = Buffer.from(member.content as Uint8Array)
  switch (random.below(10)) {
    case 0:
      members.splice(at, 1)
      break
    case 1:
      members.push({ ...member, ...(random.chance(0.5) ? { name: member.name.toUpperCase() } : {}) })
      break
    case 2:
      member.name = random.pick(['../x.xml', '/x.xml', 'xl/vbaProject.bin', 'C:\\x', 'xl/worksheets/sheet1.xml', '', 'a\0b', '[Content_Types].xml', 'xl/macrosheets/a.xml'])
      break
    case 3:
      member.crc = random.below(2 ** 31)
      break
    case 4:
      member.size = random.pick([0, 1, content.length - 1, content.length + 1, 2 ** 31, 2 ** 32 - 1])
      break
    case 5:
      member.flags = random.pick([0, 1, 8, 0x40, 0x800, 0x2000, 0xffff])
      break
    case 6:
      member.content = mutateBytes(random, content, others)
      break
    default:
      member.content = mutateXml(random, content.toString('utf8'))
  }
  if (member.size !== undefined) member.size = Math.max(0, member.size)
  return zip(members)
}

const values = ['', '0', '1', '-1', '1e999', 'NaN', '99999999999', '4294967296', 'A1', 'XFD1048576', 'XFE1', 'A0', 'ZZZZZZ1', 's', 'n', 'b', 'e', 'd', 'str', 'inlineStr', 'true', 'hidden', 'veryHidden', '../../x', '/xl/workbook.xml', 'rId1', 'http://example.invalid/', '&lt;', '"', '\0', 'x'.repeat(300)]
const texts = ['&x;', '&#0;', '&#x110000;', '&#xD800;', '&amp;', '<![CDATA[in_stock]]>', '<!-- -->', '<?pi x?>', '<x:y/>', '</row>', '<row>', '<c t="s"><v>999999</v></c>', '<v>1</v><v>2</v>', '<f>1+1</f>', '_x0000_', '_x005F_', '_xD800_', ']]>', '\ufffe', '<!DOCTYPE a [<!ENTITY x "y">]>']

/** Changes an XML text: elements dropped, doubled and nested, attributes changed, entities, texts. */
export function mutateXml(random: Random, text: string): Buffer {
  const tags = [...text.matchAll(/<[^<>]*>/g)]
  if (tags.length === 0) return Buffer.from(text + random.pick(texts))
  const tag = random.pick(tags)
  const [from, to] = [tag.index, tag.index + tag[0].length]
  const name = /^<([^\s/>?!]+)/.exec(tag[0])?.[1]
  const closing = name === undefined || tag[0].endsWith('/>') ? -1 : text.indexOf(`</${name}>`, to)
  const end = closing < 0 ? to : closing + name!.length + 3
  const element = text.slice(from, end)
  const put = (piece: string, until = end) => Buffer.from(text.slice(0, from) + piece + text.slice(until))
  switch (random.below(9)) {
    case 0:
      return put('')
    case 1:
      return put(element.repeat(2 + random.below(5)))
    case 2: {
      const depth = random.pick([1, 3, 60, 70, 2_000])
      return name === undefined ? put('', to) : put(`${tag[0].replace(/\/>$/, '>').repeat(depth)}${`</${name}>`.repeat(depth)}`)
    }
    case 3: {
      const attributes = [...tag[0].matchAll(/\s([^\s=]+)="([^"]*)"/g)]
      if (attributes.length === 0) return put(`${tag[0].slice(0, -1)} r="${random.pick(values)}">`, to)
      const attribute = random.pick(attributes)
      const changed = random.chance(0.3) ? '' : random.chance(0.2) ? attribute[0].repeat(2) : ` ${attribute[1]}="${random.pick(values)}"`
      return put(tag[0].replace(attribute[0], () => changed), to)
    }
    case 4:
      return put(tag[0] + random.pick(texts), to)
    case 5:
      return put(tag[0] + random.pick(cells).replace(/[<&]/g, ''), to)
    case 6:
      return put(tag[0].replace(/^<(\/?)([^\s>/]+)/, (_, slash: string) => `<${slash}${random.pick(['row', 'c', 'v', 'is', 't', 'si', 'sheet', 'x:row', 'xf', 'a'])}`), to)
    case 7:
      return Buffer.from(text.slice(0, from))
    default:
      return random.chance(0.5) ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text.replace(/xmlns="[^"]*"/, () => `xmlns="${random.pick(['', 'http://purl.oclc.org/ooxml/spreadsheetml/main', 'urn:x'])}"`))
  }
}
