/** A deterministic stream of numbers. Only integer arithmetic is used, so every machine draws the same. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
  /** Up to `count` different items, heavier ones more likely; weight 0 is never drawn. */
  sample<T>(items: readonly T[], count: number, weight: (item: T) => number): T[]
}

/** Changing the seed changes the whole demonstration, the lot included. */
const seed = 'lastmile demonstration 2025 edition'

/** Each part draws from a stream of its own name, so that a change in one part leaves the others as they were. */
export function randomOf(name: string): Random {
  let state = hash(`${seed}/${name}`)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, below(items.length)),
    shuffled: (items) => {
      const order = [...items]
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        const kept = at(order, last)
        order[last] = at(order, other)
        order[other] = kept
      }
      return order
    },
    sample: (items, count, weight) => {
      const pool = items.map((item) => ({ item, weight: weight(item) })).filter((entry) => entry.weight > 0)
      const drawn: (typeof pool)[number]['item'][] = []
      let total = pool.reduce((sum, entry) => sum + entry.weight, 0)
      while (drawn.length < count && pool.length > 0) {
        let point = next() * total
        let index = 0
        while (index < pool.length - 1 && point >= at(pool, index).weight) {
          point -= at(pool, index).weight
          index += 1
        }
        const entry = at(pool, index)
        drawn.push(entry.item)
        total -= entry.weight
        pool.splice(index, 1)
      }
      return drawn
    },
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return value
}

/** The item at an index that is known to be there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error(`no item ${index} of ${items.length}`)
  return item
}
