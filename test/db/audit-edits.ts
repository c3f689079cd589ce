import { sql } from 'drizzle-orm'
import { bodyOf, hashOf } from '@lastmile/db/audit/chain'
import { rowsOf, type Database } from '@lastmile/db/database'

/** Numbers as if by dice, the same for the same seed: from 0 to before `n`. */
export type Roll = (n: number) => number

export function dice(seed: number): Roll {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

/** An edit of the audit by somebody who may do everything, with its name; `entries` are there, numbered from 1. */
type Edit = [name: string, make: (roll: Roll, entries: number) => (tx: Database) => Promise<unknown>]

const one = (roll: Roll, entries: number) => 1 + roll(entries)
/** Two different entries, the earlier first. */
function two(roll: Roll, entries: number): [number, number] {
  const first = one(roll, entries)
  const second = 1 + ((first + roll(entries - 1)) % entries)
  return first < second ? [first, second] : [second, first]
}
const statement = (text: string) => (tx: Database) => tx.execute(sql.raw(text))
const statements = (...texts: string[]) => async (tx: Database) => {
  for (const text of texts) await tx.execute(sql.raw(text))
}
const headAtEnd = 'update audit_head set (last_seq, last_hash) = (select seq, hash from audit_entry order by seq desc limit 1)'
const field = (roll: Roll) => ['actor', 'actorName', 'action', 'outcome', 'role', 'purview', 'list', 'object', 'at', 'requestId', 'after', 'before', 'previewedBy'][roll(13)]!

/** Every kind of edit: of one entry, of several, of their order, of the ends, of the head, and with all that follows made to fit. */
export const edits: Edit[] = [
  ['another value', (roll, n) => statement(`update audit_entry set body = jsonb_set(body::jsonb, '{${field(roll)}}', '"other ${roll(1_000)}"')::text where seq = ${one(roll, n)}`)],
  ['a field less', (roll, n) => statement(`update audit_entry set body = (body::jsonb - '${field(roll)}')::text where seq = ${one(roll, n)}`)],
  ['a blank more', (roll, n) => statement(`update audit_entry set body = body || ' ' where seq = ${one(roll, n)}`)],
  ['another hash', (roll, n) => statement(`update audit_entry set hash = overlay(hash placing '!' from ${one(roll, 64)}) where seq = ${one(roll, n)}`)],
  ['another value, and its hash made to fit', (roll, n) => rewritten(one(roll, n), false)],
  ['another value, and all that follows and the head made to fit', (roll, n) => rewritten(one(roll, n), true)],
  ['one taken out', (roll, n) => statement(`delete from audit_entry where seq = ${one(roll, n)}`)],
  ['a stretch taken out', (roll, n) => {
    const [from, to] = two(roll, n)
    return statement(`delete from audit_entry where seq between ${from} and ${to}`)
  }],
  ['the beginning taken out', (roll, n) => statement(`delete from audit_entry where seq <= ${one(roll, n)}`)],
  ['the beginning taken out, and the head made to fit', (roll, n) => {
    const last = one(roll, n - 1)
    return statements(`update audit_head set first_seq = ${last + 1}, first_previous = (select hash from audit_entry where seq = ${last})`, `delete from audit_entry where seq <= ${last}`)
  }],
  ['the end taken out', (roll, n) => statement(`delete from audit_entry where seq >= ${one(roll, n)}`)],
  ['the end taken out, and the head made to fit', (roll, n) => statements(`delete from audit_entry where seq > ${one(roll, n - 1)}`, headAtEnd)],
  ['all taken out', () => statement('delete from audit_entry')],
  ['all taken out, and the head', () => statements('delete from audit_entry', 'delete from audit_head')],
  ['one taken out, and the gap closed', (roll, n) => {
    const gone = one(roll, n - 1)
    return statements(`delete from audit_entry where seq = ${gone}`, `update audit_entry set seq = -seq where seq > ${gone}`, 'update audit_entry set seq = -seq - 1 where seq < 0', headAtEnd)
  }],
  ['one put between', (roll, n) => {
    const place = one(roll, n)
    return statements(`update audit_entry set seq = -seq where seq >= ${place}`, 'update audit_entry set seq = -seq + 1 where seq < 0', `insert into audit_entry (seq, body, hash) select ${place}, body, hash from audit_entry where seq = ${place + 1}`, headAtEnd)
  }],
  ['one added at the end', (roll, n) => statement(`insert into audit_entry (seq, body, hash) select ${n + 1 + roll(3)}, body, hash from audit_entry where seq = ${one(roll, n)}`)],
  ['one added before the beginning', (roll, n) => statement(`insert into audit_entry (seq, body, hash) select ${-roll(5)}, body, hash from audit_entry where seq = ${one(roll, n)}`)],
  ['one with another number', (roll, n) => statement(`update audit_entry set seq = ${n + 1 + roll(1_000)} where seq = ${one(roll, n)}`)],
  ...(['body, hash', 'body', 'hash'] as const).map((what): Edit => [`two with each other's ${what}`, (roll, n) => {
    const [a, b] = two(roll, n)
    const set = what.split(', ').map((column) => `${column} = b.${column}`).join(', ')
    return statement(`update audit_entry a set ${set} from audit_entry b where (a.seq, b.seq) in ((${a}, ${b}), (${b}, ${a}))`)
  }]),
  ['the head says another beginning', (roll, n) => statement(`update audit_head set first_seq = ${2 + roll(n)}`)],
  ['the head says something before the first', (roll) => statement(`update audit_head set first_previous = 'x${roll(1_000)}'`)],
  ['the head says another end', (roll, n) => statement(`update audit_head set last_seq = ${[one(roll, n - 1), n + 1 + roll(100)][roll(2)]}`)],
  ['the head says another hash', (roll, n) => statement(`update audit_head set last_hash = (select hash from audit_entry where seq = ${one(roll, n - 1)})`)],
  ['no head', () => statement('delete from audit_head')],
  ['a second head', (roll) => statement(`insert into audit_head select ${2 + roll(9)}, first_seq, first_previous, last_seq, last_hash from audit_head`)],
  ['another head', (roll) => statement(`update audit_head set id = ${2 + roll(9)}`)],
]

/** Writes one entry otherwise with a hash that fits; and, by whoever takes the trouble, every later one and the head too. */
function rewritten(seq: number, whole: boolean): (tx: Database) => Promise<void> {
  return async (tx) => {
    const rows = await rowsOf<{ seq: number; body: string; hash: string }>(tx, sql`select seq::int as seq, body, hash from audit_entry where seq >= ${seq - 1} order by seq`)
    let previous = seq === 1 ? '' : rows.shift()!.hash
    for (const row of whole ? rows : rows.slice(0, 1)) {
      const { at, ...event } = JSON.parse(row.body) as Parameters<typeof bodyOf>[0] & { at: string }
      const body = row.seq === seq ? bodyOf({ ...event, actorName: 'Somebody else' }, at) : row.body
      const hash = hashOf(row.seq, previous, body)
      await tx.execute(sql`update audit_entry set body = ${body}, hash = ${hash} where seq = ${row.seq}`)
      previous = hash
    }
    if (whole) await tx.execute(sql.raw(headAtEnd))
  }
}
