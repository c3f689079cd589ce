import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { program } from '@lastmile/db/program'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { bulletinFigures, type BulletinAsked } from '@lastmile/db/query/bulletin-figures'
import { formerBulletin, type FormerBulletin } from '@lastmile/db/query/bulletin-since'
import { bulletinsOfDay, insertBulletin, lockBulletins, moveToReplaced, nextNumber } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { settleKnown } from '@lastmile/db/query/settled'
import type { AuditBy } from '@lastmile/shared/audit'
import { bulletinForms, type BulletinFigures, type BulletinForm, type BulletinState } from '@lastmile/shared/bulletin'
import type { Instant } from '@lastmile/shared/day'
import type { Text } from '@lastmile/shared/text'
import { eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { comparedWith, signingDay } from './asked-bulletin.js'
import { heldBulletin, isTold } from './lock-bulletin.js'
import { formMaker } from './make-bulletin.js'
import { tellEnded } from './tell-named.js'

/** How a bulletin is kept: by whom, at which instant, and in whose place. */
export interface KeepingBulletin {
  by: AuditBy
  at: Instant
  issuer: Text | null
  redHeader: boolean
  /** Code of the one whose place it takes. */
  supersedes: string | null
}

/**
 * Keeps a bulletin: settles what is known, makes it of that, and stores all its forms as they are. What is accepted from now
 * on is known later, so that it can be made again. Of two who keep the same at once one does. Answers its code.
 * @throws Refusal 409 where there is one of this evidence, scope and day that holds, unless it is the one whose place is taken
 */
export async function keepBulletin(services: Services, list: ListRow, asked: BulletinAsked, keeping: KeepingBulletin): Promise<string> {
  const { db } = services
  // Refused before anything is settled or counted; looked at again once nobody else keeps one.
  await placeTaken(db, list, asked, keeping.supersedes)
  const settled = { ...asked, knownOn: await settleKnown(db, list.id, keeping.at, asked.knownOn) }
  const figures = await bulletinFigures(db, list, settled)
  for (;;) {
    const former = await formerBulletin(db, list, settled)
    const kept = await storeBulletin(services, list, settled, { ...keeping, former, figures: await comparedWith(db, list, settled, figures, former) })
    if (kept === null) continue
    services.audit.appended()
    listChanged(services, { list: list.code, version: kept.version, report: null })
    return kept.code
  }
}

/** Stores a bulletin of figures that were counted before anybody had to wait: its number, its forms, and its place. Null where another than `former` is the last published by now. */
async function storeBulletin({ db, files, clock }: Services, list: ListRow, asked: BulletinAsked & { knownOn: Instant }, storing: KeepingBulletin & { figures: BulletinFigures; former: FormerBulletin | null }): Promise<{ code: string; version: number } | null> {
  const { at, by, issuer, redHeader, supersedes, figures } = storing
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockBulletins(tx, list)
    const replaced = await placeTaken(tx, list, asked, supersedes)
    if ((await formerBulletin(tx, list, asked))?.code !== storing.former?.code) return null
    // One that is public yet holds until the other is public too; one that is not is never published.
    if (replaced && replaced.state !== 'published') await replace(tx, list, replaced, { by: by.actor, at })
    const numbered = await nextNumber(tx, list, asked.area, Number(signingDay(list, at).slice(0, 4)))
    const imprint = { number: numbered.number, issuer, redHeader, signedOn: signingDay(list, at) }
    const forms: { form: BulletinForm; sha256: string; bytes: number }[] = []
    const make = formMaker(figures, imprint)
    for (const form of bulletinForms) {
      const bytes = await make(form)
      if (bytes === null) continue
      const file = await files.receive(bytes)
      await files.keep(file)
      forms.push({ form, sha256: file.sha256, bytes: file.bytes })
    }
    const { evidence, asOf, area, knownOn } = asked
    const row = { ...numbered, unitId: area?.unitId ?? null, evidence, asOf, knownOn, issuer, redHeader, figures, madeWith: program.version, keptBy: by.actor, keptByName: by.actorName, keptAt: at, supersedesId: replaced?.id ?? null }
    await insertBulletin(tx, list, row, forms)
    const version = await bumpVersion(tx, list.id, null)
    const after = { evidence, asOf, region: area?.code ?? null, knownOn, supersedes, forms: Object.fromEntries(forms.map(({ form, sha256 }) => [form, sha256])) }
    await appendAudit(tx, clock.now(), [eventBy(by, { action: 'bulletin.keep', outcome: 'done', list: list.code, object: numbered.code, after })])
    return { code: numbered.code, version }
  })
}

/** Takes the place of one that is not public; those who were told of it hear that it will not be. @throws Refusal 409 where it was moved meanwhile */
async function replace(tx: Database, list: ListRow, { code, state }: { code: string; state: BulletinState }, { by, at }: { by: string; at: Instant }): Promise<void> {
  const row = await heldBulletin(tx, list, code, at)
  if (row.state !== state || !(await moveToReplaced(tx, row.id, at))) throw moved(code)
  if (isTold(row, at)) await tellEnded(tx, list, row, { how: 'replaced', by, at })
}

/** The bulletin whose place is taken; null where none holds. @throws Refusal 409 where another holds than was named */
async function placeTaken(db: Database, list: ListRow, { evidence, asOf, area }: BulletinAsked, supersedes: string | null) {
  const holding = await bulletinsOfDay(db, list, { evidence, asOf, unitId: area?.unitId ?? null })
  const named = holding.find(({ code }) => code === supersedes) ?? null
  const other = holding.find((one) => one !== named)
  if (other) throw new Refusal(409, 'bulletin.exists', `Bulletin ${other.code} is of this evidence, scope and day. To keep another, name it as the one whose place it takes, or withdraw it.`, { field: 'supersedes' })
  if (supersedes !== null && !named) throw new Refusal(409, 'bulletin.not_held', `Bulletin ${supersedes.slice(0, 40)} is not of this evidence, scope and day, or does not hold any more.`, { field: 'supersedes' })
  return named
}

const moved = (code: string) => new Refusal(409, 'bulletin.moved', `Bulletin ${code} was changed meanwhile. Look at it again.`)
