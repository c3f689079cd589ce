import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { Channel, ReportMode, Scope } from '@lastmile/shared/source'

/** How an accepted report was sent: enough to send it again. */
export const JournalEntry = z.object({
  report: z.string(),
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
  acceptedAt: z.string(),
  /** A report of the demonstration is accepted again by a demonstration alone. */
  demonstration: z.boolean().default(false),
})
export type JournalEntry = z.infer<typeof JournalEntry>

/**
 * The files of accepted reports, by content, and a journal of how each was sent. Everything is flushed to the disk
 * before the sender gets an answer, because the embedded database does not flush: what it loses in a power cut is
 * accepted again at the next start.
 */
export interface KeptFiles {
  keep(bytes: Uint8Array): Promise<string>
  read(sha256: string): Promise<Uint8Array>
  record(entry: JournalEntry): Promise<void>
  journal(): AsyncIterable<JournalEntry>
  /** Names of everything that is kept, as `journal/…` and `files/…`: the journal is read first, so that no entry lacks its file. */
  names(): Promise<string[]>
  /** The path of something kept. */
  path(name: string): string
  /** Puts something back under the name it had. */
  putBack(name: string, bytes: Uint8Array): Promise<void>
  /** @throws if nothing can be kept now: the folder is gone, closed, or its disk full */
  check(): Promise<void>
}

/** Kept files under a data folder. */
export async function openKeptFiles(dataDir: string): Promise<KeptFiles> {
  const root = join(dataDir, 'reports')
  const files = join(root, 'files')
  const entries = join(root, 'journal')
  await mkdir(files, { recursive: true })
  await mkdir(entries, { recursive: true })
  return {
    async keep(bytes) {
      const sha256 = sha256Of(bytes)
      await writeDurably(files, sha256, bytes)
      return sha256
    },
    read: (sha256) => readFile(join(files, sha256)),
    async record(entry) {
      await writeDurably(entries, `${entry.acceptedAt.replace(/[^0-9]/g, '')}-${entry.report}.json`, Buffer.from(JSON.stringify(entry)))
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
    putBack: (name, bytes) => writeDurably(join(root, dirname(name)), basename(name), bytes),
    async check() {
      const probe = join(files, `probe.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`)
      try {
        await writeFile(probe, 'Can this be kept?')
      } finally {
        await rm(probe, { force: true })
      }
    },
  }
}

/** SHA-256 of a file, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Writes beside, flushes, and renames into place: a reader sees the whole file or none. */
async function writeDurably(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name)
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
