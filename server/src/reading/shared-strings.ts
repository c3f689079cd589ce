import { readXml } from './xml.js'
import { isSheetSpace } from './workbook.js'
import type { ZipEntry } from './zip.js'

/**
 * The table of texts that cells refer to. Runs of rich text are joined; phonetic readings (`rPh`) are not part of a
 * text. A text is kept up to one character beyond `maxChars`, enough to see that it is too long.
 */
export async function readSharedStrings(part: ZipEntry, maxChars: number): Promise<string[]> {
  const strings: string[] = []
  const collector = textCollector(maxChars)
  await readXml(part, {
    open({ space, name }) {
      if (!isSheetSpace(space)) return
      if (name === 'si') collector.start()
      else collector.open(name)
    },
    close(name) {
      if (name === 'si') strings.push(collector.take())
      else collector.close(name)
    },
    text: (text) => collector.text(text),
  })
  return strings
}

export interface TextCollector {
  start(): void
  open(name: string): void
  close(name: string): void
  text(text: string): void
  take(): string
}

/** Collects the text of `t` elements, outside `rPh`. Shared by shared and inline strings. */
export function textCollector(maxChars: number): TextCollector {
  let collected = ''
  let inText = false
  let phonetic = 0
  return {
    start() {
      collected = ''
      inText = false
      phonetic = 0
    },
    open(name) {
      if (name === 'rPh') phonetic++
      if (name === 't' && phonetic === 0) inText = true
    },
    close(name) {
      if (name === 'rPh') phonetic--
      if (name === 't') inText = false
    },
    text(text) {
      if (inText && collected.length <= maxChars * 7) collected += text
    },
    take: () => unescape(collected).slice(0, maxChars + 1),
  }
}

/** Undoes the escapes that OOXML has for characters XML cannot hold: `_x000D_` is a carriage return, `_x005F_` an underscore. */
export function unescape(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}
