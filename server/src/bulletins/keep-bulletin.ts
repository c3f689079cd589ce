import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { program } from '@lastmile/db/program'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import type { BulletinAsked } from '@lastmile/db/query/bulletin-figures'
import { bulletinsOfDay, insertBulletin, lockBulletins, moveToReplaced, nextNumber } from '@lastmile/db/query/keep-bulletin'
import type { ListRow } from '@lastmile/db/query/lists'
import { settleKnown } from '@lastmile/db/query/settled'
import type { AuditBy } from '@lastmile/shared/audit'
import { bulletinForms, type BulletinForm } from '@lastmile/shared/bulletin'
import type { Instant } from '@lastmile/shared/day'
import type { Text } from '@lastmile/shared/text'
import { eventBy } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { figuresAsked, signingDay } from './asked-bulletin.js'
import { formMaker } from './make-bulletin.js'

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
  const { db, files } = services
  const { at, by, issuer, redHeader, supersedes } = keeping
  const knownOn = asked.knownOn ?? await settleKnown(db, list.id, at)
  const { code, version } = await db.transaction(async (transaction) => {
    const tx = transaction as Database
    await lockBulletins(tx, list)
    const former = await placeTaken(tx, list, asked, supersedes)
    const numbered = await nextNumber(tx, list, asked.area, Number(signingDay(list, at).slice(0, 4)))
    const figures = await figuresAsked(tx, list, { ...asked, knownOn }, at)
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
    const { evidence, asOf, area } = asked
    const row = { ...numbered, unitId: area?.unitId ?? null, evidence, asOf, knownOn, issuer, redHeader, figures, madeWith: program.version, keptBy: by.actor, keptByName: by.actorName, keptAt: at, supersedesId: former?.id ?? null }
    await insertBulletin(tx, list, row, forms)
    // One that is public yet holds until the other is public too; one that is not is never published.
    if (former && former.state !== 'published' && !(await moveToReplaced(tx, former.id, at))) throw moved(former.code)
    const version = await bumpVersion(tx, list.id, null)
    const after = { evidence, asOf, region: area?.code ?? null, knownOn, supersedes, forms: Object.fromEntries(forms.map(({ form, sha256 }) => [form, sha256])) }
    await appendAudit(tx, services.clock.now(), [eventBy(by, { action: 'bulletin.keep', outcome: 'done', list: list.code, object: numbered.code, after })])
    return { code: numbered.code, version }
  })
  services.audit.appended()
  listChanged(services, { list: list.code, version, report: null })
  return code
}

/** The bulletin whose place is taken; null where none holds. @throws Refusal 409 where another holds than was named */
async function placeTaken(tx: Database, list: ListRow, { evidence, asOf, area }: BulletinAsked, supersedes: string | null) {
  const holding = await bulletinsOfDay(tx, list, { evidence, asOf, unitId: area?.unitId ?? null })
  const named = holding.find(({ code }) => code === supersedes) ?? null
  const other = holding.find((one) => one !== named)
  if (other) throw new Refusal(409, 'bulletin.exists', `Bulletin ${other.code} is of this evidence, scope and day. To keep another, name it as the one whose place it takes, or withdraw it.`, { field: 'supersedes' })
  if (supersedes !== null && !named) throw new Refusal(409, 'bulletin.not_held', `Bulletin ${supersedes.slice(0, 40)} is not of this evidence, scope and day, or does not hold any more.`, { field: 'supersedes' })
  return named
}

const moved = (code: string) => new Refusal(409, 'bulletin.moved', `Bulletin ${code} was changed meanwhile. Look at it again.`)
