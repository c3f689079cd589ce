import { constants } from 'node:fs'
import { open, readdir, realpath, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '@lastmile/shared/day'
import { isNamedSo } from '@lastmile/shared/feed'
import { allowedFolder, CannotFetch, isAllowed, type FeedBounds } from './feed-bounds.js'

/** A file that lies in a feed's folder. */
export interface FolderFile {
  filename: string
  /** How large it is and when it was changed: while both stay, it is taken to be what it was. */
  mark: string
  bytes: number
  modified: Instant
  /** Its bytes, once; closes it. @throws CannotFetch if it is changed while it is read */
  read(): AsyncGenerator<Uint8Array>
}

/** One that was changed so recently may still be written to. */
const settledAfterMs = 10_000

/** How many names are looked at. */
const filesAtMost = 20_000

/**
 * The files of a feed's folder that are called as its pattern says, by name: not those of folders in it, no links, none
 * that is hidden, empty or was changed in the last seconds. They are looked at and never changed.
 * @throws CannotFetch if the folder is not there or not allowed
 */
export async function folderFiles(bounds: FeedBounds, folder: string, pattern: string, nowMs: number): Promise<FolderFile[]> {
  const real = await allowedFolder(bounds, folder)
  const entries = await readdir(real, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new CannotFetch('FOLDER_MISSING', `The folder cannot be read (${error.code ?? 'unknown'}).`)
  })
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.') && isNamedSo(pattern, entry.name)).map(({ name }) => name).sort()
  const files: FolderFile[] = []
  for (const filename of names.slice(0, filesAtMost)) {
    const path = join(real, filename)
    const file = await openWithin(bounds, path)
    if (file === null) continue
    try {
      const looks = await file.stat()
      if (looks.size === 0 || looks.mtimeMs > nowMs - settledAfterMs) continue
      const mark = markOf(looks)
      files.push({ filename, mark, bytes: looks.size, modified: new Date(looks.mtimeMs).toISOString(), read: () => bytesOf(bounds, path, mark) })
    } finally {
      await file.close()
    }
  }
  return files
}

/** Opens a file, and no link. Null where it is gone, is none, or lies elsewhere by now. */
async function openWithin({ folders }: FeedBounds, path: string): Promise<FileHandle | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (file === null) return null
  const isFile = (await file.stat()).isFile() && await isAllowed(folders, await realpath(path).catch(() => '/'))
  if (isFile) return file
  await file.close()
  return null
}

async function* bytesOf(bounds: FeedBounds, path: string, mark: string): AsyncGenerator<Uint8Array> {
  const file = await openWithin(bounds, path)
  if (file === null) throw new Changed()
  try {
    for await (const piece of file.createReadStream({ autoClose: false })) yield piece as Uint8Array
    if (markOf(await file.stat()) !== mark) throw new Changed()
  } finally {
    await file.close()
  }
}

function markOf({ size, mtimeMs }: { size: number; mtimeMs: number }): string {
  return `${size}/${Math.round(mtimeMs)}`
}

/** A file was changed while it was read: it is taken next time. */
export class Changed extends Error {
  override readonly name = 'Changed'
}
