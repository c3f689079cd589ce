import { Hono } from 'hono'
import { z } from 'zod'
import { rebuildCoverage, verifyCoverage } from '@lastmile/db/coverage/rebuild'
import type { Database } from '@lastmile/db/database'
import { bumpVersion, lockList } from '@lastmile/db/query/acceptance'
import { listOf } from '../http/parameters.js'
import { BadDataFile } from '../load/bad-data-file.js'
import { loadEditionFolder, loadMasterFile } from '../load/load-files.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { isCommand } from './token.js'

const LoadEdition = z.object({ folder: z.string() })
const LoadMaster = z.object({ list: z.string(), file: z.string() })

/** What commands on this machine may do, and nobody else: load editions and masters from local paths, verify, rebuild. */
export function commandRoutes(services: Services): Hono {
  const { db, clock, events } = services
  const changed = async (code: string) => {
    const list = await listOf(services, code)
    events.publish({ event: 'report', data: { list: code, version: list.version, report: '' } })
  }
  return new Hono()
    .use(async (c, next) => {
      // For everybody else these paths do not exist.
      if (!isCommand(c, services.commandToken)) throw new Refusal(404, 'path.not_found', 'There is nothing here.')
      await next()
    })
    .post('/load-edition', async (c) => {
      const { folder } = LoadEdition.parse(await c.req.json())
      const list = await explained(() => loadEditionFolder(db, folder, clock.now()))
      await changed(list)
      return c.json({ list }, 200)
    })
    .post('/load-master', async (c) => {
      const { list, file } = LoadMaster.parse(await c.req.json())
      const effect = await explained(() => loadMasterFile(db, list, file, clock.now()))
      await changed(list)
      return c.json(effect, 200)
    })
    .post('/verify/:list', async (c) => {
      const list = await listOf(services, c.req.param('list'))
      return c.json({ discrepancies: await verifyCoverage(db, list.id) }, 200)
    })
    .post('/rebuild/:list', async (c) => {
      const list = await listOf(services, c.req.param('list'))
      await db.transaction(async (tx) => {
        await lockList(tx as Database, list.id)
        await rebuildCoverage(tx as Database, list.id)
        await bumpVersion(tx as Database, list.id)
      })
      await changed(list.code)
      return c.json({ rebuilt: list.code }, 200)
    })
}

/** Problems of a data file are the caller's to mend: 422 with every one of them. */
async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BadDataFile) throw new Refusal(422, 'data_file.wrong', error.message)
    throw error
  }
}
