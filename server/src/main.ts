import { readFile, writeFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FolderInUse } from '@lastmile/db/open'
import { newApp } from './app.js'
import { compose } from './compose.js'
import { loadDemonstration, wantsDemonstration } from './demo/load-demonstration.js'
import { newListener } from './http/listener.js'
import { newReadyAnswers } from './http/ready-answers.js'
import { replayKept } from './reports/replay-kept.js'
import { readSettings } from './settings.js'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Starts the server: opens the data, loads the demonstration when empty, serves everything on one port. */
async function start(): Promise<void> {
  const settings = readSettings(process.env)
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
  const replayed = await replayKept(services)
  if (replayed > 0) say(`Lastmile: ${replayed} kept reports that the database lacked were accepted again`)

  const build = await buildOf()
  const ready = newReadyAnswers(services, build)
  const app = newApp(services, { webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)), build, ready })
  const addressFile = join(settings.DATA_DIR, 'address')
  const server = createServer(newListener(app.fetch, ready, { hostname: settings.HOST }))
  server.listen(settings.PORT, settings.HOST, () => {
    const { port } = server.address() as AddressInfo
    const address = `http://${settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST}:${port}`
    void writeFile(addressFile, JSON.stringify({ address, pid: process.pid }))
    say(`Lastmile: ready at ${address}`)
  })
  server.on('error', (error) => {
    say(`Lastmile: cannot listen on port ${settings.PORT}: ${error.message}. Set PORT to another.`)
    process.exit(1)
  })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    say('Lastmile: stopping …')
    server.close()
    // Event streams never end by themselves.
    server.closeAllConnections()
    void rm(addressFile, { force: true }).then(close).then(() => process.exit(0))
  }
  // A signal that comes twice (to the group, and passed on) must not end the process before the database is closed.
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Names this build and start: answers of another are not held against it. */
async function buildOf(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return `${version}-${Date.now().toString(36)}`
}

start().catch((error: unknown) => {
  if (error instanceof FolderInUse) say(`Lastmile: ${error.message}`)
  else say(`Lastmile: cannot start.\n${error instanceof Error ? error.stack ?? error.message : String(error)}`)
  process.exit(1)
})
