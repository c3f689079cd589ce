/** Answers that are held while they are made and after, bounded by number and bytes: of more, those asked for longest ago are let go. */
export interface HeldPromises<Value> {
  /** The one of a key, which is then the one that was asked for last. */
  find(key: string): Promise<Value> | undefined
  /** Holds one; what fails, or is larger than all may be together, is let go of once it is there. */
  hold(key: string, made: Promise<Value>): void
  /** Lets go of one, unless another stands under its key by now. */
  drop(key: string, made: Promise<Value>): void
  /** Lets go of all whose keys are not to be kept. */
  keep(isKept: (key: string) => boolean): void
}

/** @param bytesOf how many bytes one takes, about */
export function newHeldPromises<Value>(atMost: number, bytesAtMost: number, bytesOf: (value: Value) => number): HeldPromises<Value> {
  const held = new Map<string, { made: Promise<Value>; bytes: number }>()
  let bytes = 0
  const release = (key: string) => {
    bytes -= held.get(key)?.bytes ?? 0
    held.delete(key)
  }
  const makeRoom = () => {
    for (const key of held.keys()) {
      if (held.size <= atMost && bytes <= bytesAtMost) break
      release(key)
    }
  }
  const drop = (key: string, made: Promise<Value>) => {
    if (held.get(key)?.made === made) release(key)
  }
  return {
    find: (key) => {
      const one = held.get(key)
      if (one === undefined) return undefined
      held.delete(key)
      held.set(key, one)
      return one.made
    },
    hold: (key, made) => {
      release(key)
      const one = { made, bytes: 0 }
      held.set(key, one)
      makeRoom()
      made.then((value) => {
        if (held.get(key) !== one) return
        one.bytes = bytesOf(value)
        bytes += one.bytes
        if (one.bytes > bytesAtMost) release(key)
        else makeRoom()
      }, () => drop(key, made))
    },
    drop,
    keep: (isKept) => {
      for (const key of held.keys()) if (!isKept(key)) release(key)
    },
  }
}
