import { refuse } from './refusal.js'
import type { Warnings } from './warnings.js'

/**
 * Bytes of a text file to a text, never with replacement characters. A byte order mark decides; else strict
 * UTF-8, else strict GB18030 (what Excel on Chinese Windows writes; contains GBK), else ENCODING_INVALID.
 * UTF-16 without a mark is refused rather than guessed: half of all byte pairs are valid characters in either
 * byte order, so a wrong guess would be stored as a reading. Big5 is not guessed either; where its bytes
 * happen to be GB18030 the headings do not match, and the file is refused for that.
 */
export function decode(bytes: Uint8Array, warnings: Warnings): string {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    refuse('ENCODING_INVALID', 'UTF-32 is not read: save the file as CSV UTF-8')
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return strictly('utf-8', bytes.subarray(3)) ?? invalid()
  if (a === 0xff && b === 0xfe) return utf16('utf-16le', bytes.subarray(2), warnings)
  if (a === 0xfe && b === 0xff) return utf16('utf-16be', bytes.subarray(2), warnings)
  if (looksLikeUtf16(bytes)) refuse('ENCODING_INVALID', 'the file is UTF-16 without a byte order mark: save it as CSV UTF-8')
  const utf8 = strictly('utf-8', bytes)
  if (utf8 !== null) return utf8
  const chinese = strictly('gb18030', bytes)
  if (chinese === null) invalid()
  warnings.add('ENCODING_GB18030')
  return chinese
}

function utf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array, warnings: Warnings): string {
  const text = strictly(encoding, bytes) ?? invalid()
  warnings.add('ENCODING_UTF16')
  return text
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Separators, digits and line ends have a zero byte in UTF-16: a fifth of the file at least, and always on the same side. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 65_536)
  const zeros = [0, 0]
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1]!++
  const [even, odd] = zeros as [number, number]
  return even + odd > length / 5 && Math.min(even, odd) < (even + odd) / 10
}

function invalid(): never {
  return refuse('ENCODING_INVALID', 'the file is neither UTF-8 nor GB18030: save it as CSV UTF-8')
}
