import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which the demonstration is loaded (`startDemonstration` waits for it), and that no server has open then. */
    demonstration: string
  }
}

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))

/**
 * Loads the demonstration, once for all browser tests: each file that does something starts a server on a copy of its own.
 * Nobody waits for it here: other tests run meanwhile, and those of the browser come last.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-browser-'))
  const said = startProduct({ DATA_DIR: dataOf(folder) }).then(async ({ stop }) => {
    await stop()
    return ''
  }).catch((error: Error) => error.message).then(async (wrong) => {
    // In its place when it is whole: an empty file says that all went well.
    await writeFile(`${wordOf(folder)}.unfinished`, wrong)
    await rename(`${wordOf(folder)}.unfinished`, wordOf(folder))
  })
  project.provide('demonstration', folder)
  return async () => {
    await said
    // A worker may be ended without a word: what it shared ends here.
    for (const name of await readdir(folder)) if (name.startsWith(shared)) await endShared(join(folder, name))
    await rm(folder, { recursive: true, force: true })
  }
}

const dataOf = (folder: string) => join(folder, 'data')
/** A file that is there when the demonstration was loaded, and says what went wrong if it was not. */
const wordOf = (folder: string) => join(folder, 'loaded')

/** How notes of servers begin that are ended when all tests have run. */
const shared = 'shared-'

/** As {@link startDemonstration}, for files that only look: it ends when all tests have run. */
export async function startShared(loaded: string): Promise<{ address: string; dataDir: string }> {
  const { address, dataDir, process: { pid } } = await startDemonstration(loaded)
  await writeFile(join(loaded, `${shared}${pid}`), JSON.stringify({ pid, dataDir }))
  return { address, dataDir }
}

async function endShared(note: string): Promise<void> {
  const { pid, dataDir } = JSON.parse(await readFile(note, 'utf8')) as { pid: number; dataDir: string }
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/** Waits until the demonstration was loaded. Answers its data folder. @throws if it was not */
async function whenLoaded(folder: string): Promise<string> {
  for (;;) {
    const wrong = await readFile(wordOf(folder), 'utf8').catch(() => null)
    if (wrong) throw new Error(`the demonstration was not loaded: ${wrong}`)
    if (wrong === '') return dataOf(folder)
    await setTimeout(100)
  }
}

/** The product as it is served, with the demonstration as it was loaded: whatever one file of tests does to it, no other sees. `dataDir`: its folder, with `feeds` in it, from which feeds may fetch. */
export async function startDemonstration(loaded: string, settings: Record<string, string> = {}): Promise<{ address: string; process: ChildProcess; dataDir: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lastmile-demonstration-'))
  await cp(await whenLoaded(loaded), dataDir, { recursive: true })
  const { address, process, stop } = await startProduct({ DATA_DIR: dataDir, FEED_FOLDERS: join(dataDir, 'feeds'), ...settings })
  return {
    address, process, dataDir,
    stop: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts the server with settings and waits until it says where it is. `printed` is all that it has said so far. @throws with what it printed if it ends before */
export async function startProduct(settings: Record<string, string>): Promise<{ address: string; process: ChildProcess; printed: () => string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: undefined, LASTMILE_CLOCK: undefined, ...settings } as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stderr.on('data', (text: Buffer) => (printed += text.toString()))
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      printed += text.toString()
      const ready = /ready at (\S+)/.exec(printed)
      if (ready) resolve(ready[1]!)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${printed}`)))
  })
  const stop = () => new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
  return { address, process: child, printed: () => printed, stop }
}
