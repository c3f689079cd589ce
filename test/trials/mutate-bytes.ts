import type { Random } from '@lastmile/server/demo/random'

/** Bytes that mean something to somebody: marks of encodings and archives, ends of lines, halves of letters. */
const telling = [
  [0], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0x22], [0x22, 0x22], [0x0d], [0x0a], [0x0d, 0x0a], [0x2c], [0x09], [0x3b], [0x7c], [0x1a], [0x80], [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x81, 0x30, 0x81, 0x30],
  [0x84, 0x31, 0xa4, 0x37], [0xe2, 0x80, 0xa8], [0xc2, 0x85], [0x50, 0x4b, 3, 4], [0x50, 0x4b, 1, 2], [0x50, 0x4b, 5, 6], [0x50, 0x4b, 6, 6], [0x50, 0x4b, 6, 7], [0xff, 0xff], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
]

/** Changes some bytes of a file, without a thought for what they are. `others` are files of which a piece may be taken. */
export function mutateBytes(random: Random, bytes: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const at = random.below(bytes.length + 1)
  const length = 1 + random.below(random.chance(0.7) ? 8 : Math.max(1, bytes.length))
  const put = (piece: Uint8Array | readonly number[], drop = 0) => Buffer.concat([bytes.subarray(0, at), Uint8Array.from(piece), bytes.subarray(at + drop)])
  switch (random.below(8)) {
    case 0: {
      const changed = Uint8Array.from(bytes)
      for (let count = 1 + random.below(6); count > 0 && changed.length > 0; count--) changed[random.below(changed.length)]! ^= 1 << random.below(8)
      return changed
    }
    case 1:
      return put([], length)
    case 2:
      return put(bytes.subarray(at, at + length))
    case 3:
      return put(random.pick(telling))
    case 4: {
      const piece = random.pick(telling)
      return put(piece, piece.length)
    }
    case 5:
      return bytes.subarray(0, at)
    case 6: {
      const other = random.pick(others)
      const from = random.below(other.length + 1)
      return put(other.subarray(from, from + length), random.chance(0.5) ? length : 0)
    }
    default:
      return put(Array.from({ length: Math.min(length, 2_000) }, () => random.below(256)))
  }
}
