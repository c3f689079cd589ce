import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, open, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** A disk of a few megabytes that only processes started by `command` see at `folder`; this one sees it at `seenAs`. */
export interface SmallDisk {
  readonly folder: string
  readonly seenAs: string
  /** Begins a command line that is run where the disk is. */
  readonly command: readonly string[]
  /** Fills it up but for so many megabytes. */
  fill(leaveMb: number): Promise<void>
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
    // Not in one go: while this process heard nothing, the server would close lines that it then writes to.
    async fill(leaveMb) {
      const file = await open(filler, 'a')
      try {
        // Others write meanwhile: what was free a moment ago may be taken.
        for (let free = Infinity; free > leaveMb * mb;) {
          const { bavail, bsize } = await statfs(seenAs)
          free = bavail * bsize - (await file.write(new Uint8Array(Math.max(1, Math.min(4 * mb, bavail * bsize - leaveMb * mb))))).bytesWritten
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await file.close()
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    close: () => void holder.kill('SIGKILL'),
  }
}
