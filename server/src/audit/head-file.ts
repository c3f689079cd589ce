import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import type { Link } from '@lastmile/db/audit/chain'

/** The name of the file in the data folder. */
export const headFileName = 'audit-head.json'

const Head = z.object({ seq: z.int().positive(), hash: z.string(), at: z.string() })

/** The last entry of the audit as the data folder remembers it; null where there is no such file. @throws Error if the file is not what was written */
export async function readHeadFile(path: string): Promise<Link | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  if (text === null) return null
  try {
    const { seq, hash } = Head.parse(JSON.parse(text))
    return { seq, hash }
  } catch (cause) {
    throw new Error(`${path} does not say what it must: the file was changed or cut off.`, { cause })
  }
}

/** Writes beside, flushes, and renames into place: whoever reads sees the one or the other. Servers that share the folder have names of their own for what is beside. */
export async function writeHeadFile(path: string, { seq, hash }: Link, at: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify({ seq, hash, at })}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
