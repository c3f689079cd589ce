import { bytesOfLook, bytesOfThen, companyLook, companyThen, rulesOfThen, type CompanyLook, type CompanyThen } from '@lastmile/db/query/company-moves'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import { settleKnown } from '@lastmile/db/query/settled'
import type { Day, Instant } from '@lastmile/shared/day'
import type { Services } from '../lib/services.js'
import { newHeldPromises } from './held-promises.js'

/** Looks that are held at once, and their bytes: those of who turns pages now. */
const heldAtMost = 64
const heldBytesAtMost = 64_000_000
/** How often it is looked anew because something was committed meanwhile. */
const tries = 5

/** Which look, and of what: a company's of a list since an instant. `told`: what else the answer tells of is of no later instant than this. */
export interface LookAsked {
  company: string
  since: Instant
  told: Instant
}

/** A look, and an instant by which everything is known that it holds, and after which whatever it does not hold will be. */
export interface SettledLook {
  look: CompanyLook
  at: Instant
}

/**
 * What moved of companies' drugs, looked at once for a version of what is public, a day, a company and an instant: pages, sets and kinds of
 * evidence are read off the same look. Reading what was known then costs as much as all that was ever said, and is done once for all versions.
 * Who asks while it is made waits for it. What is known is settled before it is looked: a report on its way is accepted after `at`, and told to who has seen what
 * was known by then. `at` stands still while nothing moves. `make`: in whose turn it is made.
 */
export function newHeldLooks({ db, clock }: Pick<Services, 'db' | 'clock'>) {
  const held = newHeldPromises<CompanyLook>(heldAtMost, heldBytesAtMost, bytesOfLook)
  const heldThen = newHeldPromises<CompanyThen>(heldAtMost, heldBytesAtMost, bytesOfThen)
  const settled = new Map<number, { version: number | null; today: Day; at: Instant }>()
  /** The version there is now, and an instant by which everything is known that it holds: settled once a version and day, unless it must be later. */
  const settledNow = async (list: ListRow, least: Instant) => {
    const version = await publicVersionNow(db, list.id)
    const before = settled.get(list.id)
    if (before?.version === version && before.today === list.today && before.at >= least) return before
    const at = await settleKnown(db, list.id, clock.now(), null)
    // Of whatever version there is by then: it holds all that was accepted until the instant.
    const now = { version: await publicVersionNow(db, list.id), today: list.today, at }
    settled.set(list.id, now)
    // What was looked at of another version, or on another day, nobody asks for any more.
    held.keep((key) => { const [id, version, today] = JSON.parse(key) as [number, number, Day]; return id !== list.id || (version === now.version && today === now.today) })
    return now
  }
  /** What was known then stands still, whatever is reported now: it is read once for the rules by which it is counted. */
  const lookFrom = async (list: ListRow, company: string, since: Instant) => {
    const key = JSON.stringify([list.id, list.today, await rulesOfThen(db, list), company, since])
    const found = heldThen.find(key)
    const then = found ?? companyThen(db, list, company, since)
    if (found === undefined) heldThen.hold(key, then)
    return companyLook(db, list, company, await then)
  }
  return async (list: ListRow, { company, since, told }: LookAsked, make: (look: () => Promise<CompanyLook>) => Promise<CompanyLook>): Promise<SettledLook> => {
    for (let left = tries - 1; ; left--) {
      const { version, at } = await settledNow(list, since > told ? since : told)
      const key = JSON.stringify([list.id, version, list.today, company, since])
      const found = held.find(key)
      const look = found ?? make(() => lookFrom(list, company, since))
      if (found === undefined) held.hold(key, look)
      const [made] = await Promise.allSettled([look])
      const isSame = (await publicVersionNow(db, list.id)) === version
      // It is held if it is of one version, and the list's row was of that. Another may have begun anew meanwhile: his is left.
      if (made.status === 'rejected' || !isSame || (found === undefined && list.publicVersion !== version)) held.drop(key, look)
      if (made.status === 'fulfilled' && (isSame || left === 0)) return { look: made.value, at }
      // What failed at one version fails again; another's may have failed because he went away.
      if (made.status === 'rejected' && ((isSame && found === undefined) || left === 0)) throw made.reason
    }
  }
}
