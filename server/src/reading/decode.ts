import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { openContent, type OpenContent } from './content.js'
import { refuse } from './refusal.js'
import type { Warnings } from './warnings.js'

type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

const chunkBytes = 1024 * 1024

/**
 * The text of a file as UTF-8, chunk by chunk, never with replacement characters and never as a whole in memory.
 * {@link TextSource.read} goes forward from the beginning; {@link TextSource.rewind} goes back to it.
 */
export interface TextSource {
  /** Copies the next bytes of the text into `into`, from `at` on, and answers how many; 0 at the end. */
  read(into: Uint8Array, at: number): number
  rewind(): void
}

/**
 * Tells the encoding of a text file and opens it. A byte order mark decides; else strict UTF-8, else strict GB18030 (what
 * Excel on Chinese Windows writes; contains GBK), else ENCODING_INVALID: one pass over all of the file, so that nothing
 * is read that turns out not to be a text. UTF-16 without a mark is refused rather than guessed: half of all byte pairs
 * are valid characters in either byte order, so a wrong guess would be stored as a reading. Big5 is not guessed either;
 * where its bytes happen to be GB18030 the headings do not match, and the file is refused for that. A file that is UTF-8 for
 * the most part is not read as GB18030 for its other part: all of it would be readings that nobody wrote.
 */
export function decode(file: OpenContent | Uint8Array, warnings: Warnings): TextSource {
  const content = file instanceof Uint8Array ? openContent(file) : file
  const head = new Uint8Array(Math.min(content.size, 65_536))
  content.read(0, head, 0, head.length)
  const [a, b, c, d] = head
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    refuse('ENCODING_INVALID', 'UTF-32 is not read: save the file as CSV UTF-8')
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return allUtf8(content, 3) ? plain(content, 3) : invalid()
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    const encoding = a === 0xff ? 'utf-16le' : 'utf-16be'
    if (!decodes(content, encoding, 2)) invalid()
    warnings.add('ENCODING_UTF16')
    return decoded(content, encoding, 2)
  }
  if (looksLikeUtf16(head)) refuse('ENCODING_INVALID', 'the file is UTF-16 without a byte order mark: save it as CSV UTF-8')
  if (allUtf8(content, 0)) return plain(content, 0)
  if (!decodes(content, 'gb18030', 0)) invalid()
  if (holdsUtf8(content)) refuse('ENCODING_INVALID', 'one part of the file is UTF-8, and another is not (it was cut off, or put together of two files): save it as CSV UTF-8')
  warnings.add('ENCODING_GB18030')
  return decoded(content, 'gb18030', 0)
}

/** The first characters of a text: at most so many bytes, cut between two characters. */
export function headOf(source: TextSource, bytes = chunkBytes): string {
  const head = new Uint8Array(bytes)
  let length = 0
  source.rewind()
  for (let count = 1; count > 0 && length < bytes; length += count) count = source.read(head, length)
  source.rewind()
  return Buffer.from(head.buffer, 0, length < bytes ? length : wholeCharacters(head, length)).toString('utf8')
}

/** True if nothing but white space stands in a text. */
export function isBlankText(source: TextSource): boolean {
  const chunk = new Uint8Array(chunkBytes)
  let kept = 0
  let blank = true
  source.rewind()
  while (blank) {
    const count = source.read(chunk, kept)
    const end = kept + count
    const whole = count === 0 ? end : wholeCharacters(chunk, end)
    blank = Buffer.from(chunk.buffer, 0, whole).toString('utf8').trim() === ''
    chunk.copyWithin(0, whole, end)
    kept = end - whole
    if (count === 0) break
  }
  source.rewind()
  return blank
}

function plain(content: OpenContent, start: number): TextSource {
  let position = start
  return {
    read(into, at) {
      const count = content.read(position, into, at, into.length - at)
      position += count
      return count
    },
    rewind() {
      position = start
    },
  }
}

function decoded(content: OpenContent, encoding: Encoding, start: number): TextSource {
  let position = start
  let decoder = strictDecoder(encoding)
  let ready = Buffer.alloc(0)
  const bytes = new Uint8Array(chunkBytes)
  return {
    read(into, at) {
      while (ready.length === 0 && position < content.size) {
        const count = content.read(position, bytes, 0, bytes.length)
        position += count
        ready = Buffer.from(decoder.decode(bytes.subarray(0, count), { stream: position < content.size }), 'utf8')
      }
      const count = Math.min(ready.length, into.length - at)
      into.set(ready.subarray(0, count), at)
      ready = ready.subarray(count)
      return count
    },
    rewind() {
      position = start
      decoder = strictDecoder(encoding)
      ready = Buffer.alloc(0)
    },
  }
}

function allUtf8(content: OpenContent, start: number): boolean {
  const chunk = new Uint8Array(chunkBytes)
  let kept = 0
  for (let position = start; position < content.size;) {
    const count = content.read(position, chunk, kept, chunk.length - kept)
    if (count === 0) break
    position += count
    const end = kept + count
    const whole = position < content.size ? wholeCharacters(chunk, end) : end
    if (!isUtf8(chunk.subarray(0, whole))) return false
    chunk.copyWithin(0, whole, end)
    kept = end - whole
  }
  return true
}

function decodes(content: OpenContent, encoding: Encoding, start: number): boolean {
  const decoder = strictDecoder(encoding)
  const chunk = new Uint8Array(chunkBytes)
  try {
    for (let position = start; position < content.size;) {
      const count = content.read(position, chunk, 0, chunk.length)
      if (count === 0) break
      position += count
      decoder.decode(chunk.subarray(0, count), { stream: true })
    }
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** Whether lines of a text that is not UTF-8 are, with Chinese in them: as GB18030 the bytes of such a line mean something else altogether, and a line written so hardly ever is UTF-8 too. */
function holdsUtf8(content: OpenContent): boolean {
  const chunk = new Uint8Array(chunkBytes)
  let kept = 0
  for (let position = 0; position < content.size;) {
    const count = content.read(position, chunk, kept, chunk.length - kept)
    if (count === 0) break
    position += count
    const end = kept + count
    let start = 0
    for (let at = chunk.indexOf(lineFeed, start); at >= 0 && at < end; at = chunk.indexOf(lineFeed, start)) {
      if (isChineseUtf8(chunk.subarray(start, at))) return true
      start = at + 1
    }
    // A line longer than a chunk is let go.
    kept = start === 0 && end === chunk.length ? 0 : end - start
    chunk.copyWithin(0, end - kept, end)
  }
  return isChineseUtf8(chunk.subarray(0, kept))
}

const lineFeed = 0x0a

function isChineseUtf8(line: Uint8Array): boolean {
  let letters = 0
  for (let at = 0; at < line.length; at++) {
    // A letter of three bytes, of U+4000 or more.
    if (line[at]! >= 0xe4 && line[at]! <= 0xe9) letters++
  }
  return letters >= 2 && isUtf8(line) && (Buffer.from(line).toString('utf8').match(/[\u4e00-\u9fff]/g)?.length ?? 0) >= 2
}

function strictDecoder(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
}

/** Where the last character that is not cut off ends. */
function wholeCharacters(bytes: Uint8Array, end: number): number {
  let lead = end - 1
  while (lead >= 0 && end - lead < 4 && (bytes[lead]! & 0xc0) === 0x80) lead--
  if (lead < 0) return end
  const first = bytes[lead]!
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
  return lead + length > end ? lead : end
}

/** Separators, digits and line ends have a zero byte in UTF-16: a fifth of the file at least, and always on the same side. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at & 1]!++
  const [even, odd] = zeros as [number, number]
  return even + odd > head.length / 5 && Math.min(even, odd) < (even + odd) / 10
}

function invalid(): never {
  return refuse('ENCODING_INVALID', 'the file is neither UTF-8 nor GB18030: save it as CSV UTF-8')
}
