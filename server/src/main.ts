import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotOpen } from '@lastmile/db/cannot-open'
import { isDiskFull } from '@lastmile/db/disk-full'
import { program } from '@lastmile/db/program'
import { newApp } from './app.js'
import { newSetUpCode } from './accounts/codes.js'
import { letGoDaily } from './audit/let-go.js'
import { compose } from './compose.js'
import { startWatching } from './alerts/watch.js'
import { startDigests } from './digests/send-digests.js'
import { makeDemonstrationAccounts } from './demo/accounts.js'
import { loadDemonstration, wantsDemonstration } from './demo/load-demonstration.js'
import type { FeedBounds } from './feeds/feed-bounds.js'
import { startFeeds } from './feeds/start-feeds.js'
import { newListener } from './http/listener.js'
import { cannotListen, mayListen } from './http/may-listen.js'
import { newReadyAnswers } from './http/ready-answers.js'
import { CannotStart } from './lib/cannot-start.js'
import { drain } from './lib/graceful-stop.js'
import { saidOf, type SaidError } from './lib/log.js'
import { newMetrics } from './lib/metrics.js'
import { within } from './lib/within.js'
import { startReminders } from './messages/remind.js'
import { startPublishing } from './reports/publish-reports.js'
import { replayKept } from './reports/replay-kept.js'
import { readSettings } from './settings.js'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Starts the server: opens the data, loads the demonstration when empty, serves everything on one port. */
async function start(): Promise<void> {
  const settings = readSettings(process.env)
  await mayListen(settings.PORT, settings.HOST)
  say('Lastmile: opening the data …')
  const { services, close } = await compose(settings)
  say(services.home === 'embedded' ? `Lastmile: embedded database in ${settings.DATA_DIR}` : 'Lastmile: PostgreSQL server')
  if (settings.LASTMILE_DEMO === 'on' && (await wantsDemonstration(services))) {
    say('Lastmile: loading the demonstration …')
    let last = 0
    await loadDemonstration(services, (done, total) => {
      if (done !== total && Date.now() - last < 1_000) return
      last = Date.now()
      say(`  ${done} of ${total} reports`)
    })
  }
  const demonstration = (await services.lists.all()).find((list) => list.demonstration && list.clock === 'demonstration')
  if (demonstration) await makeDemonstrationAccounts(services, demonstration)
  const replayed = await replayKept(services)
  if (replayed > 0) say(`Lastmile: ${replayed} kept reports that the database lacked were accepted again`)

  const stopPublishing = startPublishing(services)
  const feeds: FeedBounds = { folders: settings.FEED_FOLDERS, hosts: settings.FEED_HOSTS, tokensFile: settings.FEED_TOKENS_FILE ?? null, runDays: settings.FEED_RUN_DAYS }
  const stopFeeds = startFeeds(services, feeds)
  const stopReminders = startReminders(services)
  const stopWatching = startWatching(services)
  const stopDigests = startDigests(services)
  const setUpCode = await newSetUpCode(services.db)

  // One that was killed may not have remembered its last second.
  services.audit.appended()
  const endRetention = await letGoDaily(services, settings.AUDIT_DAYS)
  const stopping = new AbortController()
  const build = `${program.version}-${Date.now().toString(36)}`
  const ready = newReadyAnswers(services, build)
  const metrics = newMetrics(services, { process: true })
  const app = newApp(services, {
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)), build, ready, stopping: stopping.signal, metrics, metricsToken: settings.METRICS_TOKEN, feeds,
  })
  const addressFile = join(settings.DATA_DIR, 'address')
  let noted = ''
  // Who goes without a word, in the middle of a request too, is found by the connection's own signs of life.
  const server = createServer({ keepAlive: true, keepAliveInitialDelay: 60_000 }, newListener(app.fetch, ready, {
    hostname: settings.HOST, onServed: (method, route, status, startedAt) => metrics.answered({ method, route, status, seconds: (performance.now() - startedAt) / 1_000 }),
  }))
  // A feed of four gigabytes comes for as long as its line takes. A head must come within a minute, as Node has it.
  server.requestTimeout = 0
  server.listen(settings.PORT, settings.HOST, () => {
    const { port } = server.address() as AddressInfo
    const address = `http://${settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST}:${port}`
    noted = JSON.stringify({ address, pid: process.pid })
    void writeFile(addressFile, noted)
    services.log.info({ event: 'start', version: program.version, home: services.home, address }, 'the server is ready')
    say(`Lastmile: ready at ${address}`)
    if (setUpCode !== null) say(`Lastmile: there is no account yet. Whoever has this code makes the first, an administrator's, at ${address}/sign-in: ${setUpCode}`)
  })
  server.on('error', (error) => {
    say(`Lastmile: cannot start. ${cannotListen(settings.PORT, settings.HOST, error).message}`)
    process.exit(1)
  })
  const stop = async () => {
    if (stopping.signal.aborted) return
    say('Lastmile: stopping …')
    // From here on it is not ready, takes nothing new, and ends its event streams.
    stopping.abort()
    endRetention()
    await Promise.all([stopPublishing(), stopFeeds()])
    await stopReminders()
    await stopWatching()
    await stopDigests()
    const isWhole = await drain(server, settings.STOP_SECONDS)
    // Another server of this folder may have written its own there.
    if (await readFile(addressFile, 'utf8').catch(() => null) === noted) await rm(addressFile, { force: true })
    // What was cut off may still be at work in the database; it is rolled back when the process is gone.
    await within(isWhole ? 60_000 : 5_000, close()).catch((err: unknown) => services.log.warn({ err }, 'the database was not closed in time'))
    services.log.info({ event: 'stop', isWhole }, isWhole ? 'the server has stopped' : 'the server has stopped; requests that took too long were cut off')
    process.exit(0)
  }
  // A signal that comes twice (to the group, and passed on) must not end the process before the database is closed.
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

const wholeOf = ({ type, message, stack }: SaidError) => `${type}: ${message}\n${stack}`

start().catch((error: unknown) => {
  if (error instanceof CannotOpen || error instanceof CannotStart) say(`Lastmile: cannot start. ${error.message}`)
  else if (isDiskFull(error)) say('Lastmile: cannot start. The disk of the data is full: make room where DATA_DIR lies, and on the database server where there is one.')
  else say(`Lastmile: cannot start. ${wholeOf(saidOf(error))}`)
  process.exit(1)
})
