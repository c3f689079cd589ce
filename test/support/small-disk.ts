import { spawn } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A disk of a few megabytes that only processes started by `command` see at `folder`; this one sees it at `seenAs`. */
export interface SmallDisk {
  readonly folder: string
  readonly seenAs: string
  /** Begins a command line that is run where the disk is. */
  readonly command: readonly string[]
  /** Fills it up but for so many megabytes. */
  fill(leaveMb: number): void
  /** Takes out what it was filled with. */
  makeRoom(): void
  close(): void
}

const mb = 1024 * 1024

/** Mounts a disk in memory, seen by nobody else (Linux, with namespaces that a user may make). Null where that cannot be done, with a word about it. */
export async function smallDisk(folder: string, sizeMb: number): Promise<SmallDisk | null> {
  await mkdir(folder, { recursive: true })
  const holder = spawn('unshare', ['-Urm', 'sh', '-c', `mount -t tmpfs -o size=${sizeMb}m small "$0" && echo ready && exec sleep 3600`, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await new Promise<string>((resolve) => {
    let text = ''
    holder.on('error', (error) => resolve(error.message)).on('exit', () => resolve(text))
    for (const stream of [holder.stdout, holder.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => (text += piece).includes('ready') && resolve('ready'))
  })
  if (said !== 'ready') {
    console.log(`skipped: no small disk can be made here (${said.trim()})`)
    return null
  }
  const seenAs = join(`/proc/${holder.pid}/root`, folder)
  const filler = join(seenAs, 'filler')
  return {
    folder, seenAs, command: ['nsenter', '-t', String(holder.pid), '-U', '-m', '--preserve-credentials'],
    fill(leaveMb) {
      const file = openSync(filler, 'a')
      try {
        // Others write meanwhile: what was free a moment ago may be taken.
        for (let free = Infinity; free > leaveMb * mb;) {
          const { bavail, bsize } = statfsSync(seenAs)
          free = bavail * bsize - writeSync(file, new Uint8Array(Math.max(1, Math.min(4 * mb, bavail * bsize - leaveMb * mb))))
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    close: () => void holder.kill('SIGKILL'),
  }
}
