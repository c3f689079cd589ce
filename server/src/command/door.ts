import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@lastmile/shared/problem'
import { newApp } from '../app.js'
import { commandTokenOf, compose } from '../compose.js'
import { CannotStart } from '../lib/cannot-start.js'
import { isHome } from '../lib/data-folder.js'
import { readSettings } from '../settings.js'
import { endQuietly } from './end-quietly.js'
import { commandHeader } from './token.js'

/** The way to the product for a command: the running server if there is one, else the same application opened here. */
export interface Door {
  /** Sends a request as a command. */
  ask(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

/**
 * Opens the door to the data folder of the settings.
 * @throws FolderInUse if a process holds it and does not answer, CannotStart if there is no home there and the command makes none
 */
export async function openDoor(makesHome: boolean): Promise<Door> {
  const settings = readSettings(process.env)
  if (!makesHome && !(await isHome(settings.DATA_DIR, !settings.DATABASE_URL))) {
    throw new CannotStart(`There is no Lastmile in ${settings.DATA_DIR}. Set DATA_DIR${settings.DATABASE_URL ? '' : ' (and DATABASE_URL, if it has one)'} to that of the server this is for.`)
  }
  const token = await commandTokenOf(settings.DATA_DIR)
  const withToken = (init: RequestInit = {}): RequestInit => ({ ...init, headers: { ...(init.headers as Record<string, string>), [commandHeader]: token } })
  const address = await runningServer(settings.DATA_DIR, token)
  if (address) return { ask: (path, init) => fetch(`${address}${path}`, withToken(init)), close: async () => {} }
  const { services, close } = await compose({ ...settings, LOG_LEVEL: 'error' })
  const app = newApp(services, { webFolder: null, build: 'command' })
  return { ask: async (path, init) => app.request(path, withToken(init)), close }
}

/** The address at which the server of a data folder answers, or null. It proves by the folder's secret that it is that server, and not another at its former port. */
async function runningServer(dataDir: string, token: string): Promise<string | null> {
  try {
    const { address } = JSON.parse(await readFile(join(dataDir, 'address'), 'utf8')) as { address: string }
    const answer = await fetch(`${address}/api/commands/here`, { headers: { [commandHeader]: token }, signal: AbortSignal.timeout(5_000) })
    return answer.ok ? address : null
  } catch {
    return null
  }
}

/** The body of a good answer. @throws Error with the server's own sentence */
export async function bodyOf<Body>(answer: Response): Promise<Body> {
  const body: unknown = await answer.json()
  if (answer.ok) return body as Body
  const problem = Problem.safeParse(body)
  throw new Error(problem.success ? problem.data.error.message : `the server answered ${answer.status}`)
}

/**
 * Runs a command: opens the door, does the work, closes, and ends with 1 and a sentence where something went wrong.
 * `makesHome`: the command puts something into a home, and makes one where there is none; the others never do.
 */
export async function runCommand(usage: string, work: (door: Door, say: (text: string) => void) => Promise<void>, { makesHome = false } = {}): Promise<void> {
  let door: Door | null = null
  endQuietly()
  try {
    door = await openDoor(makesHome)
    await work(door, (text) => process.stdout.write(`${text}\n`))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
    process.exitCode = 1
  } finally {
    await door?.close()
  }
}
