import { companyLook, type CompanyLook } from '@lastmile/db/query/company-moves'
import type { Database } from '@lastmile/db/database'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import type { Instant } from '@lastmile/shared/day'

/** Looks that are held at once: those of who turns pages now. */
const heldAtMost = 16
/** How often it is looked anew because something was committed meanwhile. */
const tries = 5

/**
 * What moved of companies' drugs, looked at once for a version of what is public, a day, a company and an instant: reading what was known
 * then costs as much as all that was ever said, and pages, sets and kinds of evidence are read off the same look. Who asks while it is
 * made waits for it. `make`: in whose turn it is made.
 */
export function newHeldLooks(db: Database) {
  const held = new Map<string, Promise<CompanyLook>>()
  return async (list: ListRow, company: string, since: Instant, make: (look: () => Promise<CompanyLook>) => Promise<CompanyLook>): Promise<CompanyLook> => {
    for (let left = tries - 1; ; left--) {
      const version = await publicVersionNow(db, list.id)
      const key = JSON.stringify([list.id, version, list.today, company, since])
      const found = held.get(key)
      const look = found ?? make(() => companyLook(db, list, company, since))
      hold(held, key, look)
      const [made] = await Promise.allSettled([look])
      const isSame = (await publicVersionNow(db, list.id)) === version
      // It is held if it is of one version, and the list's row was of that.
      if (made.status === 'rejected' || !isSame || (found === undefined && list.publicVersion !== version)) held.delete(key)
      if (made.status === 'fulfilled' && (isSame || left === 0)) return made.value
      // What failed at one version fails again; another's may have failed because he went away.
      if (made.status === 'rejected' && ((isSame && found === undefined) || left === 0)) throw made.reason
    }
  }
}

/** Holds a look as the latest that was asked for, and lets go of the oldest. */
function hold(held: Map<string, Promise<CompanyLook>>, key: string, look: Promise<CompanyLook>): void {
  held.delete(key)
  held.set(key, look)
  const [oldest] = held.keys()
  if (held.size > heldAtMost) held.delete(oldest!)
}
