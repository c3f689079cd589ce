import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder in which the demonstration was loaded, and that no server has open. */
    demonstration: string
  }
}

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))

/** Loads the demonstration, once for all browser tests: each file starts a server on a copy of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-browser-'))
  const { stop } = await startProduct({ DATA_DIR: folder })
  await stop()
  project.provide('demonstration', folder)
  return () => rm(folder, { recursive: true, force: true })
}

/** The product as it is served, with the demonstration as it was loaded: whatever one file of tests does to it, no other sees. `dataDir`: its folder, with `feeds` in it, from which feeds may fetch. */
export async function startDemonstration(loaded: string): Promise<{ address: string; dataDir: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lastmile-demonstration-'))
  await cp(loaded, dataDir, { recursive: true })
  const { address, stop } = await startProduct({ DATA_DIR: dataDir, FEED_FOLDERS: join(dataDir, 'feeds') })
  return {
    address, dataDir,
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
