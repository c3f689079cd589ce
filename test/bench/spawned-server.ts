import { spawn, type ChildProcess } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { commandHeader } from '@lastmile/server/command/token'
import { listCode } from './edition.js'
import type { IntakeFile } from './intake-files.js'

/** The built server as a process of its own, on a PostgreSQL database that holds the nation. */
export interface SpawnedServer {
  address: string
  /** The most memory that the process has had resident so far, in bytes; null where the system does not tell. */
  peakMemory(): Promise<number | null>
  /** Sends a file as a multipart form, streamed from the disk. */
  send(file: IntakeFile, channel: 'feed' | 'upload'): Promise<Sent>
  stop(): Promise<void>
}

/** What became of a file: seconds from the first byte to the whole answer. */
export interface Sent {
  seconds: number
  status: number
  stored: number
  /** What the server said where it did not accept. */
  refusal: string | null
}

const startWithin = 120_000

/** Starts the server; its clock stands still after the last report of the benchmark. */
export async function spawnServer(databaseUrl: string, dataDir: string): Promise<SpawnedServer> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url))], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LASTMILE_DEMO: 'off', LOG_LEVEL: 'warn', LASTMILE_CLOCK: '2026-08-01T04:00:00Z' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await addressOf(child)
  const token = await readFile(join(dataDir, 'command-token'), 'utf8')
  return {
    address,
    peakMemory: () => readFile(`/proc/${child.pid}/status`, 'utf8').then((text) => 1_024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(text)![1]), () => null),
    send: (file, channel) => send(address, token, file, channel),
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error('the server did not start in time'))
    }, startWithin)
    let said = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const ready = /ready at (http\S+)/.exec(said)
      if (!ready) return
      clearTimeout(late)
      resolve(ready[1]!)
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`the server ended with ${code}: ${said}`))
    })
  })
}

async function send(address: string, token: string, file: IntakeFile, channel: 'feed' | 'upload'): Promise<Sent> {
  const boundary = `----lastmile-bench-${Date.now().toString(36)}`
  const field = (name: string, value: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = Buffer.from(`${field('source', file.source)}${field('asOf', file.asOf)}${channel === 'feed' ? field('channel', 'feed') : ''}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.source}.csv"\r\nContent-Type: text/csv\r\n\r\n`)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const { size } = await stat(file.path)
  const start = performance.now()
  // Not fetch: it gives up on an answer that takes five minutes.
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sending = request(`${address}/api/lists/${listCode}/reports`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': head.length + size + tail.length, ...(channel === 'feed' ? { [commandHeader]: token } : {}) },
    }, (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (part: string) => (answer += part)).on('end', () => resolve({ status: response.statusCode!, text: answer })).on('error', reject)
    })
    sending.on('error', reject)
    sending.write(head)
    pipeline(createReadStream(file.path), sending, { end: false }).then(() => sending.end(tail), reject)
  })
  const receipt = JSON.parse(text) as { storedCount?: number }
  return { seconds: (performance.now() - start) / 1_000, status, stored: receipt.storedCount ?? 0, refusal: status === 201 ? null : text.slice(0, 200) }
}
