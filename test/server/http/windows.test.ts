import { get, type IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'
import { listening } from './listening.js'

/*
 * Open windows: each keeps a line on which it is told of changes.
 */

const json = { 'content-type': 'application/json' }

/** Opens a window that reads nothing yet. */
const open = (address: string) => new Promise<IncomingMessage>((resolve, reject) => {
  get(`${address}/api/events`, { agent: false }, resolve).on('error', reject)
})
test('a window that does not read is let go, and one that reads hears everything', async () => {
  const { services } = await given()
  const server = await listening(services)
  const [reads, sleeps] = [await open(server.address), await open(server.address)]
  let heard = ''
  reads.setEncoding('utf8').on('data', (text: string) => (heard += text))
  const ended = new Promise((resolve) => sleeps.once('close', () => resolve('let go')).on('error', () => {}))
  sleeps.pause()
  await expect.poll(() => services.events.listening()).toBe(2)
  const upload = 'u'.repeat(64_000)
  let told = 0
  while (services.events.listening() > 1 && told < 5_000) {
    services.events.publish({ event: 'progress', data: { upload, stage: 'reading', rows: (told += 1) }, to: 'public' })
    await setTimeout(1)
  }
  expect(services.events.listening()).toBe(1)
  await expect.poll(() => heard.split('\n\n').filter((one) => one.startsWith('event: progress')).length).toBe(told)
  sleeps.resume()
  expect(await ended).toBe('let go')
  reads.destroy()
  await expect.poll(() => services.events.listening()).toBe(0)
  await server.close()
})

test('there are only so many windows, and one that closes makes room', async () => {
  const { services } = await given()
  const door = doorOf(services)
  const windows: Response[] = []
  let answer = await door.ask('/api/events')
  for (; answer.status === 200 && windows.length < 10_000; answer = await door.ask('/api/events')) windows.push(answer)
  expect([answer.status, await answer.json()]).toEqual([503, { error: { code: 'events.full', message: expect.any(String) as string } }])
  expect(windows.length).toBe(services.events.listening())
  await windows.pop()!.body!.cancel()
  const another = await door.ask('/api/events')
  expect(another.status).toBe(200)
  for (const one of [...windows, another]) await one.body!.cancel()
  expect(services.events.listening()).toBe(0)
})

describe('a window ends, and is told why, when whoever opened it is no longer who he was', () => {
  /** What a window has heard up to its end, if it ends. */
  const heardBy = async (door: Door, headers: Record<string, string> = {}) => {
    const answer = await door.ask('/api/events', { headers })
    expect(answer.status).toBe(200)
    const one = { text: '', ended: false, close: () => reader.cancel() }
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    void (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) one.text += part.value
      one.ended = true
    })()
    return one
  }
  const session = 'event: session\ndata: {}\n\n'
  const ended = async (window: { text: string; ended: boolean }) => {
    await expect.poll(() => window.ended).toBe(true)
    expect(window.text.endsWith(session)).toBe(true)
  }

  test.each([
    ['he signs out', async (own: Door) => own.ask('/api/session', { method: 'DELETE' })],
    ['he is signed out everywhere', async (_: Door, security: Door, id: string) => security.ask(`/api/accounts/${id}/sessions`, { method: 'DELETE' })],
    ['he looks as another', async (own: Door) => own.ask('/api/session/see-as', { method: 'POST', headers: json, body: JSON.stringify({ role: 'reader' }) })],
  ])('%s', async (_, change) => {
    const { services } = await given()
    const [own, colleague, security] = [doorOf(services, { role: 'system_administrator' }), doorOf(services), doorOf(services, { role: 'security_administrator' })]
    const { account } = await own.read<{ account: { id: string } }>('/api/account')
    const [his, another, nobodys] = [await heardBy(own), await heardBy(colleague), await heardBy(doorOf(services, 'public'))]
    expect((await change(own, security, account.id)).status).toBe(200)
    await ended(his)
    services.events.publish({ event: 'report', data: { list: 'any', version: 1, report: '' } })
    for (const window of [another, nobodys]) {
      await expect.poll(() => window.text).toContain('event: report')
      expect([window.ended, window.text.includes(session)]).toEqual([false, false])
      await window.close()
    }
    expect(his.text).not.toContain('event: report')
  })

  test('its key is revoked', async () => {
    const { services } = await given()
    const security = doorOf(services, { role: 'security_administrator' })
    const made = await security.ask('/api/keys', { method: 'POST', headers: json, body: JSON.stringify({ name: 'Feed', list: listCode, source: 'north', expiresAt: '2026-12-31T00:00:00.000Z' }) })
    const { key, secret } = await made.json() as { key: { code: string }; secret: string }
    const window = await heardBy(doorOf(services, 'public'), { authorization: `Bearer ${secret}` })
    expect((await security.ask(`/api/keys/${key.code}`, { method: 'DELETE' })).status).toBe(200)
    await ended(window)
  })
})
