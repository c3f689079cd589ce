/**
 * A number from 0 (inclusive) to 1 (exclusive), always the same for the same three whole numbers (murmur3). Nothing is
 * drawn in turn, so any part of the nation can be made again by itself, in any order, and is the same on every machine.
 */
export function dice(a: number, b: number, c: number): number {
  let h = 0x1a57_3117
  h = mixed(h, a)
  h = mixed(h, b)
  h = mixed(h, c)
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

function mixed(h: number, value: number): number {
  let k = Math.imul(value, 0xcc9e_2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b87_3593)
  const x = h ^ k
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe654_6b64) | 0
}
