import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createGzip } from 'node:zlib'
import { readSnapshot, type Snapshot } from '@lastmile/db/backup/snapshot'
import { program } from '@lastmile/db/program'
import { countLines, type TableShape } from '@lastmile/db/session'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { copyFormat, manifestDigestName, manifestName, secretName, type Manifest, type Member } from './manifest.js'
import { through } from './through.js'

/**
 * Copies everything that the product keeps into a new folder: the rows of every table as they are at one moment, and the
 * kept files with their journal. The server goes on working; on the embedded home statements wait while tables are read.
 * The folder appears when it is whole, and is readable by this user alone: prices are in it.
 * @throws Refusal if there is something at the folder's place already
 */
export async function makeCopy(services: Services, folder: string, onProgress: (what: string) => void = () => {}): Promise<Manifest> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Refusal(409, 'backup.not_a_folder', `${folder} is not a folder. Name a new one.`)
  })
  if (there !== null && there.length > 0) throw taken(folder)
  // Two copies may be asked for one folder at once: each grows in a folder of its own, and the first that is whole takes the place.
  await mkdir(dirname(folder), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.unfinished-`)
  try {
    const manifest = await fill(services, unfinished, onProgress)
    await takePlace(unfinished, folder)
    await syncFolder(dirname(folder))
    return manifest
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Gives a folder its name. @throws Refusal if another copy has taken it meanwhile */
async function takePlace(unfinished: string, folder: string): Promise<void> {
  try {
    // Goes over an empty folder, and over nothing else.
    await rename(unfinished, folder)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    throw taken(folder)
  }
}

function taken(folder: string): Refusal {
  return new Refusal(409, 'backup.exists', `There is something in ${folder} already. Name a new folder for each copy.`)
}

/** Writes a copy into an empty folder. */
async function fill(services: Services, folder: string, onProgress: (what: string) => void): Promise<Manifest> {
  for (const part of ['tables', 'journal', 'files', 'secrets']) await mkdir(join(folder, part), { recursive: true, mode: 0o700 })
  const members: Member[] = []
  const add = async (path: string, pieces: AsyncIterable<Uint8Array>) => void members.push(await writeMember(folder, path, pieces))
  const manifest = await readSnapshot(services.db, async (snapshot): Promise<Manifest> => {
    const tables: Manifest['tables'] = []
    for (const table of snapshot.tables) {
      onProgress(table.name)
      const path = `tables/${table.name}.copy.gz`
      const counted = countRows(snapshot, table)
      await add(path, through(counted.pieces, createGzip({ level: 1 })))
      tables.push({ ...table, rows: counted.rows(), path })
    }
    return { format: copyFormat, program: program.version, home: services.home, at: snapshot.at, data: snapshot.version, tables, sequences: await snapshot.sequences(), members }
  })
  // Kept files are there before the transaction that names them, so after the snapshot none is missing; more do no harm.
  onProgress('kept files')
  for (const name of await services.files.names()) await add(name, createReadStream(services.files.path(name)))
  // Without it nobody's second factor could be read again.
  if (services.secretFile !== null) await add(secretName, createReadStream(services.secretFile))
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  const { sha256 } = await writeMember(folder, manifestName, [text])
  await writeMember(folder, manifestDigestName, [Buffer.from(`${sha256}  ${manifestName}\n`)])
  return manifest
}

function countRows(snapshot: Snapshot, table: TableShape): { pieces: AsyncIterable<Uint8Array>; rows(): number } {
  let rows = 0
  return {
    rows: () => rows,
    pieces: (async function* () {
      for await (const piece of snapshot.rows(table)) {
        rows += countLines(piece)
        yield piece
      }
    })(),
  }
}

/** Writes a file of the copy and flushes it to the disk. */
async function writeMember(folder: string, path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Member> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(join(folder, path), 'wx', 0o600)
  try {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.byteLength
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { path, bytes, sha256: hash.digest('hex') }
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
