import { sql, type SQL } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'

/** A drug would stand in an edition twice: once by the files, and once as somebody stated it on screen, perhaps of another company. */
export class StandsTwice extends Error {
  override readonly name = 'StandsTwice'
  constructor(substance: string, edition: string, codes: readonly string[]) {
    super(`"${substance}" would stand in "${edition}" twice, as ${codes.map((code) => `"${code}"`).join(' and ')}: a drug has one candidacy in an edition, and one company that answers for it. Name in the file the code of the one that is there, and what was stated of it stays beside what the file says.`)
  }
}

/** Whether a candidacy (`c`) says something by its version (`v`): files state it, or it has a stage. One whose only stage was taken back stands nowhere. */
export const saysSomething: SQL = sql`(c.filed is not null or jsonb_array_length(v.facts) > 0)`

/** Editions of a list, for as long as this transaction: whoever begins a candidacy in one of them waits for it. */
export async function lockEditions(tx: Database, listId: number): Promise<void> {
  await tx.execute(sql`select id from listing_edition where list_id = ${listId} order by id for update`)
}

/** @throws StandsTwice where a drug has two candidacies in an edition that say something */
export async function holdOnce(tx: Database, listId: number): Promise<void> {
  const [row] = await rowsOf<{ substance: string; edition: string; codes: string[] }>(tx, sql`
    select c.substance, e.code as edition, array_agg(c.code order by c.code collate "C") as codes from candidacy c join listing_edition e on e.id = c.edition_id
    join candidacy_version v on v.candidacy_id = c.id and v.known_to is null where c.list_id = ${listId} and ${saysSomething} group by c.substance, e.code having count(*) > 1 order by c.substance collate "C", e.code collate "C" limit 1`)
  if (row) throw new StandsTwice(row.substance, row.edition, row.codes)
}
