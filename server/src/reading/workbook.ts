import { refuse } from './refusal.js'
import { readXml } from './xml.js'
import type { ZipEntry } from './zip.js'

/** Parts of a workbook that hold data, found by relationships and namespaces, never by their usual names. */
export interface Workbook {
  readonly visible: readonly { name: string; part: ZipEntry }[]
  /** How many worksheets are hidden; they are never read. */
  readonly hidden: number
  /** Serial numbers count from 1904-01-01 (old Macs), not from 1899-12-30. */
  readonly epoch1904: boolean
  readonly sharedStrings: ZipEntry | null
  readonly styles: ZipEntry | null
}

type Parts = ReadonlyMap<string, ZipEntry>
interface Relationship { readonly type: string; readonly target: string }

/** True for the main namespace of spreadsheets, transitional or strict. */
export function isSheetSpace(space: string): boolean {
  return space === 'http://schemas.openxmlformats.org/spreadsheetml/2006/main' || space === 'http://purl.oclc.org/ooxml/spreadsheetml/main'
}

/**
 * Opens a workbook. MACRO if anything in it can run (a VBA project, macro sheets, a macro-enabled type), TYPE_MISMATCH if
 * the archive is another document, NO_WORKSHEET if no sheet is visible, ARCHIVE_CORRUPT if a part that is named is missing.
 * Links to other workbooks are not followed.
 */
export async function openWorkbook(parts: Parts): Promise<Workbook> {
  const types = await contentTypes(parts)
  const root = [...(await relationships(parts, '')).values()].find((relationship) => relationship.type === 'officeDocument')
  const main = root && parts.get(root.target.toLowerCase())
  const type = main ? types(main.name) : ''
  if (/sheet\.binary/i.test(type)) refuse('TYPE_MISMATCH', 'the file is a binary workbook (.xlsb): save it as .xlsx')
  if (!main || !/spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template|addin)\.macroEnabled/i.test(type)) {
    refuse('TYPE_MISMATCH', 'the archive is not an Excel workbook')
  }
  const runs = [...parts.keys()].some((name) => /(^|\/)vbaproject[^/]*\.bin$|^xl\/macrosheets\//.test(name))
  if (runs || /macroEnabled/i.test(type)) refuse('MACRO', 'the workbook contains macros: save it as .xlsx without macros')

  const links = await relationships(parts, main.name)
  const sheets: { name: string; id: string; state: string }[] = []
  let epoch1904 = false
  await readXml(main, {
    open({ space, name, attributes }) {
      if (!isSheetSpace(space)) return
      if (name === 'workbookPr') epoch1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', id: attributes['id'] ?? '', state: attributes['state'] ?? 'visible' })
    },
  })
  const visible: { name: string; part: ZipEntry }[] = []
  let hidden = 0
  for (const sheet of sheets) {
    const link = links.get(sheet.id) ?? refuse('ARCHIVE_CORRUPT', 'a worksheet is listed but not linked')
    if (link.type !== 'worksheet') continue
    if (sheet.state !== 'visible') hidden++
    else visible.push({ name: sheet.name, part: partOf(parts, link.target) })
  }
  if (visible.length === 0) refuse('NO_WORKSHEET', hidden > 0 ? 'all worksheets are hidden' : 'the workbook has no worksheet')
  const linked = (kind: string): ZipEntry | null => {
    const link = [...links.values()].find((relationship) => relationship.type === kind)
    return link ? partOf(parts, link.target) : null
  }
  return { visible, hidden, epoch1904, sharedStrings: linked('sharedStrings'), styles: linked('styles') }
}

async function contentTypes(parts: Parts): Promise<(part: string) => string> {
  const part = parts.get('[content_types].xml') ?? refuse('TYPE_MISMATCH', 'the archive is not an Excel workbook')
  const overrides = new Map<string, string>()
  const defaults = new Map<string, string>()
  await readXml(part, {
    open({ name, attributes }) {
      const type = attributes['ContentType'] ?? ''
      if (name === 'Override') overrides.set((attributes['PartName'] ?? '').toLowerCase(), type)
      if (name === 'Default') defaults.set((attributes['Extension'] ?? '').toLowerCase(), type)
    },
  })
  return (name) => {
    const key = `/${name.toLowerCase()}`
    return overrides.get(key) ?? overrides.get(encodeURI(key)) ?? defaults.get(key.slice(key.lastIndexOf('.') + 1)) ?? ''
  }
}

/** Relationships of a part by id, without those that lead out of the archive. `type` is the last step of its URI. */
async function relationships(parts: Parts, source: string): Promise<Map<string, Relationship>> {
  const slash = source.lastIndexOf('/') + 1
  const part = parts.get(`${source.slice(0, slash)}_rels/${source.slice(slash)}.rels`.toLowerCase())
  const found = new Map<string, Relationship>()
  if (!part) return found
  await readXml(part, {
    open({ space, name, attributes }) {
      if (name !== 'Relationship' || !/\/package\/.*relationships$|purl\.oclc\.org.*relationships$/.test(space)) return
      if (attributes['TargetMode'] === 'External') return
      const type = (attributes['Type'] ?? '').split('/').at(-1) ?? ''
      found.set(attributes['Id'] ?? '', { type, target: resolve(source.slice(0, slash), attributes['Target'] ?? '') })
    },
  })
  return found
}

/** The name of the part that a target means: absolute, or relative to the folder of the part that names it. */
function resolve(folder: string, target: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '' || step === '.') continue
    if (step !== '..') steps.push(step)
    else if (steps.pop() === undefined) refuse('ARCHIVE_UNSAFE', 'a link of the workbook leads out of it')
  }
  return steps.join('/')
}

function partOf(parts: Parts, target: string): ZipEntry {
  const found = parts.get(target.toLowerCase()) ?? parts.get(decoded(target).toLowerCase())
  return found ?? refuse('ARCHIVE_CORRUPT', 'a part of the workbook is missing')
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}
