import { Hono, type Context } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { CannotRestore } from '@lastmile/db/backup/restore'
import { onlyFields } from '@lastmile/shared/only-fields'
import { Problem } from '@lastmile/shared/problem'
import { eventOf } from '../audit/event-of.js'
import { saidOf } from '../lib/log.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { makeCopy } from './make-copy.js'
import type { Manifest } from './manifest.js'
import { restoreCopy } from './restore-copy.js'

/** A line of the answer to a copy's making or putting back: how far it is, and at last what came of it. */
export const CopyLine = z.union([
  z.object({ progress: z.string() }),
  z.object({ done: z.object({ at: z.string(), program: z.string(), tables: z.int(), rows: z.int(), files: z.int(), bytes: z.int() }) }),
  Problem,
])
export type CopyLine = z.infer<typeof CopyLine>

const Where = onlyFields({ folder: z.string().min(1) })

/** Making a copy and putting one back, for commands on this machine. Both take long: they answer a line at a time. */
export function backupRoutes(services: Services): Hono {
  return new Hono()
    .post('/backup', (c) => byLines(services, c, 'command.backup', (folder, onProgress) => makeCopy(services, folder, onProgress)))
    .post('/restore', (c) => byLines(services, c, 'command.restore', (folder, onProgress) => restoreCopy(services, folder, onProgress)))
}

async function byLines(services: Services, c: Context, action: 'command.backup' | 'command.restore', work: (folder: string, onProgress: (what: string) => void) => Promise<Manifest>): Promise<Response> {
  const where = Where.safeParse(await c.req.json().catch(() => null))
  if (!where.success) throw new Refusal(400, 'request.wrong', 'Name the folder of the copy, and nothing else.', { field: 'folder' })
  c.header('Content-Type', 'application/x-ndjson')
  return stream(c, async (out) => {
    const say = async (line: CopyLine) => void (await out.write(`${JSON.stringify(line)}\n`))
    try {
      const done = summaryOf(await work(where.data.folder, (progress) => void say({ progress })))
      // Of one that is refused nothing is noted: a home into which a copy shall go must be empty.
      await services.audit.note([eventOf(c, { action, outcome: 'done', object: where.data.folder, after: done })])
      await say({ done })
    } catch (error) {
      if (error instanceof Refusal) return say(error.problem())
      if (error instanceof CannotRestore) return say({ error: { code: 'restore.refused', message: error.message } })
      services.log.error({ err: error }, 'a copy failed')
      return say({ error: { code: 'server.failed', message: `It did not work: ${saidOf(error).message}` } })
    }
  })
}

function summaryOf({ at, program, tables, members }: Manifest) {
  return {
    at, program, tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: members.filter(({ path }) => /^(?:journal|files)\//.test(path)).length, bytes: members.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
