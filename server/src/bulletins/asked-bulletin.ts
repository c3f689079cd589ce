import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import type { UnitArea } from '@lastmile/db/query/area'
import { bulletinFigures, type BulletinAsked } from '@lastmile/db/query/bulletin-figures'
import { formerBulletin, sinceFormer, type FormerBulletin } from '@lastmile/db/query/bulletin-since'
import { findBulletin, type BulletinReader, type BulletinRow, type ListedBulletin } from '@lastmile/db/query/bulletins'
import type { ListRow } from '@lastmile/db/query/lists'
import type { Bulletin, BulletinFigures } from '@lastmile/shared/bulletin'
import { dayIn, earlierDay, startOfDay, type Day, type Instant } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Purview } from '@lastmile/shared/purview'
import { purviewHere } from '../http/actor.js'
import { areaOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Who asks for bulletins. */
export function readerOf(services: Services, c: Context, list: ListRow): BulletinReader {
  return { keeps: purviewHere(c, 'bulletin.keep', list.code), named: purviewHere(c, 'bulletin.comment', list.code), at: services.clock.now() }
}

/**
 * What a bulletin is asked about, by somebody who keeps such.
 * @throws Refusal 400 for a day on which the list was not in force, that is to come, or that had not begun when it is to have been known, and for a city; 404 for what is not his to keep
 */
export async function askedBulletin(services: Services, list: ListRow, keeps: Purview, { evidence, asOf: askedDay, knownOn, region }: { evidence: Evidence; asOf?: Day | undefined; knownOn?: Instant | null | undefined; region?: string | null | undefined }): Promise<BulletinAsked> {
  const when = whenOf(list, evidence, { asOf: askedDay, knownOn: knownOn ?? undefined })
  if (when.asOf < list.inForce) throw new Refusal(400, 'bulletin.before', `The list is in force from ${list.inForce} on: there is no bulletin of a day before.`, { field: 'asOf' })
  if (knownOn && knownOn > services.clock.now()) throw new Refusal(400, 'bulletin.future', '"knownOn" is still to come: what will be known then nobody knows.', { field: 'knownOn' })
  // One of today is kept during today; before a day begins nothing is known of it.
  const begins = startOfDay(list.timeZone, when.asOf)
  if (knownOn && Date.parse(knownOn) < Date.parse(begins)) throw new Refusal(400, 'bulletin.known_before', `"knownOn" lies before ${when.asOf} begins (${begins}): nothing was known of that day then. Ask for an earlier day, or for what was known later.`, { field: 'knownOn' })
  const area = await areaOf(services, list, region ?? undefined)
  if (area?.level === 'city') throw new Refusal(400, 'bulletin.region', '"region" names a city: a bulletin is of the whole, or of one unit.', { field: 'region' })
  if (!isKept(keeps, area)) throw notFound('region', region ?? 'all')
  return { ...when, area }
}

/** Whether bulletins of the whole, or of a unit, are somebody's to keep. */
function isKept(keeps: Purview, area: UnitArea | null): boolean {
  return keeps.of === 'all' || (keeps.of === 'unit' && area?.code === keeps.unit)
}

/** All figures of a bulletin as it would be now, with what changed since the last that is published. */
export async function figuresAsked(db: Database, list: ListRow, asked: BulletinAsked): Promise<BulletinFigures> {
  return comparedWith(db, list, asked, await bulletinFigures(db, list, asked), await formerBulletin(db, list, asked))
}

/** Figures with what changed since a former bulletin; nothing is compared where nobody reported. */
export async function comparedWith(db: Database, list: ListRow, asked: BulletinAsked, figures: BulletinFigures, former: FormerBulletin | null): Promise<BulletinFigures> {
  return { ...figures, since: former && figures.reported ? await sinceFormer(db, list, asked, figures, former) : null }
}

/** The day on which something that is done at an instant is signed: of a list that stands still, its today at the latest. */
export function signingDay(list: ListRow, at: Instant): Day {
  return earlierDay(dayIn(list.timeZone, at), list.today)
}

/** A bulletin that the asker may see. @throws Refusal 404 */
export async function bulletinOf(services: Services, c: Context, list: ListRow, code: string): Promise<BulletinRow> {
  const row = await findBulletin(services.db, list, readerOf(services, c, list), code)
  if (!row) throw notFound('bulletin', code)
  return row
}

/** A bulletin that is the asker's to keep. @throws Refusal 404 */
export async function keptBulletinOf(services: Services, c: Context, list: ListRow, code: string): Promise<BulletinRow> {
  const row = await bulletinOf(services, c, list, code)
  if (!row.isKeeper) throw notFound('bulletin', code)
  return row
}

/** Whether all of a bulletin is open to its asker. */
export function isOpen({ isKeeper, publishedAt }: Pick<BulletinRow, 'isKeeper' | 'publishedAt'>): boolean {
  return isKeeper || publishedAt !== null
}

/** A bulletin as it is answered: what is its keepers' is left out for everybody else, and what it says until it is open. */
export function bulletinTold(row: ListedBulletin): Bulletin {
  const { code, number, evidence, asOf, knownOn, region, regionName, state, issuer, keptByName, keptAt, publishAt, previewFrom, publishedAt, withdrawnAt, withdrawnReason, supersedes, supersededBy, supersededAt, openComments, madeWith, isKeeper } = row
  const { drugsListed, drugsStocked, institutions } = row.figures.total
  return {
    code, number, evidence, asOf, knownOn, region, regionName, state, issuer, keptBy: isKeeper ? keptByName : null, keptAt, publishAt, previewFrom, publishedAt, withdrawnAt, withdrawnReason, supersedes, supersededBy, supersededAt,
    figures: isOpen(row) ? { drugsListed, drugsStocked, institutions } : null, openComments: isKeeper ? openComments : null, madeWith,
  }
}
