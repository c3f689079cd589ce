import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { tellOfMessages } from '@lastmile/db/load/notify'
import { keepMessageSettings, messageSettingsOf } from '@lastmile/db/query/message-settings'
import { acknowledgeMessages, hearsOfSource, messagesOf, mute, mutesOf, openMessages, unmute } from '@lastmile/db/query/messages'
import { Acknowledging, messageReader, MessagesAnswer, MessageSettings, MessageSettingsAnswer, MessagesQuestion, Mute, OpenMessagesAnswer } from '@lastmile/shared/message'
import { sortOf } from '@lastmile/shared/sort'
import { answered, jsonBody, newRoutes, operation } from '../http/open-api.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

const Muted = z.strictObject({ muted: z.boolean() })

/**
 * One's own inbox: what one is told, that one has seen it, and of what one does not want to hear. Nothing of it is anybody
 * else's, and none of it is noted in the audit: who has acknowledged what, and when, stands with the message itself.
 */
export function messageRoutes(services: Services) {
  const { db, clock } = services
  const readerHere = (c: Context) => messageReader(c.get('actor'))
  /** Changes what is one's own, and has one's other windows look anew. */
  const change = async <Result>(c: Context, work: (tx: Database) => Promise<Result>): Promise<Result> => db.transaction(async (tx) => {
    const result = await work(tx as Database)
    await tellOfMessages(tx as Database, readerHere(c).addresses.slice(0, 1))
    return result
  })
  const settings = async (c: Context): Promise<MessageSettingsAnswer> => {
    const reader = readerHere(c)
    const account = c.get('identity').session?.account
    const isMailed = services.mailer !== undefined && account !== undefined && !account.demonstration
    return { ...await messageSettingsOf(db, reader.account), mailTo: isMailed ? account.email : null, mutes: await mutesOf(db, reader) }
  }
  return newRoutes()
    .openapi(operation('message.own', { method: 'get', path: '/', summary: 'One\'s messages, the latest first', request: { query: MessagesQuestion }, responses: answered(MessagesAnswer, 'A page of them. They are kept for a year.') }), async (c) => {
      const { offset, limit, sort, ...filter } = c.req.valid('query')
      const { messages, total } = await messagesOf(db, readerHere(c), filter, { offset, limit }, sortOf(sort))
      return c.json({ messages, page: { offset, limit, total }, open: (await openMessages(db, readerHere(c))).open }, 200)
    })
    .openapi(operation('message.own', { method: 'get', path: '/open', summary: 'How many of one\'s messages are neither acknowledged nor muted', responses: answered(OpenMessagesAnswer, 'And how many of those are urgent.') }), async (c) => {
      return c.json(await openMessages(db, readerHere(c)), 200)
    })
    .openapi(operation('message.own', { method: 'put', path: '/acknowledged', summary: 'Acknowledge messages: some, or all open ones up to an instant', request: { body: jsonBody(Acknowledging) }, responses: answered(z.strictObject({ acknowledged: z.int() }), 'So many were not before.') }), async (c) => {
      const which = c.req.valid('json')
      const chosen = 'messages' in which ? { codes: which.messages } : { kind: which.kind, upTo: which.upTo }
      return c.json({ acknowledged: await change(c, (tx) => acknowledgeMessages(tx, readerHere(c), chosen, clock.now())) }, 200)
    })
    .openapi(operation('message.own', { method: 'put', path: '/mutes', summary: 'Hear no more of a kind of message, or of a source', request: { body: jsonBody(Mute) }, responses: answered(Muted, 'They are not counted and not mailed.') }), async (c) => {
      const what = c.req.valid('json')
      if ('source' in what && !(await hearsOfSource(db, readerHere(c), what))) throw notFound('source', what.source)
      await change(c, (tx) => mute(tx, readerHere(c).account, what))
      return c.json({ muted: true }, 200)
    })
    .openapi(operation('message.own', { method: 'delete', path: '/mutes', summary: 'Hear of it again', request: { body: jsonBody(Mute) }, responses: answered(Muted, 'They are counted again.') }), async (c) => {
      await change(c, (tx) => unmute(tx, readerHere(c).account, c.req.valid('json')))
      return c.json({ muted: false }, 200)
    })
    .openapi(operation('message.own', { method: 'get', path: '/settings', summary: 'How one is told: by mail or not, and of what one does not want to hear', responses: answered(MessageSettingsAnswer, 'The settings.') }), async (c) => {
      return c.json(await settings(c), 200)
    })
    .openapi(operation('message.own', { method: 'put', path: '/settings', summary: 'Say how one wants to be told by mail', request: { body: jsonBody(MessageSettings) }, responses: answered(MessageSettingsAnswer, 'The settings as they are now.') }), async (c) => {
      await keepMessageSettings(db, readerHere(c).account, c.req.valid('json'))
      return c.json(await settings(c), 200)
    })
}
