import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CannotStart } from './cannot-start.js'

/** Makes the data folder where there is none yet. @throws CannotStart where it cannot be made, or nothing can be written there */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new CannotStart(`DATA_DIR is ${folder}, and ${whyNot[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message}. Set DATA_DIR to a folder that this user can write to.`, { cause: error })
  }
}

const whyNot: Record<string, string> = {
  EACCES: 'this user may not write there', EPERM: 'this user may not write there', EROFS: 'that disk can only be read', ENOENT: 'no folder can be made there',
  ENOTDIR: 'that path leads through a file', EEXIST: 'that path is, or leads through, a file', ENOSPC: 'its disk is full',
}

/** One folder after the other: Node's recursive way never ends where the system says of a folder that is there that it is not (/proc). */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) await makeFolder(parent)
  await mkdir(folder).catch(async (error: unknown) => {
    // Another process may have been quicker.
    if (!(await isFolder(folder))) throw error
  })
}

/** Whether a data folder holds anything yet: kept reports, and the database where it is embedded. */
export async function isHome(folder: string, embedded: boolean): Promise<boolean> {
  return (await isFolder(join(folder, 'reports'))) && (!embedded || (await isFolder(join(folder, 'database'))))
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false)
}
