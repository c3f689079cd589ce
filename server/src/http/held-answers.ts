import type { ListRow } from '@lastmile/db/query/lists'

/** One form of an answer as it goes out: header names and values in turn, and the bytes. */
export interface Form {
  head: string[]
  body: Uint8Array<ArrayBuffer>
}

/** A finished answer to one question about a list, for one version of what anybody may see of it and one today. */
export interface ReadyAnswer {
  list: Pick<ListRow, 'id' | 'code' | 'today' | 'publicVersion'>
  etag: string
  /** The route that made it, as observers call it. */
  route: string
  /** It goes out as a file: the routes see who asks for it, and note it. */
  isFile: boolean
  plain: Form
  /** Null where packing does not pay. */
  brotli: Form | null
  /** Headers of a 304. */
  unchangedHead: string[]
}

/** Answers held at most, and their bytes; of those not asked for lately, the oldest go first. */
const heldAtMost = 2_000
const heldBytesAtMost = 64_000_000
const largestHeld = 4_000_000

interface Held {
  answer: ReadyAnswer
  bytes: number
  /** Asked for since it was last passed over. Cheaper at each question than keeping an order of use. */
  asked: boolean
}

/** Finished answers by question, bounded by number and bytes. */
export interface HeldAnswers {
  find(key: string): ReadyAnswer | undefined
  hold(key: string, answer: ReadyAnswer): void
}

/**
 * The key of a question: who asks ('' for the public), and the path with its query exactly as it came. Two spellings of one question are two
 * questions; what was asked once in the same letters is found without taking the address apart.
 */
export function keyOf(who: string, pathAndQuery: string): string {
  // A path begins with a slash and holds no blank: no key of one asker is another's.
  return who === '' ? pathAndQuery : `${who} ${pathAndQuery}`
}

/** True if an answer was made of what the list is now. */
export function isOf({ list }: ReadyAnswer, now: ListRow): boolean {
  return list.publicVersion === now.publicVersion && list.today === now.today && list.id === now.id
}

export function newHeldAnswers(): HeldAnswers {
  const held = new Map<string, Held>()
  let bytes = 0
  const drop = (key: string, one: Held) => {
    held.delete(key)
    bytes -= one.bytes
  }
  const makeRoom = () => {
    for (const [key, one] of held) {
      if (held.size <= heldAtMost && bytes <= heldBytesAtMost) break
      if (!one.asked) drop(key, one)
      else {
        // Asked for meanwhile: once more to the end, where it is met again after all others.
        one.asked = false
        held.delete(key)
        held.set(key, one)
      }
    }
  }
  return {
    find: (key) => {
      const one = held.get(key)
      if (one === undefined) return undefined
      one.asked = true
      return one.answer
    },
    hold: (key, answer) => {
      const before = held.get(key)
      if (before) drop(key, before)
      if (answer.plain.body.byteLength > largestHeld) return
      const own = key.length + answer.plain.body.byteLength + (answer.brotli?.body.byteLength ?? 0)
      held.set(key, { answer, bytes: own, asked: false })
      bytes += own
      makeRoom()
    },
  }
}
