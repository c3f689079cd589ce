import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { appendAudit } from '@lastmile/db/audit/append'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import { verifyCoverage } from '@lastmile/db/coverage/verify'
import type { Database } from '@lastmile/db/database'
import { EvidenceHeld } from '@lastmile/db/load/evidence-held'
import { LoadedLater } from '@lastmile/db/load/loaded-later'
import { StandsTwice } from '@lastmile/db/load/stands-twice'
import { lockCounts } from '@lastmile/db/coverage/lock-counts'
import { bumpVersion } from '@lastmile/db/query/acceptance'
import { Instant } from '@lastmile/shared/day'
import { onlyFields } from '@lastmile/shared/only-fields'
import { inviteByCommand } from '../accounts/invite-anew.js'
import { eventOf, type Deed } from '../audit/event-of.js'
import { backupRoutes } from '../backup/routes.js'
import { allowed } from '../http/actor.js'
import { listOf } from '../http/parameters.js'
import { wrongField } from '../http/wrong-field.js'
import { BadDataFile } from '../load/bad-data-file.js'
import { loadEditionFolder, loadMasterFile, type Known } from '../load/load-files.js'
import { listChanged } from '../lib/list-changed.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

const LoadEdition = onlyFields({ folder: z.string(), at: Instant.optional() })
const LoadMaster = onlyFields({ list: z.string(), file: z.string(), at: Instant.optional() })

/** Whom a command invites: the address of an account. */
const Invite = onlyFields({ email: z.string().min(1) })

/** What commands on this machine may do, and nobody else: load editions and masters from local paths, verify, rebuild, copy, invite whom nobody else can. */
export function commandRoutes(services: Services): Hono {
  const { db, clock, lists, audit } = services
  /** Notes what a command changed, last in its transaction. */
  const note = (c: Context, tx: Database, deed: Omit<Deed, 'outcome'>) => appendAudit(tx, clock.now(), [eventOf(c, { ...deed, outcome: 'done' })])
  /** An edition, a master or a recount may change every list of a region set. */
  const changed = async (code: string) => {
    audit.appended()
    lists.forget()
    const { regionSet } = await listOf(services, code)
    for (const one of await lists.all()) {
      if (one.regionSet === regionSet) listChanged(services, { list: one.code, version: one.version, report: '' })
    }
  }
  /** When what is loaded was known: now, or the earlier instant that a rebuilt history says. */
  const knownAt = (at: Instant | undefined): Known => {
    const now = clock.now()
    if (at !== undefined && at > now) throw new Refusal(400, 'load.future', `"at" is ${at}, and it is ${now}: what is loaded is known now or was known before.`, { field: 'at' })
    return { at: at ?? now, isGiven: at !== undefined, now }
  }
  return new Hono()
    .use('*', allowed('command.run'))
    .route('/', backupRoutes(services))
    .post('/invite', async (c) => {
      const { email } = await bodyOf(c, Invite)
      return c.json(await inviteByCommand(services, c, email), 200)
    })
    .get('/here', (c) => c.json({ here: true }, 200))
    .post('/load-edition', async (c) => {
      const { folder, at } = await bodyOf(c, LoadEdition)
      const loaded = await explained(() => loadEditionFolder(db, folder, knownAt(at), (tx, { list, standardsKept }, then) => note(c, tx, { action: 'command.load_edition', list, after: { folder, knownAt: then, standardsKept } })))
      await changed(loaded.list)
      return c.json(loaded, 200)
    })
    .post('/load-master', async (c) => {
      const { list, file, at } = await bodyOf(c, LoadMaster)
      const effect = await explained(() => loadMasterFile(db, list, file, knownAt(at), (tx, effect, then) => note(c, tx, { action: 'command.load_master', list, after: { file, knownAt: then, ...effect } })))
      await changed(list)
      return c.json(effect, 200)
    })
    .post('/verify/:list', async (c) => {
      const list = await listOf(services, c.req.param('list'))
      // In a transaction, since it takes longer than a question may; and of one moment, since reports go on coming in.
      return c.json({ discrepancies: await db.transaction((tx) => verifyCoverage(tx as Database, list.id), { isolationLevel: 'repeatable read', accessMode: 'read only' }) }, 200)
    })
    .post('/audit-verify', async (c) => c.json(await audit.verify(), 200))
    .post('/rebuild/:list', async (c) => {
      const list = await listOf(services, c.req.param('list'))
      await db.transaction(async (tx) => {
        await lockCounts(tx as Database)
        await rebuildCoverage(tx as Database, list.id)
        await bumpVersion(tx as Database, list.id)
        await note(c, tx as Database, { action: 'command.rebuild', list: list.code })
      })
      await changed(list.code)
      return c.json({ rebuilt: list.code }, 200)
    })
}

/** The body of a command. @throws Refusal 400 if it is not JSON, or not what the command takes */
async function bodyOf<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> {
  const value: unknown = await c.req.json().catch(() => {
    throw new Refusal(400, 'request.not_json', 'The body of the request is not JSON.')
  })
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { field, message } = wrongField(parsed.error)
  throw new Refusal(400, 'request.wrong', `${field || 'The body'}: ${message}`, field ? { field } : {})
}

/** Problems of a data file are the caller's to mend: 422 with every one of them. */
async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BadDataFile) throw new Refusal(422, 'data_file.wrong', error.message)
    if (error instanceof LoadedLater) throw new Refusal(422, 'load.known_later', error.message, { field: 'at' })
    if (error instanceof EvidenceHeld) throw new Refusal(422, 'load.evidence', error.message, { field: 'evidence' })
    if (error instanceof StandsTwice) throw new Refusal(422, 'load.candidacy', error.message, { field: 'candidacies' })
    throw error
  }
}
