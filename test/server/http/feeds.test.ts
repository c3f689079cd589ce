import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { beginDueRun } from '@lastmile/db/query/feed-runs'
import { newFeedWorker } from '@lastmile/server/feeds/start-feeds'
import { FeedsAnswer } from '@lastmile/shared/feed'
import { Problem } from '@lastmile/shared/problem'
import { doorOf } from './door.js'
import { asked, became, fileServer, refusal, rows, withFeeds } from './feed-world.js'

/*
 * Feeds of an address, which a real HTTP server answers; and when feeds are fetched, by which of several servers.
 */

describe('a feed of an address', () => {
  test('asks with what the address said of its last answer, and sends the same bytes once, whatever day it is', async () => {
    let body = rows('H1 alpha in_stock')
    const { host, url, asked: requests } = await fileServer((request, response) => {
      const etag = `"${body.length}"`
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag, 'last-modified': 'Mon, 29 Jun 2026 09:00:00 GMT', 'content-disposition': `attachment; filename*=UTF-8''%E5%85%AD%E6%9C%88.csv` }).end(body)
    })
    const { begun, fetchedAt, reports } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null }, dayFrom: 'modified' })
    expect(became(await fetchedAt(feed, '2026-06-30T05:00:00.000Z'))).toEqual([['六月.csv', 'accepted', '2026-06-29', null]])
    expect((await fetchedAt(feed, '2026-06-30T06:00:00.000Z'))).toMatchObject({ outcome: 'nothing_new', bytes: 0 })
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, `"${body.length}"`])
    body = rows('H2 alpha in_stock')
    expect((await fetchedAt(feed, '2026-06-30T07:00:00.000Z')).outcome).toBe('nothing_new')
    body = rows('H2 alpha out_of_stock')
    expect(became(await fetchedAt(feed, '2026-06-30T08:00:00.000Z'))).toEqual([['六月.csv', 'rejected', '2026-06-29', 'CORRECTION_NAMES_NO_VERSION']])
    expect(await reports()).toHaveLength(1)
  })

  test('does not hold against it what was refused for a reason that passes: it is asked for whole until it is taken', async () => {
    const { host, url, asked: requests } = await fileServer((request, response) => {
      if (request.headers['if-none-match'] !== undefined) response.writeHead(304).end()
      else response.writeHead(200, { etag: '"july"', 'last-modified': 'Thu, 02 Jul 2026 01:00:00 GMT' }).end(rows('H1 alpha in_stock'))
    })
    const { begun, fetchedAt } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null }, dayFrom: 'modified' })
    expect(became(await fetchedAt(feed, '2026-06-30T05:00:00.000Z'))).toEqual([['june.csv', 'rejected', '2026-07-02', 'REPORT_FUTURE']])
    expect(became(await fetchedAt(feed, '2026-07-02T05:00:00.000Z'))).toEqual([['june.csv', 'accepted', '2026-07-02', null]])
    expect((await fetchedAt(feed, '2026-07-02T06:00:00.000Z')).outcome).toBe('nothing_new')
    expect(requests.map(({ headers }) => headers['if-none-match'] ?? headers['if-modified-since'])).toEqual([undefined, undefined, '"july"'])
  })

  test('that is given another address while it is fetched is not asked there with what the old one said', async () => {
    let change = async () => {}
    const { host, url, asked: requests } = await fileServer((request, response) => {
      void change().then(() => response.writeHead(200, { etag: '"same"', 'last-modified': 'Mon, 29 Jun 2026 09:00:00 GMT' }).end(rows(`${request.url === '/other' ? 'H2' : 'H1'} alpha in_stock`)))
    })
    const { begun, fetchedAt, system } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null } })
    const { name, file, schedule, dayFrom, enabled } = feed
    change = async () => {
      change = async () => {}
      expect((await asked(system, feed, 'PUT', { name, file, schedule, dayFrom, enabled, where: { kind: 'url', url: `http://${host}/other`, token: null } })).status).toBe(200)
    }
    expect((await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).outcome).toBe('done')
    await fetchedAt(feed, '2026-06-30T06:00:00.000Z')
    await fetchedAt(feed, '2026-06-30T07:00:00.000Z')
    expect(requests.map(({ url: path, headers }) => [path, headers['if-none-match'], headers['if-modified-since']])).toEqual([
      ['/stock/june.csv', undefined, undefined], ['/other', undefined, undefined], ['/other', undefined, undefined],
    ])
  })

  test('without a word of that, bytes that were a report on another day are none today', async () => {
    const { host, url } = await fileServer((_, response) => response.writeHead(200).end(rows('H1 alpha in_stock')))
    const { begun, fetchedAt, reports, services } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null }, dayFrom: 'run' })
    expect((await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).files).toMatchObject([{ outcome: 'accepted', asOf: '2026-06-30', filename: 'june.csv' }])
    expect((await fetchedAt(feed, '2026-07-01T05:00:00.000Z')).outcome).toBe('nothing_new')
    // The server ended between the report and the note that it was taken.
    await services.db.execute('delete from feed_file')
    expect((await fetchedAt(feed, '2026-07-02T05:00:00.000Z')).files).toMatchObject([{ outcome: 'duplicate', report: (await reports())[0]!.id }])
    expect(await reports()).toHaveLength(1)
  })

  test('is fetched from hosts that are open alone, by https or from this machine, wherever it leads on to; a token goes to its host alone', async () => {
    const { host: other, asked: strangers } = await fileServer((_, response) => response.writeHead(200).end(rows('H1 alpha in_stock')))
    const { host, url, asked: requests } = await fileServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: `http://${other}/` }).end()
      else if (request.url === '/metadata') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
      else response.writeHead(200).end(rows('H2 alpha in_stock'))
    })
    const world = await withFeeds({ hosts: [host], tokens: `hospital ${host} s3cret-token\nelsewhere example.org another\n` })
    const { begin, begun, fetchedAt, system, bounds } = world
    for (const address of ['http://example.org/a.csv', 'ftp://127.0.0.1/a', `http://user:word@${host}/`, 'http://169.254.169.254/', 'file:///etc/passwd', 'https://example.org/', `http://${other}/`, 'nonsense']) {
      expect(await refusal(await begin({ where: { kind: 'url', url: address, token: null } }))).toEqual([422, 'feed.address_not_allowed'])
    }
    for (const token of ['elsewhere', 'none']) expect(await refusal(await begin({ where: { kind: 'url', url, token } }))).toEqual([422, 'feed.token_missing'])
    const of = (path: string) => begun({ name: path, where: { kind: 'url', url: `http://${host}${path}`, token: 'hospital' } })
    const feeds = [await of('/away'), await of('/metadata'), await of('/round'), await of('/stock')]
    await fetchedAt(feeds[0]!, '2026-06-30T05:00:00.000Z')
    await Promise.all(await world.worker.fetchDue())
    const last = await Promise.all(feeds.map(async (feed) => (await world.runs(feed))[0]!))
    expect(last.map(({ outcome, reason }) => [outcome, reason])).toEqual([['failed', 'ADDRESS_NOT_ALLOWED'], ['failed', 'ADDRESS_NOT_ALLOWED'], ['failed', 'TOO_MANY_REDIRECTS'], ['done', null]])
    expect([strangers.length, requests.every(({ headers }) => headers.authorization === 'Bearer s3cret-token')]).toEqual([0, true])
    // Led on to a host that is open too: it is told no token of another.
    Object.assign(bounds, { hosts: [host, other] })
    expect((await asked(system, feeds[0]!, 'POST')).status).toBe(200)
    await Promise.all(await world.worker.fetchDue())
    expect(strangers.map(({ headers }) => headers.authorization)).toEqual([undefined])
    // What a token is stands in no answer.
    expect(JSON.stringify([await system.read('/api/feeds'), await system.read(`/api/feeds/${feeds[3]!.code}/runs`)])).not.toContain('s3cret-token')
  })

  test('that sends more than its source may have is left while it comes, and nothing is kept of it', async () => {
    let sent = 0
    const { host, url } = await fileServer((_, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && sent < 50_000_000) {
          sent += 65_536
          if (!response.write('x'.repeat(65_536))) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    const { begun, fetchedAt, reports } = await withFeeds({ hosts: [host], limits: { maxUploadBytes: 200_000 } })
    const feed = await begun({ where: { kind: 'url', url, token: null } })
    expect(await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).toMatchObject({ outcome: 'failed', reason: 'TOO_LARGE', files: [] })
    expect(sent).toBeLessThan(20_000_000)
    expect(await reports()).toEqual([])
  })

  test('that fails is tried again after a wait that grows, says why, and is well again as soon as it answers', async () => {
    let status = 503
    const { host, url } = await fileServer((_, response) => (status === 0 ? response.destroy() : response.writeHead(status).end(rows('H1 alpha in_stock'))))
    const { begun, fetchedAt, shown } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null }, schedule: { every: 'day', at: '06:30' } })
    // 06:30 in Shanghai.
    expect(feed.nextAt).toBe('2026-06-30T22:30:00.000Z')
    expect(await fetchedAt(feed, '2026-06-30T22:30:00.000Z')).toMatchObject({ outcome: 'failed', reason: 'HTTP_STATUS', detail: `${host} answered 503.` })
    expect(await shown()).toMatchObject({ failures: 1, nextAt: '2026-06-30T22:35:00.000Z' })
    status = 0
    expect(await fetchedAt(feed, '2026-06-30T22:35:00.000Z')).toMatchObject({ outcome: 'failed', reason: 'UNREACHABLE' })
    expect(await shown()).toMatchObject({ failures: 2, nextAt: '2026-06-30T22:45:00.000Z' })
    status = 200
    expect(await fetchedAt(feed, '2026-06-30T22:45:00.000Z')).toMatchObject({ outcome: 'done' })
    expect(await shown()).toMatchObject({ failures: 0, nextAt: '2026-07-01T22:30:00.000Z' })
  })

  test('that takes long says how far it is, and stops when it is told to', async () => {
    const { host, url } = await fileServer((_, response) => response.writeHead(200).write(rows('H1 alpha in_stock')))
    const { begun, clock, worker, shown, system, runs } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null } })
    clock.set('2026-06-30T05:00:00.000Z')
    const ended = await worker.fetchDue()
    await expect.poll(async () => (await shown()).last).toMatchObject({ outcome: 'running', bytes: rows('H1 alpha in_stock').length })
    const { last } = await shown()
    expect(await refusal(await asked(system, feed, 'POST'))).toEqual([409, 'feed.running'])
    expect((await system.ask(`/api/feeds/${feed.code}/runs/${last!.id}`, { method: 'DELETE' })).status).toBe(200)
    await Promise.all(ended)
    expect(await runs(feed)).toMatchObject([{ outcome: 'stopped', files: [] }])
    expect(await refusal(await system.ask(`/api/feeds/${feed.code}/runs/${last!.id}`, { method: 'DELETE' }))).toEqual([409, 'feed.not_running'])
  })
})

describe('when a feed is fetched', () => {
  test('a server that was down catches up by one run, and of two servers one does it', async () => {
    const { begun, put, services, bounds, clock, runs, shown } = await withFeeds()
    await put('june.csv', rows('H1 alpha in_stock'))
    const feed = await begun({})
    clock.set('2026-07-03T05:10:00.000Z')
    const servers = [newFeedWorker(services, bounds), newFeedWorker(services, bounds)]
    for (const ended of await Promise.all(servers.map((one) => one.fetchDue()))) await Promise.all(ended)
    expect(await runs(feed)).toHaveLength(1)
    expect((await shown()).nextAt).toBe('2026-07-03T06:10:00.000Z')
  })

  test('one whose server was gone in the middle is noted as lost, and fetched by another after a while', async () => {
    const { host, url, asked: requests } = await fileServer((_, response) => (requests.length === 1 ? response.writeHead(200).write('institution_code') : response.writeHead(200).end(rows('H1 alpha in_stock'))))
    const { begun, clock, services, bounds, worker, runs } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null } })
    clock.set('2026-06-30T05:00:00.000Z')
    // Another server took it, and nothing is heard of it any more.
    expect(await beginDueRun(services.db, 'a server that is gone', '2026-06-30T05:00:00.000Z', '2026-06-30T05:02:00.000Z')).toMatchObject({ feed: { code: feed.code } })
    expect(await worker.fetchDue()).toEqual([])
    clock.set('2026-06-30T05:02:01.000Z')
    requests.push({} as IncomingMessage)
    await Promise.all(await newFeedWorker(services, bounds).fetchDue())
    expect((await runs(feed)).map(({ outcome }) => outcome)).toEqual(['done', 'lost'])
  })

  test('one that was asked for by hand and whose server was gone can be asked for again, or stopped, after a while', async () => {
    const { begun, put, clock, services, worker, system, runs } = await withFeeds()
    await put('june.csv', rows('H1 alpha in_stock'))
    const feed = await begun({ enabled: false })
    const left = async (at: string, until: string) => {
      clock.set(at)
      expect((await asked(system, feed, 'POST')).status).toBe(200)
      return (await beginDueRun(services.db, 'a server that is gone', at, until))!.id
    }
    await left('2026-06-30T05:00:00.000Z', '2026-06-30T05:02:00.000Z')
    expect(await refusal(await asked(system, feed, 'POST'))).toEqual([409, 'feed.running'])
    clock.set('2026-06-30T05:02:01.000Z')
    expect((await asked(system, feed, 'POST')).status).toBe(200)
    expect(await runs(feed)).toMatchObject([{ outcome: 'lost', endedAt: '2026-06-30T05:02:01.000Z' }])
    await Promise.all(await worker.fetchDue())
    expect((await runs(feed)).map(({ outcome }) => outcome)).toEqual(['done', 'lost'])

    const run = await left('2026-06-30T06:00:00.000Z', '2026-06-30T06:02:00.000Z')
    clock.set('2026-06-30T06:02:01.000Z')
    expect((await system.ask(`/api/feeds/${feed.code}/runs/${run}`, { method: 'DELETE' })).status).toBe(200)
    expect((await runs(feed)).map(({ outcome }) => outcome)).toEqual(['lost', 'done', 'lost'])
  })

  test('a server that stops lets its runs go, and the next takes them up at once', async () => {
    const { host, url, asked: requests } = await fileServer((_, response) => (requests.length === 1 ? response.writeHead(200).write('institution_code') : response.writeHead(200).end(rows('H1 alpha in_stock'))))
    const { begun, clock, worker, services, bounds, runs } = await withFeeds({ hosts: [host] })
    const feed = await begun({ where: { kind: 'url', url, token: null } })
    clock.set('2026-06-30T05:00:00.000Z')
    await worker.fetchDue()
    await expect.poll(() => requests.length).toBe(1)
    await worker.stop()
    await Promise.all(await newFeedWorker(services, bounds).fetchDue())
    expect((await runs(feed)).map(({ outcome }) => outcome)).toEqual(['done', 'stopped'])
  })

  test('one that is switched off is fetched by hand alone; one that has ended not at all', async () => {
    const { begun, put, fetchedAt, system, runs, worker, shown } = await withFeeds()
    await put('june.csv', rows('H1 alpha in_stock'))
    const feed = await begun({ enabled: false })
    expect(feed.nextAt).toBeNull()
    expect(await fetchedAt(feed, '2026-06-30T09:00:00.000Z')).toBeUndefined()
    await asked(system, feed, 'POST')
    await Promise.all(await worker.fetchDue())
    expect(await runs(feed)).toMatchObject([{ outcome: 'done' }])
    const { where, name, file, schedule, dayFrom } = feed
    const change = { where, name, file, schedule, dayFrom, enabled: true }
    expect((await asked(system, feed, 'PUT', change)).status).toBe(200)
    expect(await refusal(await asked(system, feed, 'PUT', change))).toEqual([412, 'feed.version'])
    expect(await refusal(await asked(system, feed, 'DELETE'))).toEqual([412, 'feed.version'])
    expect((await asked(system, await shown(), 'DELETE')).status).toBe(200)
    expect(await refusal(await asked(system, feed, 'POST'))).toEqual([404, 'feed.not_found'])
    expect(FeedsAnswer.parse(await system.read('/api/feeds')).feeds).toEqual([])
  })

  test('is said wrongly by its field', async () => {
    const { begin, system } = await withFeeds()
    const field = async (own: object) => {
      const answer = await begin(own)
      return [answer.status, Problem.parse(await answer.json()).error.field]
    }
    expect(await field({ schedule: { every: 'minutes', count: 1 } })).toEqual([400, 'schedule.count'])
    expect(await field({ schedule: { every: 'day', at: '24:00' } })).toEqual([400, 'schedule.at'])
    expect(await field({ file: '../*.csv' })).toEqual([400, 'file'])
    expect(await field({ file: '{year}.csv' })).toEqual([400, 'file'])
    expect(await field({ file: 'stock.csv', dayFrom: 'name' })).toEqual([400, 'file'])
    expect(await field({ source: 'south' })).toEqual([422, 'source'])
    expect(await field({ source: 'nobody' })).toEqual([404, undefined])
    const elsewhere = doorOf((await withFeeds()).services, { role: 'system_administrator', list: 'another-2026' })
    expect(FeedsAnswer.parse(await elsewhere.read('/api/feeds')).feeds).toEqual([])
    expect(FeedsAnswer.parse(await system.read('/api/feeds'))).toMatchObject({ hosts: [], runDays: 90 })
  })
})
