import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandHeader } from '@lastmile/server/command/token'
import { repository } from './repository.js'

/** The built server as a process of its own. */
export interface ServerProcess {
  readonly address: string
  readonly child: ChildProcess
  /** What it has printed so far. */
  said(): string
  /** Asks it with the data folder's secret, as a command does. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Ends it with a signal, and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>
}

const startWithin = 180_000

/**
 * Starts the server on a data folder, without a demonstration, and waits until it says where it listens. `command` runs
 * it (in another place, perhaps, where the folder is to be seen from here as `seenAs`).
 * @throws Error with what it said if it does not come up
 */
export async function startServer(dataDir: string, settings: Readonly<Record<string, string>> = {}, command: readonly string[] = [], seenAs = dataDir): Promise<ServerProcess> {
  const { DATABASE_URL: _, ...environment } = process.env
  const [program, ...words] = [...command, process.execPath, '--enable-source-maps', join(repository, 'server/dist/main.js')]
  const child = spawn(program!, words, { env: { ...environment, LASTMILE_DEMO: 'off', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...settings, DATA_DIR: dataDir } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the server did not start in time: ${said}`))
    }, startWithin)
    child.stdout.on('data', () => {
      const ready = /ready at (http\S+)/.exec(said)
      if (!ready) return
      clearTimeout(late)
      resolve(ready[1]!)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`the server ended (${code ?? signal}): ${said}`))
    })
  })
  const secret = { [commandHeader]: await readFile(join(seenAs, 'command-token'), 'utf8') }
  return {
    address, child, said: () => said,
    ask: (path, init = {}) => fetch(address + path, { ...init, headers: { ...secret, ...init.headers } }),
    end: async (signal) => {
      child.kill(signal)
      await gone
    },
  }
}

/** The JSON of an answer. @throws Error with the answer if it is none of these statuses */
export async function bodyOf<Body>(answer: Response, ...statuses: number[]): Promise<Body> {
  const text = await answer.text()
  if (!(statuses.length === 0 ? [200] : statuses).includes(answer.status)) throw new Error(`${answer.url} answered ${answer.status}: ${text.slice(0, 2_000)}`)
  return JSON.parse(text) as Body
}
