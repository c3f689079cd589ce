import { get, type IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'
import { listening } from './listening.js'

/*
 * Open windows: each keeps a line on which it is told of changes.
 */

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
