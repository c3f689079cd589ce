import { readXml } from './xml.js'
import { isSheetSpace } from './workbook.js'
import type { ZipEntry } from './zip.js'

/** Built-in formats that show a day: the general ones, and those of Chinese, Japanese and Korean Excel. Pure times are not among them. */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** For each cell style, by its number, whether it shows a number as a day. */
export async function readDateStyles(part: ZipEntry | null): Promise<boolean[]> {
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  if (!part) return styles
  await readXml(part, {
    open({ space, name, attributes }) {
      if (!isSheetSpace(space)) return
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), showsDay(attributes['formatCode'] ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        styles.push(custom.get(id) ?? builtInDates.has(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** True if a number format shows a day: it names a year or day, or a month without hours and seconds. Quoted text, escapes and `[…]` aside. */
export function showsDay(format: string): boolean {
  const bare = format.slice(0, 300).replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').replace(/general/gi, '')
  return /[yd]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))
}
