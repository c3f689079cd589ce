import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { newFeedWorker } from '@lastmile/server/feeds/start-feeds'
import type { Services } from '@lastmile/server/lib/services'
import type { FeedBounds } from '@lastmile/server/feeds/feed-bounds'
import { clockAt } from '@lastmile/server/lib/clock'
import { FeedAnswer, FeedRunsAnswer, FeedsAnswer, type Feed, type FeedRun, type NewFeed } from '@lastmile/shared/feed'
import { Problem } from '@lastmile/shared/problem'
import type { Report } from '@lastmile/shared/report'
import type { Limits } from '@lastmile/shared/source'
import { accountsOf } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/*
 * What tests of feeds are made of: a world whose clock can be set, a real folder, a real HTTP server.
 */

export const json = { 'content-type': 'application/json' }
export const rows = (...said: string[]) => ['institution_code,drug_code,status', ...said.map((one) => one.replaceAll(' ', ','))].join('\n')
const noon = '2026-06-30T04:00:00.000Z'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0)) await one()
})

/** A server of this machine that answers as it is told, and remembers what it was asked. */
export async function fileServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, asked, url: `http://${host}/stock/june.csv` }
}

/** A world whose clock can be set, a folder that feeds may read, and what keeps and fetches them. */
export async function withFeeds({ hosts = [] as string[], limits = {} as Partial<Limits>, tokens = null as string | null } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-feeds-'))
  cleanUp.push(() => rm(folder, { recursive: true, force: true }))
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100100' }, sources: { north: { channels: { upload: {}, feed: limits } }, south: { channels: { upload: {} } } } })
  let now = noon
  const clock = clockAt(() => now)
  const services: Services = { ...world.services, clock, accounts: accountsOf(world.services.db, clock, world.services.log) }
  const open = join(folder, 'open')
  await mkdir(open)
  const tokensFile = tokens === null ? null : join(folder, 'tokens')
  if (tokensFile !== null) await writeFile(tokensFile, tokens!)
  const bounds: FeedBounds = { folders: [open], hosts, tokensFile, runDays: 90 }
  const system = doorOf(services, { role: 'system_administrator' }, { feeds: bounds })
  const worker = newFeedWorker(services, bounds)
  const put = async (name: string, text: string, changed = '2026-06-30T03:00:00.000Z') => {
    await writeFile(join(open, name), text)
    await utimes(join(open, name), new Date(changed), new Date(changed))
  }
  const begin = (own: Partial<NewFeed>) => system.ask('/api/feeds', { method: 'POST', headers: json, body: JSON.stringify({ name: 'North', list: listCode, source: 'north', where: { kind: 'folder', folder: open }, file: '*', schedule: { every: 'hours', count: 1 }, dayFrom: 'run', enabled: true, ...own }) })
  const begun = async (own: Partial<NewFeed>) => FeedAnswer.parse(await (await begin(own)).json()).feed
  const runs = async (feed: Feed) => FeedRunsAnswer.parse(await system.read(`/api/feeds/${feed.code}/runs`)).runs
  /** At an instant: whatever is due is fetched to its end. Answers the last run of a feed. */
  const fetchedAt = async (feed: Feed, at: string) => {
    now = at
    await Promise.all(await worker.fetchDue())
    return (await runs(feed))[0]!
  }
  const now_ = { set: (at: string) => (now = at) }
  const shown = async () => FeedsAnswer.parse(await system.read('/api/feeds')).feeds[0]!
  const reports = async () => (await doorOf(services).read<{ rows: Report[] }>(`/api/lists/${listCode}/reports?sort=asOf-up`)).rows
  return { services, loadMaster: world.loadMaster, folder, open, bounds, system, worker, put, begin, begun, runs, fetchedAt, clock: now_, shown, reports }
}

export const became = ({ files }: FeedRun) => files.map(({ filename, outcome, asOf, period, reason }) => [filename, outcome, asOf ?? period, reason])
export const refusal = async (answer: Response) => [answer.status, Problem.parse(await answer.json()).error.code]
export const asked = (door: Door, { code, version }: Feed, method: 'POST' | 'PUT' | 'DELETE', body?: object) => door.ask(`/api/feeds/${code}${method === 'POST' ? '/runs' : ''}`, { method, headers: { ...json, 'if-match': `"${version}"` }, ...(body ? { body: JSON.stringify(body) } : {}) })
