import { sql } from 'drizzle-orm'
import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'

/* Where drugs were ever named, but for supplies before the list came into force: by drug, blocks of institutions, each a packed list of ids. Only ever grows. */

const blockBits = 12
const writer = new ByteWriter()
const reader = new ByteReader()

/** Gathers where drugs are named for the first time. */
export class Named {
  readonly #blocks = new Map<string, { drug: number; block: number; institutions: number[] }>()

  add(drug: number, institution: number): void {
    const block = institution >> blockBits
    const key = `${drug}/${block}`
    const own = this.#blocks.get(key)
    if (own) own.institutions.push(institution)
    else this.#blocks.set(key, { drug, block, institutions: [institution] })
  }

  /** Adds what was gathered to what is stored. */
  async save(db: Database): Promise<void> {
    const blocks = [...this.#blocks.values()]
    for (let at = 0; at < blocks.length; at += 5_000) {
      const some = blocks.slice(at, at + 5_000)
      const rows = await rowsOf<{ drug: number; block: number; institutions: Uint8Array }>(db, sql`
        select n.drug_id as drug, n.block, n.institutions from unnest(${arrayOf('int', some.map((one) => one.drug))}, ${arrayOf('int', some.map((one) => one.block))}) as p(d, b)
        join drug_named n on n.drug_id = p.d and n.block = p.b`)
      for (const row of rows) unpack(row.block, row.institutions, this.#blocks.get(`${row.drug}/${row.block}`)!.institutions)
      await db.execute(sql`
        insert into drug_named (drug_id, block, institutions) select * from unnest(${arrayOf('int', some.map((one) => one.drug))}, ${arrayOf('int', some.map((one) => one.block))},
          ${bytesArray(some.map((one) => pack(one.block, one.institutions)))})
        on conflict (drug_id, block) do update set institutions = excluded.institutions`)
    }
    this.#blocks.clear()
  }
}

/** Every institution of which anything was ever said of a drug, by id. `near`: where only some institutions will be looked for, and of the others no more than their neighbours need be answered. */
export async function institutionsNaming(db: Database, drugs: readonly number[], near: readonly number[] | null = null): Promise<number[]> {
  const blocks = near === null ? sql`true` : sql`block = any(${arrayOf('int', [...new Set(near.map((one) => one >> blockBits))])})`
  const rows = await rowsOf<{ block: number; institutions: Uint8Array }>(db, sql`select block, institutions from drug_named where drug_id = any(${arrayOf('int', drugs)}) and ${blocks} order by block`)
  const all: number[] = []
  for (const row of rows) unpack(row.block, row.institutions, all)
  return drugs.length > 1 ? [...new Set(all)].sort((a, b) => a - b) : all
}

function pack(block: number, institutions: readonly number[]): Uint8Array {
  let last = block << blockBits
  let first = true
  for (const one of Int32Array.from(institutions).sort()) {
    if (one === last && !first) continue
    writer.varint(one - last)
    last = one
    first = false
  }
  return writer.take()
}

/** Adds the institutions of a block to others. */
function unpack(block: number, bytes: Uint8Array, institutions: number[]): void {
  let last = block << blockBits
  reader.open(bytes)
  while (!reader.done) institutions.push((last += reader.varint()))
}
