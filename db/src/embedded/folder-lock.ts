import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CannotOpen } from '../cannot-open.js'

/** Another live process has the embedded folder open; two would lose data without a word. */
export class FolderInUse extends CannotOpen {
  override readonly name = 'FolderInUse'
  constructor(readonly folder: string, readonly pid: number) {
    super(`The data folder ${folder} is open in process ${pid}. Stop that process first, or send to it instead.`)
  }
}

/** Folders that this process has open, by their real path. */
const heldHere = new Set<string>()

/**
 * A lock file beside the folder, stolen only from a process that is gone. Answers how to let go of it.
 * @throws FolderInUse if this process or another live one has the folder open
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(dirname(folder), { recursive: true })
  const path = `${join(await realpath(dirname(folder)), basename(folder))}.lock`
  if (heldHere.has(path)) throw new FolderInUse(folder, process.pid)
  heldHere.add(path)
  try {
    await takeLock(folder, path)
  } catch (error) {
    heldHere.delete(path)
    throw error
  }
  return async () => {
    await rm(path, { force: true })
    heldHere.delete(path)
  }
}

async function takeLock(folder: string, path: string): Promise<void> {
  const boot = await bootId()
  const id = randomUUID()
  const own = JSON.stringify({ pid: process.pid, boot, id } satisfies Holder)
  const beside = `${path}.${id}`
  // Written beside and linked into place: whoever reads the lock reads all of it.
  await writeFile(beside, own, { flag: 'wx' })
  try {
    for (let stolen = false; ;) {
      if (await linked(beside, path)) {
        // Another who found the same stale lock may be about to remove it, and have ours in his hand: let him put it back.
        if (stolen) await setTimeout(100)
        if (!stolen || await readIfThere(path) === own) return
      }
      const found = await readIfThere(path)
      if (found === null) continue
      const holder = holderOf(found)
      if (holder && isHeld(holder, boot)) throw new FolderInUse(folder, holder.pid)
      await takeAway(path, found)
      stolen = true
    }
  } finally {
    await rm(beside, { force: true })
  }
}

/** What a lock file says: who holds the folder, since which start of the machine, and which lock of theirs it is. */
interface Holder {
  pid: number
  boot: string
  id: string
}

/** What a lock says, or null for a text that no program of ours wrote to its end. */
function holderOf(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null
  }
}

/** A lock with our own pid is not ours, or `heldHere` would know: in a container pids repeat, and the boot with them, after a kill. */
function isHeld(holder: Holder, boot: string): boolean {
  return holder.boot === boot && holder.pid !== process.pid && isAlive(holder.pid)
}

/** Puts a file in its place under a second name. False if something is there already. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    // File systems without links (exFAT) copy: as exclusive, if not at one stroke.
    await link(from, to).catch((error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? Promise.reject(error) : copyFile(from, to, constants.COPYFILE_EXCL)))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a stale lock away, and puts back what turns out to be another's: somebody was quicker. */
async function takeAway(path: string, stale: string): Promise<void> {
  const away = `${path}.${randomUUID()}`
  try {
    await rename(path, away)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (await readIfThere(away) !== stale) await linked(away, path)
  await rm(away, { force: true })
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function bootId(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((text) => text.trim(), () => 'unknown')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
