import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { checkRoom } from '@lastmile/db/disk-room'
import { Approval } from '@lastmile/shared/report'
import { Channel, ReportMode, Scope } from '@lastmile/shared/source'
import { Suspicion } from '@lastmile/shared/suspicion'

/** How an accepted or waiting report was sent: enough to send it again. */
export const JournalEntry = z.object({
  report: z.string(),
  /** Of its receipt, as it is kept in the database; null in entries from before there were receipts. */
  number: z.int().nullable().default(null),
  list: z.string(),
  source: z.string(),
  filename: z.string(),
  sha256: z.string(),
  period: z.string().nullable(),
  asOf: z.string(),
  mode: ReportMode,
  scope: Scope.nullable(),
  channel: Channel,
  corrects: z.int().nullable(),
  /** Of one that waits: when it came to that. */
  acceptedAt: z.string(),
  publishAt: z.string().nullable().default(null),
  /** As what it waits for somebody's decision, and why; null: it was accepted, or is under embargo. */
  waits: z.object({ state: z.enum(['quarantined', 'submitted']), suspicions: z.array(Suspicion) }).nullable().default(null),
  /** Who let it out of quarantine, and who approved it before it counted; null: nobody. */
  release: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable().default(null),
  approval: z.object({ kind: Approval, by: z.string(), at: z.string() }).nullable().default(null),
  /** Who sent it, as the audit names him; null for a command. */
  sentBy: z.string().nullable().default(null),
  /** Nothing to report: the file is not read. */
  nil: z.boolean().default(false),
  /** A report of the demonstration is accepted again by a demonstration alone. */
  demonstration: z.boolean().default(false),
})
export type JournalEntry = z.infer<typeof JournalEntry>

/** A file that lies on the disk as it came in, whole and hashed. It is kept or discarded by whoever received it. */
export interface ReceivedFile {
  readonly path: string
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string
  /** How many bytes it has. */
  readonly bytes: number
}

/**
 * The files of accepted reports, by content, and a journal of how each was sent. Everything is flushed to the disk
 * before the sender gets an answer, because the embedded database does not flush: what it loses in a power cut is
 * accepted again at the next start. Files of any size pass through piece by piece.
 */
export interface KeptFiles {
  /** @throws NoRoom where nothing would be received: looked at before anything of it is read, its sender hears that he is refused */
  checkRoom(): void
  /** Writes bytes to the disk as they come, hashing them. Where they end in an error nothing is left of them, and it is thrown on. */
  receive(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<ReceivedFile>
  /** Flushes a received file and moves it to its place among the kept ones. */
  keep(file: ReceivedFile): Promise<void>
  /** Removes a received file, unless it was kept. */
  discard(file: ReceivedFile): Promise<void>
  /** A kept file as if it had just come in; discarding it leaves it where it is. @throws Error (ENOENT) if it is not there, or is no longer what it was */
  kept(sha256: string): Promise<ReceivedFile>
  /** The bytes of a kept file and how many they are. @throws Error (ENOENT) if it is not there */
  read(sha256: string): Promise<{ stream: ReadStream; bytes: number }>
  /** A path for whatever a piece of work puts aside; what is left of it when the process ends is removed a day later. */
  scratch(): string
  record(entry: JournalEntry): Promise<void>
  /** Takes a report out of the journal that was taken back or returned: nothing accepts it again. */
  strike(report: string): Promise<void>
  journal(): AsyncIterable<JournalEntry>
  /** Names of everything that is kept, as `journal/…` and `files/…`: the journal is read first, so that no entry lacks its file. */
  names(): Promise<string[]>
  /** The path of something kept. */
  path(name: string): string
  /** Puts something back under the name it had. Answers false, and puts nothing there, if the bytes are not those of this digest. */
  putBack(name: string, sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<boolean>
  /** @throws if nothing can be kept now: the folder is gone, closed, or its disk full */
  check(): Promise<void>
}

/** Names what this process puts aside, as no other names its own. */
const ownMark = `${process.pid}-${randomBytes(6).toString('hex')}`

/** Kept files under a data folder. What was left half received a day ago or earlier is removed. */
export async function openKeptFiles(dataDir: string): Promise<KeptFiles> {
  const root = join(dataDir, 'reports')
  const files = join(root, 'files')
  const entries = join(root, 'journal')
  const incoming = join(root, 'incoming')
  for (const folder of [files, entries, incoming]) await mkdir(folder, { recursive: true })
  await removeLeftovers(incoming)
  let received = 0
  const scratch = () => join(incoming, `${ownMark}-${received++}`)
  return {
    scratch,
    checkRoom: () => checkRoom(incoming),
    receive: (bytes) => receiveAt(scratch(), inRoom(incoming, bytes)),
    async keep({ path, sha256 }) {
      if (path === join(files, sha256)) return
      await flush(path)
      await rename(path, join(files, sha256))
      await flush(files)
    },
    async discard({ path, sha256 }) {
      if (path !== join(files, sha256)) await rm(path, { force: true })
    },
    async kept(sha256) {
      const path = join(files, sha256)
      const hash = createHash('sha256')
      let bytes = 0
      for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
        hash.update(piece)
        bytes += piece.byteLength
      }
      if (hash.digest('hex') !== sha256) throw Object.assign(new Error(`the kept file ${sha256} is damaged`), { code: 'ENOENT' })
      return { path, sha256, bytes }
    },
    async read(sha256) {
      const path = join(files, sha256)
      const { size } = await stat(path)
      return { stream: createReadStream(path), bytes: size }
    },
    async record(entry) {
      await writeDurably(entries, entryName(entry), Buffer.from(JSON.stringify(entry)))
    },
    async strike(report) {
      for (const name of await readdir(entries)) if (name.endsWith(`-${report}.json`)) await rm(join(entries, name), { force: true })
      await flush(entries)
    },
    async *journal() {
      for (const name of (await readdir(entries)).sort()) {
        if (name.endsWith('.json')) yield JournalEntry.parse(JSON.parse(await readFile(join(entries, name), 'utf8')))
      }
    },
    async names() {
      const found: string[] = []
      for (const folder of ['journal', 'files']) {
        for (const name of (await readdir(join(root, folder))).sort()) if (!name.endsWith('.tmp')) found.push(`${folder}/${name}`)
      }
      return found
    },
    path: (name) => join(root, name),
    putBack: (name, sha256, bytes) => writeDurably(join(root, dirname(name)), basename(name), bytes, sha256),
    async check() {
      checkRoom(files)
      const probe = join(files, `probe.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`)
      try {
        await writeFile(probe, 'Can this be kept?')
      } finally {
        await rm(probe, { force: true })
      }
    },
  }
}

/** Entries are named so that their order is that in which reports were accepted. */
function entryName({ acceptedAt, report }: Pick<JournalEntry, 'report' | 'acceptedAt'>): string {
  return `${acceptedAt.replace(/[^0-9]/g, '')}-${report}.json`
}

/** SHA-256 of bytes, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Passes bytes on as long as there is room for more than them: what is noted of a report that was stored comes after it. */
async function* inRoom(folder: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    checkRoom(folder)
    yield piece
  }
}

async function receiveAt(path: string, source: Uint8Array | AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of source instanceof Uint8Array ? [source] : source) {
        const written = file.writeFile(piece)
        hash.update(piece)
        bytes += piece.byteLength
        await written
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, sha256: hash.digest('hex'), bytes }
}

/** Nothing that is still at work lets a file lie for so long. */
const leftAfterMs = 86_400_000

/**
 * Removes what processes that ended had received and neither kept nor discarded. It is known by its age alone: servers
 * of other machines may share the folder, and their processes cannot be asked after.
 */
async function removeLeftovers(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    // One that is gone by now was kept or discarded.
    const written = await stat(path).then(({ mtimeMs }) => mtimeMs, () => Infinity)
    if (written < Date.now() - leftAfterMs) await rm(path, { force: true })
  }
}

/** Writes beside, flushes, and renames into place: a reader sees the whole file or none. False where the bytes are not those of the digest named. */
async function writeDurably(folder: string, name: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, wanted?: string): Promise<boolean> {
  const path = join(folder, name)
  const { path: temporary, sha256 } = await receiveAt(`${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`, bytes)
  try {
    if (wanted !== undefined && sha256 !== wanted) return false
    await flush(temporary)
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
  await flush(folder)
  return true
}

/** Sees to it that a file, or the names in a folder, are on the disk. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
