import { randomBytes } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { apiKeysOf, findApiKey, insertApiKey, revokeApiKey } from '@lastmile/db/query/api-keys'
import { findSource } from '@lastmile/db/query/sources'
import { ApiKey, ApiKeyAnswer, ApiKeysAnswer, NewApiKey } from '@lastmile/shared/account'
import { everything } from '@lastmile/shared/purview'
import { answered, jsonBody, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { fingerprint, newSecret } from './accounts.js'
import { changeNoted } from './note.js'

const refusals = refusedWith({ 409: 'It was revoked already.', 422: 'It would have expired already, or hold too long.' })

/** A key holds for two years at most: then another is made, and whoever has the old one has nothing. */
const longestMs = 731 * 86_400_000

/** Machines' keys, for the security administrator: each opens one source. */
export function keyRoutes(services: Services) {
  const { db, clock } = services
  return newRoutes()
    .openapi(operation('key.manage', { method: 'get', path: '/', summary: 'The keys of machines', responses: { ...answered(ApiKeysAnswer, 'The latest first. None of them is a key itself.'), ...refusals } }), async (c) => {
      const { list } = c.get('actor')
      return c.json({ keys: (await apiKeysOf(db)).filter((key) => list === null || key.list === list) }, 200)
    })
    .openapi(operation('key.manage', {
      method: 'post', path: '/', summary: 'Make a key to one source', request: { body: jsonBody(NewApiKey) },
      responses: { ...answered(ApiKeyAnswer, 'The key. It is shown this once.'), ...refusals },
    }), async (c) => {
      const { name, list: listCode, source: sourceCode, expiresAt } = c.req.valid('json')
      const actor = c.get('actor')
      const now = clock.now()
      if (actor.list !== null && actor.list !== listCode) throw notFound('list', listCode)
      const list = await listOf(services, listCode)
      const source = await findSource(db, list.id, sourceCode, everything)
      if (!source) throw notFound('source', sourceCode)
      if (source.data.channels.feed === undefined) throw new Refusal(422, 'source.no_feed', `Source "${sourceCode}" takes no reports by a machine: its channels hold no feed.`, { field: 'source' })
      const until = new Date(expiresAt).toISOString()
      if (until <= now || Date.parse(until) - Date.parse(now) > longestMs) throw new Refusal(422, 'key.expiry', 'expiresAt: an instant from now on, within two years.', { field: 'expiresAt' })
      const code = randomBytes(6).toString('hex')
      const secret = newSecret('lmk_')
      const key = await changeNoted(services, c, async (tx) => {
        await insertApiKey(tx, { code, sourceId: source.id, name, hash: fingerprint(secret), createdAt: now, createdBy: actor.id, expiresAt: until })
        const key = (await findApiKey(tx, code))!
        return { event: { action: 'key.create', object: code, after: key }, result: key }
      })
      return c.json({ key, secret }, 200)
    })
    .openapi(operation('key.manage', { method: 'delete', path: '/{code}', summary: 'Revoke a key', request: { params: z.object({ code: z.string() }) }, responses: { ...answered(z.strictObject({ key: ApiKey }), 'It holds no more.'), ...refusals } }), async (c) => {
      const { code } = c.req.valid('param')
      const { list } = c.get('actor')
      const before = await findApiKey(db, code)
      if (!before || (list !== null && before.list !== list)) throw notFound('key', code)
      const key = await changeNoted(services, c, async (tx) => {
        if (!(await revokeApiKey(tx, code, clock.now()))) throw new Refusal(409, 'key.revoked', 'This key was revoked already.')
        return { event: { action: 'key.revoke', object: code }, result: (await findApiKey(tx, code))! }
      })
      return c.json({ key }, 200)
    })
}
