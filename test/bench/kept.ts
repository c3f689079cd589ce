import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Loaded } from './maintained-load.js'
import type { OthersKept } from './reads.js'

/** What a run left in its folder and on the server, so that another can ask it. */
export interface Kept extends OthersKept {
  pairs: number
  loaded: Omit<Loaded, 'list'>
  /** Names of databases; the naive one is null where there is none. */
  product: string
  naive: string | null
}

const nameIn = (folder: string) => join(folder, 'kept.json')

/** Notes what is kept. */
export async function noteKept(folder: string, kept: Kept): Promise<void> {
  await writeFile(nameIn(folder), JSON.stringify(kept, null, 2))
}

/** What is kept in a folder. @throws where it is of another number of pairs */
export async function keptIn(folder: string, pairs: number): Promise<Kept> {
  const kept = JSON.parse(await readFile(nameIn(folder), 'utf8')) as Kept
  if (kept.pairs !== pairs) throw new Error(`--use ${folder}: its nation has ${kept.pairs} pairs; say --pairs ${kept.pairs}`)
  return kept
}
