import { sql } from 'drizzle-orm'
import { rowsOf, type Database } from '../database.js'
import { Pauses } from '../pause.js'
import { beforeTheFirst, hashOf, type Link } from './chain.js'

/** What is wrong with an entry, or with where the chain says that it begins and ends. */
export type AuditBreak = 'changed' | 'missing' | 'moved' | 'begins_late' | 'cut_off' | 'added' | 'head_changed'

/** Where the chain breaks first. */
export interface BrokenEntry {
  seq: number
  what: AuditBreak
  /** In a sentence. */
  detail: string
}

/** What was found: how many entries there are, and the first that is broken; null where none is. */
export interface AuditVerdict {
  entries: number
  broken: BrokenEntry | null
}

/** Entries read at a time. */
const portion = 5_000

interface Head {
  first: number
  previous: string
  last: Link
}

/** As the database has an entry. A number may be any: somebody may have written it by hand. */
interface Row {
  seq: string
  body: string
  hash: string
  /** Whether the columns by which it is looked for are what its body says. */
  isFound: boolean
}

/**
 * Reads the audit in its order, a portion at a time, and holds every entry against the one before it, the ends against
 * the head, and the chain against `claim`: an entry that was there once, as a file beside the database remembers it. Run
 * it in a transaction of one moment, and read the claim before.
 */
export async function verifyAudit(db: Database, claim: Link | null = null): Promise<AuditVerdict> {
  const heads = await rowsOf<{ id: number; first: number; previous: string; seq: number; hash: string }>(db, sql`
    select id, first_seq::float8 as first, first_previous as previous, last_seq::float8 as seq, last_hash as hash from audit_head order by id`)
  const [found] = heads
  const head: Head | null = found ? { first: found.first, previous: found.previous, last: { seq: found.seq, hash: found.hash } } : null
  const [count] = await rowsOf<{ n: number }>(db, sql`select count(*)::float8 as n from audit_entry`)
  const entries = count!.n
  const wrong = (seq: number, what: AuditBreak, detail: string): AuditVerdict => ({ entries, broken: { seq, what, detail } })
  if (!head) {
    if (entries > 0) return wrong(1, 'head_changed', 'There are entries, and the head that says where they begin and end is gone.')
    return claim ? wrong(1, 'missing', `There is no entry; there were ${claim.seq}.`) : { entries, broken: null }
  }
  if (heads.length > 1 || found!.id !== 1) return wrong(head.first, 'head_changed', 'The head is not the one row that it must be.')
  const broken = await firstBroken(db, head, claim)
  return { entries, broken }
}

async function firstBroken(db: Database, head: Head, claim: Link | null): Promise<BrokenEntry | null> {
  if (head.first === 1 && head.previous !== beforeTheFirst) return { seq: 1, what: 'head_changed', detail: 'The head names something before the first entry of all.' }
  const pauses = new Pauses()
  let before: Link = { seq: head.first - 1, hash: head.previous }
  let begun: { firstSeq: unknown; firstPrevious: unknown } = { firstSeq: 1, firstPrevious: beforeTheFirst }
  let after = '-9223372036854775808'
  const end = `The last entry is ${head.last.seq}, as the head says`
  for (;;) {
    const rows = await portionAfter(db, after)
    for (const row of rows) {
      const wrong = await wrongWith(db, row, before, head)
      if (wrong) return wrong
      before = { seq: Number(row.seq), hash: row.hash }
      if (claim?.seq === before.seq && claim.hash !== before.hash) return { seq: before.seq, what: 'changed', detail: `Entry ${before.seq} has another hash than it had: it, or one before it, and all after it were written anew.` }
      if (row.body.includes('"action":"audit.retention"')) begun = retentionIn(row.body) ?? begun
    }
    if (rows.length < portion) break
    after = rows.at(-1)!.seq
    await pauses.take()
  }
  if (begun.firstSeq !== head.first || begun.firstPrevious !== head.previous) {
    return { seq: head.first, what: head.first > 1 && Number(begun.firstSeq) < head.first ? 'begins_late' : 'head_changed', detail: `The chain begins with entry ${head.first}, and its entries say that it begins with ${String(begun.firstSeq)}.` }
  }
  if (before.seq < head.last.seq) return { seq: before.seq + 1, what: 'cut_off', detail: `${end}; the entries from ${before.seq + 1} on are missing.` }
  if (before.hash !== head.last.hash) return { seq: before.seq, what: 'head_changed', detail: `${end}, and it has another hash than the head says.` }
  if (claim && claim.seq > before.seq) return { seq: before.seq + 1, what: 'cut_off', detail: `The last entry is ${before.seq}; there was an entry ${claim.seq}.` }
  return null
}

function portionAfter(db: Database, seq: string): Promise<Row[]> {
  const looked = ['at', 'actor', 'action', 'outcome', 'list'].map((name) => sql`${sql.raw(name)} is not distinct from said ->> ${sql.raw(`'${name}'`)}`)
  // Offset 0: a body is taken apart once, and not once a column.
  return rowsOf<Row>(db, sql`
    select seq::text as seq, body, hash, ${sql.join(looked, sql` and `)} and request_id is not distinct from said ->> 'requestId' as "isFound"
    from (select e.*, e.body::jsonb as said from audit_entry e where e.seq > ${seq}::bigint order by e.seq limit ${portion} offset 0) as e order by e.seq`)
}

async function wrongWith(db: Database, row: Row, before: Link, head: Head): Promise<BrokenEntry | null> {
  const seq = before.seq + 1
  if (row.seq !== String(seq)) {
    if (seq === head.first) {
      return Number(row.seq) > seq ? { seq, what: 'begins_late', detail: `The chain begins with entry ${row.seq}; the head says that it begins with ${seq}.` }
        : { seq: Number(row.seq), what: 'head_changed', detail: `There is an entry ${row.seq}, before the first that the head knows (${seq}).` }
    }
    if (before.seq === head.last.seq) return { seq: Number(row.seq), what: 'added', detail: `Entry ${row.seq} stands after the last that the head knows (${before.seq}).` }
    return { seq, what: 'missing', detail: `Entry ${seq} is missing; the next is ${row.seq}.` }
  }
  if (hashOf(row.seq, before.hash, row.body) !== row.hash) {
    const place = await placeOf(db, row)
    return place === null ? { seq, what: 'changed', detail: `Entry ${seq} is not as it was written, or what stands before it is not.` }
      : { seq, what: 'moved', detail: `What stands as entry ${seq} was written as entry ${place}.` }
  }
  if (before.seq >= head.last.seq) return { seq, what: 'added', detail: `Entry ${seq} stands after the last that the head knows (${head.last.seq}).` }
  return row.isFound ? null : { seq, what: 'changed', detail: `The columns by which entry ${seq} is found are not what it says.` }
}

/** The number under which a row was written, if it fits behind some other row, or in the place of one; null if it fits nowhere. */
async function placeOf(db: Database, { body, hash }: Row): Promise<number | null> {
  let after = '-9223372036854775808'
  for (;;) {
    const rows = await rowsOf<{ seq: string; hash: string }>(db, sql`select seq::text as seq, hash from audit_entry where seq > ${after}::bigint order by seq limit ${portion}`)
    for (const other of rows) {
      for (const seq of [Number(other.seq) + 1, Number(other.seq)]) if (hashOf(seq, other.hash, body) === hash) return seq
    }
    if (rows.length < portion) return null
    after = rows.at(-1)!.seq
  }
}

/** Where the chain begins since entries were let go, as the entry that notes it says. */
function retentionIn(body: string): { firstSeq: unknown; firstPrevious: unknown } | null {
  const { action, after } = JSON.parse(body) as { action: unknown; after: { firstSeq?: unknown; firstPrevious?: unknown } | null }
  return action === 'audit.retention' && after ? { firstSeq: after.firstSeq, firstPrevious: after.firstPrevious } : null
}
