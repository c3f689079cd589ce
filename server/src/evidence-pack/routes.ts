import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { EvidencePackQuestion } from '@lastmile/shared/evidence-pack'
import { eventOf } from '../audit/event-of.js'
import { CasePath } from '../cases/routes.js'
import { attachment } from '../http/export.js'
import { inTurnAlways } from '../http/in-turn.js'
import { newRoutes, operation, problem } from '../http/open-api.js'
import type { Services } from '../lib/services.js'
import { makePack } from './make-pack.js'

const archive = { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } }

/** The evidence pack of a supervision case, at any step of it. */
export function evidencePackRoutes(services: Services) {
  return newRoutes().openapi(operation('case.read', {
    method: 'get', path: '/{list}/cases/{code}/evidence-pack/file', summary: 'The evidence pack of a case, as a ZIP archive', request: { params: CasePath, query: EvidencePackQuestion },
    description: 'Timeline, gaps, letters, answers, files, statements with report and line, pictures, and digests of all of it (`sha256sum -c SHA256SUMS`). An office makes it of its whole case; whoever a letter is for, of what he sees of it. Made again of the `asOf` and `knownOn` that it names, it is the same bytes as long as nothing is done with the case.',
    responses: { 200: { description: 'The archive.', content: archive }, 409: problem('Something was done with the case since the day or instant asked for, or a file of it is gone.'), 413: problem('There is more than a pack holds: what to do.') },
  }), async (c) => {
    const path = c.req.valid('param')
    const { file, pack } = await inTurnAlways(c, () => makePack(services, c, path, c.req.valid('query')))
    try {
      const { case: code, version, asOf, knownOn } = pack
      // As every export is noted, and with the digest by which the file is known again.
      c.set('noted', true)
      await services.audit.note([eventOf(c, { action: 'export', outcome: 'done', list: pack.list, object: c.req.path, after: { ...c.req.query(), format: 'zip', status: 200, case: code, version, asOf, knownOn, sha256: file.sha256 } })])
      c.header('Content-Length', String(file.bytes))
      c.header('Content-Type', 'application/zip')
      c.header('Content-Disposition', attachment(`evidence-pack_${pack.list}_${code}_${asOf}.zip`))
      if (c.req.method === 'HEAD') {
        await services.files.discard(file)
        return c.body(null, 200)
      }
      const opened = await open(file.path)
      const stream = opened.createReadStream()
      // Sent or left, nobody needs it any more.
      stream.once('close', () => void services.files.discard(file))
      return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, 200)
    } catch (error) {
      await services.files.discard(file)
      throw error
    }
  })
}
