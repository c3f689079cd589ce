import { causes, type Cause, type ChangesAnswer } from '@lastmile/shared/changes'

/** Adds up a bridge: before + entered − left = after, by cause. */
export class Bridge {
  #before = 0
  #after = 0
  readonly #entered = new Map<Cause, number>()
  readonly #left = new Map<Cause, number>()

  /** One more, which was in stock at either end or not; `cause` says why, where that differs. */
  add(before: boolean, after: boolean, cause: Cause | null): void {
    if (before) this.#before += 1
    if (after) this.#after += 1
    if (before === after) return
    const counts = after ? this.#entered : this.#left
    counts.set(cause!, (counts.get(cause!) ?? 0) + 1)
  }

  answer(): ChangesAnswer['pairs'] {
    return { before: this.#before, after: this.#after, entered: listed(this.#entered), left: listed(this.#left) }
  }
}

function listed(counts: ReadonlyMap<Cause, number>): { cause: Cause; count: number }[] {
  return [...counts].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count || causes.indexOf(a.cause) - causes.indexOf(b.cause))
}

/** Adds up how many entered and left, by some key. */
export class Turnover {
  readonly #byKey = new Map<string, { key: string; entered: number; left: number }>()

  add(key: string, entered: boolean): void {
    let own = this.#byKey.get(key)
    if (!own) this.#byKey.set(key, (own = { key, entered: 0, left: 0 }))
    if (entered) own.entered += 1
    else own.left += 1
  }

  /** Most turnover first. */
  answer(): { key: string; entered: number; left: number }[] {
    return [...this.#byKey.values()].sort((a, b) => b.entered + b.left - a.entered - a.left || (a.key < b.key ? -1 : 1))
  }
}
