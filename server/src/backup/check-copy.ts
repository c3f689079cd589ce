import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { CannotRestore, checkDataVersion } from '@lastmile/db/backup/restore'
import { countLines } from '@lastmile/db/session'
import { sha256Of } from '../lib/kept-files.js'
import { copyFormat, Manifest, manifestDigestName, manifestName } from './manifest.js'
import { through } from './through.js'

/**
 * Reads a copy from end to end and holds every file against what the manifest says: length, digest, rows.
 * @throws CannotRestore if it is no copy, damaged, cut off, or made by a newer release
 */
export async function checkCopy(folder: string, onProgress: (what: string) => void = () => {}): Promise<Manifest> {
  const manifest = await readManifest(folder)
  checkDataVersion(manifest.data, manifest.program)
  const rowsIn = new Map(manifest.tables.map(({ path, rows }) => [path, rows]))
  for (const { path } of manifest.tables) if (!manifest.members.some((member) => member.path === path)) throw damaged(path, 'is not listed')
  for (const { path, bytes, sha256 } of manifest.members) {
    onProgress(path)
    const found = await readMember(join(folder, path), path)
    if (found.bytes !== bytes) throw damaged(path, `holds ${found.bytes} bytes and should hold ${bytes}`)
    if (found.sha256 !== sha256) throw damaged(path, 'is not as it was written')
    const rows = rowsIn.get(path)
    if (rows !== undefined && (await rowsOf(folder, path)) !== rows) throw damaged(path, `does not hold ${rows} rows`)
  }
  return manifest
}

/** The rows of a table in a copy, as COPY's text format. */
export function tablePieces(folder: string, path: string): AsyncIterable<Uint8Array> {
  return through(createReadStream(join(folder, path)), createGunzip())
}

async function readManifest(folder: string): Promise<Manifest> {
  const [bytes, digest] = await Promise.all([readFile(join(folder, manifestName)), readFile(join(folder, manifestDigestName), 'utf8')]).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new CannotRestore(`${folder} is not a whole copy: it has no ${manifestName} or no ${manifestDigestName}. Name the folder that pnpm backup made.`)
  })
  if (digest.split(' ')[0] !== sha256Of(bytes)) throw damaged(manifestName, 'is not as it was written')
  const json = JSON.parse(bytes.toString('utf8')) as { format?: unknown; program?: unknown }
  if (typeof json.format !== 'number' || json.format > copyFormat) throw new CannotRestore(`The copy has form ${String(json.format)}, made by Lastmile ${String(json.program)}; this program reads form ${copyFormat}. Restore it with that release or a newer one.`)
  const parsed = Manifest.safeParse(json)
  if (!parsed.success) throw damaged(manifestName, 'does not say what it must')
  return parsed.data
}

async function readMember(file: string, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const piece of createReadStream(file) as AsyncIterable<Uint8Array>) {
      hash.update(piece)
      bytes += piece.byteLength
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(path, 'is missing')
    throw error
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function rowsOf(folder: string, path: string): Promise<number> {
  let rows = 0
  try {
    for await (const piece of tablePieces(folder, path)) rows += countLines(piece)
  } catch {
    throw damaged(path, 'cannot be unpacked')
  }
  return rows
}

function damaged(path: string, what: string): CannotRestore {
  return new CannotRestore(`The copy is damaged: ${path} ${what}. Nothing was changed; use another copy.`)
}
