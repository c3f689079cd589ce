import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { appendAudit } from '@lastmile/db/audit/append'
import { beforeTheFirst, hashOf, type Link } from '@lastmile/db/audit/chain'
import { letAuditGo } from '@lastmile/db/audit/retention'
import { verifyAudit } from '@lastmile/db/audit/verify'
import { rowsOf, type Database } from '@lastmile/db/database'
import { auditOf, lastOfAudit } from '@lastmile/db/query/audit'
import { AuditEntry, type AuditEvent } from '@lastmile/shared/audit'
import { emptyDatabase } from '../support/home.js'
import { dice, edits } from './audit-edits.js'

/*
 * The audit is one chain: what is noted stays, in its order, and whoever edits it is found.
 */

const by = { actor: 'a1', actorName: 'Officer of Strelsau', role: 'operator', purview: 'all', previewedBy: null, requestId: 'request-1' } as const
const event = (object: string, more: Partial<AuditEvent> = {}): AuditEvent => ({ ...by, action: 'export', outcome: 'done', list: 'tiny-2026', object, before: null, after: { rows: 3 }, ...more })
const at = '2026-06-30T04:00:00.000Z'

let db: Database
beforeEach(async () => {
  db = await emptyDatabase()
})

const add = (events: AuditEvent[], when = at) => db.transaction((tx) => appendAudit(tx as Database, when, events))
const all = async () => (await auditOf(db, {}, { offset: 0, limit: 1_000 })).entries.reverse()
/** An error of a statement by PostgreSQL's own sentence. */
const refused = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message)

describe('what is noted', () => {
  test('stands in the order in which it was noted, each tied to the one before', async () => {
    await add([event('first'), event('second')])
    await add([event('third', { outcome: 'refused', action: 'request.refused', after: null })])
    const entries = (await all()).map((one) => AuditEntry.parse(one))
    expect(entries.map(({ seq, object }) => [seq, object])).toEqual([[1, 'first'], [2, 'second'], [3, 'third']])
    const rows = await rowsOf<{ body: string; hash: string }>(db, sql`select body, hash from audit_entry order by seq`)
    let previous = beforeTheFirst
    for (const [i, { body, hash }] of rows.entries()) {
      expect(hash).toBe(hashOf(i + 1, previous, body))
      previous = hash
    }
    expect(await lastOfAudit(db)).toEqual({ seq: 3, hash: previous })
    expect(await verifyAudit(db)).toEqual({ entries: 3, broken: null })
  })

  test('is the same text whatever the order in which its fields were said', async () => {
    await add([event('one', { after: { b: 1, a: { d: [1, { f: 1, e: 2 }], c: undefined } } }), event('one', { after: { a: { d: [1, { e: 2, f: 1 }] }, b: 1 } })])
    const bodies = await rowsOf<{ body: string }>(db, sql`select distinct body from audit_entry`)
    expect(bodies).toHaveLength(1)
    expect(bodies[0]!.body).toMatch(/^\{"action":"export","actor":"a1","actorName":.*"after":\{"a":\{"d":\[1,\{"e":2,"f":1\}\]\},"b":1\},"at":/)
  })

  test.each(['\0', '\ud800', '"\\\n{}', '鲁里坦尼亚', '💊'])('may hold any text, %j among it: nothing that a stranger writes keeps it from being noted', async (text) => {
    await add([event(`${text}.`, { after: { [text]: text } })])
    expect((await all())[0]!.object).toBe(`${text.replace(/[\0\ud800]/u, '\ufffd')}.`)
    expect(await verifyAudit(db)).toEqual({ entries: 1, broken: null })
  })

  test('is kept with what it tells of, or neither is', async () => {
    await expect(db.transaction(async (tx) => {
      await appendAudit(tx as Database, at, [event('lost')])
      throw new Error('changed my mind')
    })).rejects.toThrow('changed my mind')
    await add([event('kept')])
    expect((await all()).map(({ seq, object }) => [seq, object])).toEqual([[1, 'kept']])
  })

  test('by many at once has no gap and no fork, though some change their minds', async () => {
    const noted = Array.from({ length: 40 }, (_, i) => db.transaction(async (tx) => {
      await appendAudit(tx as Database, at, Array.from({ length: 1 + (i % 4) }, (_, j) => event(`${i}-${j}`)))
      if (i % 5 === 0) throw new Error('changed my mind')
    }))
    await Promise.allSettled(noted)
    const kept = Array.from({ length: 40 }, (_, i) => i).filter((i) => i % 5 !== 0)
    const entries = await all()
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
    expect(new Set(entries.map(({ object }) => object))).toEqual(new Set(kept.flatMap((i) => Array.from({ length: 1 + (i % 4) }, (_, j) => `${i}-${j}`))))
    expect(await verifyAudit(db)).toEqual({ entries: entries.length, broken: null })
  })

  test('is found by who, what, when, where and request', async () => {
    await add([event('1'), event('2', { actor: 'a2', list: null })], '2026-06-01T00:00:00.000Z')
    await add([event('3', { action: 'report.file', requestId: 'request-2' }), event('4', { outcome: 'refused' })], '2026-06-02T00:00:00.000Z')
    const found = async (filter: Parameters<typeof auditOf>[1], page = { offset: 0, limit: 10 }) => {
      const { entries, total } = await auditOf(db, filter, page)
      return [entries.map(({ object }) => object).join(''), total]
    }
    expect(await found({})).toEqual(['4321', 4])
    expect(await found({}, { offset: 1, limit: 2 })).toEqual(['32', 4])
    expect(await found({ actor: 'a2' })).toEqual(['2', 1])
    expect(await found({ list: 'tiny-2026', outcome: 'done' })).toEqual(['31', 2])
    expect(await found({ action: 'report.file' })).toEqual(['3', 1])
    expect(await found({ requestId: 'request-2' })).toEqual(['3', 1])
    expect(await found({ from: '2026-06-01T00:00:00.001Z', to: '2026-06-02T00:00:00.000Z' }, { offset: 0, limit: 1 })).toEqual(['4', 2])
  })
})

describe('whoever edits it', () => {
  /** Where it is found, of an edit that somebody makes who may do everything, and takes back. */
  const foundAfter = async (edit: (tx: Database) => Promise<unknown>, claim: Link | null = null) => {
    const undone = new Error('undone')
    let verdict: Awaited<ReturnType<typeof verifyAudit>> | null = null
    await expect(db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('lastmile.audit_retention', 'on', true)`)
      await edit(tx as Database)
      verdict = await verifyAudit(tx as Database, claim)
      throw undone
    })).rejects.toBe(undone)
    return verdict!
  }
  const by_ = (statement: string) => (tx: Database) => tx.execute(sql.raw(statement))

  test('is found, in each of 500 random edits', async () => {
    await add(Array.from({ length: 40 }, (_, i) => event(`object ${i}`)))
    const claim = await lastOfAudit(db)
    const roll = dice(20261126)
    const unfound: string[] = []
    const seen = new Map<string, number>()
    for (let i = 0; i < 500; i += 1) {
      const [name, make] = edits[i % edits.length]!
      const edit = make(roll, 40)
      const { broken } = await foundAfter((tx) => edit(tx), claim)
      if (broken === null) unfound.push(`${i} ${name}`)
      else seen.set(broken.what, (seen.get(broken.what) ?? 0) + 1)
    }
    expect(unfound).toEqual([])
    expect([...seen.keys()].sort()).toEqual(['added', 'begins_late', 'changed', 'cut_off', 'head_changed', 'missing', 'moved'])
    expect(await verifyAudit(db, claim)).toEqual({ entries: 40, broken: null })
  })

  test.each<[string, string, object]>([
    ['changes an entry', `update audit_entry set body = replace(body, 'object 6', 'nothing') where seq = 7`, { seq: 7, what: 'changed' }],
    ['takes one out', 'delete from audit_entry where seq = 7', { seq: 7, what: 'missing' }],
    ['takes out the first', 'delete from audit_entry where seq <= 2', { seq: 1, what: 'begins_late' }],
    ['takes out the last', 'delete from audit_entry where seq = 10', { seq: 10, what: 'cut_off' }],
    ['takes out all', 'delete from audit_entry', { seq: 1, what: 'cut_off' }],
    ['puts two in each other\'s place', 'update audit_entry a set body = b.body, hash = b.hash from audit_entry b where (a.seq, b.seq) in ((4, 8), (8, 4))', { seq: 4, what: 'moved' }],
    ['adds one at the end', `insert into audit_entry (seq, body, hash) select 11, body, hash from audit_entry where seq = 10`, { seq: 11, what: 'moved' }],
    ['says that it ends later', 'update audit_head set last_seq = 12', { seq: 11, what: 'cut_off' }],
    ['says that it ends otherwise', `update audit_head set last_hash = 'x'`, { seq: 10, what: 'head_changed' }],
    ['takes the head away', 'delete from audit_head', { seq: 1, what: 'head_changed' }],
    ['changes where entries are found', `alter table audit_entry alter column actor drop expression; update audit_entry set actor = 'nobody' where seq = 5`, { seq: 5, what: 'changed' }],
  ])('is named by the entry: who %s', async (_, statement, expected) => {
    await add(Array.from({ length: 10 }, (_, i) => event(`object ${i}`)))
    const edit = async (tx: Database) => {
      for (const one of statement.split('; ')) await by_(one)(tx)
    }
    expect((await foundAfter(edit)).broken).toMatchObject(expected)
  })

  test('and writes entries, hashes and head anew is found by what the data folder remembers', async () => {
    await add(Array.from({ length: 10 }, (_, i) => event(`object ${i}`)))
    const claim = await lastOfAudit(db)
    const cut = async (tx: Database) => {
      await tx.execute(sql`delete from audit_entry where seq > 8`)
      await tx.execute(sql`update audit_head set last_seq = 8, last_hash = (select hash from audit_entry where seq = 8)`)
    }
    expect((await foundAfter(cut)).broken).toBeNull()
    expect((await foundAfter(cut, claim)).broken).toMatchObject({ seq: 9, what: 'cut_off' })
    const everything = async (tx: Database) => {
      for (const table of ['audit_entry', 'audit_head']) await tx.execute(sql.raw(`delete from ${table}`))
    }
    expect((await foundAfter(everything, claim)).broken).toMatchObject({ seq: 1, what: 'missing' })
  })
})

describe('entries are added, and neither changed nor taken out', () => {
  test.each([
    `update audit_entry set body = body`, 'delete from audit_entry where seq = 1', 'truncate audit_entry', 'delete from audit_head', 'truncate audit_head',
    'update audit_head set last_seq = 1', `update audit_head set first_seq = 2`,
  ])('%s is refused', async (statement) => {
    await add([event('1'), event('2')])
    expect(await refused(db.execute(sql.raw(statement)))).toMatch(/the audit/)
    expect(await verifyAudit(db)).toEqual({ entries: 2, broken: null })
  })

  test('a role of its own that may add and let go can do no more', async () => {
    await add([event('old')], '2025-01-01T00:00:00.000Z')
    await add([event('new')])
    const undone = new Error('undone')
    await expect(db.transaction(async (tx) => {
      await tx.execute(sql`create role audit_test_application nologin`)
      await tx.execute(sql`grant select, insert on audit_entry to audit_test_application`)
      await tx.execute(sql`grant select, insert, update on audit_head to audit_test_application`)
      await tx.execute(sql`grant execute on function audit_let_go(text) to audit_test_application`)
      await tx.execute(sql`set local role audit_test_application`)
      for (const statement of [`select set_config('lastmile.audit_retention', 'on', true)`, 'delete from audit_entry']) {
        const said = await refused(tx.transaction(async (inner) => inner.execute(sql.raw(statement))))
        if (statement.startsWith('delete')) expect(said).toMatch(/permission denied/)
      }
      await appendAudit(tx as Database, at, [event('newer')])
      expect(await letAuditGo(tx as Database, at, '2025-06-01T00:00:00.000Z', by)).toBe(1)
      expect(await verifyAudit(tx as Database)).toEqual({ entries: 3, broken: null })
      throw undone
    })).rejects.toBe(undone)
  })
})

describe('after its time', () => {
  test('what is older is let go, which is noted, and the chain holds', async () => {
    await add([event('1'), event('2')], '2025-01-01T00:00:00.000Z')
    await add([event('3')], '2025-02-01T00:00:00.000Z')
    expect(await letAuditGo(db, at, '2025-01-15T00:00:00.000Z', by)).toBe(2)
    expect((await all()).map(({ seq, object, action, after }) => [seq, object, action, after])).toEqual([
      [3, '3', 'export', { rows: 3 }], [4, null, 'audit.retention', { olderThan: '2025-01-15T00:00:00.000Z', letGo: 2, firstSeq: 3, firstPrevious: expect.any(String) }],
    ])
    expect((await auditOf(db, {}, { offset: 0, limit: 1 }))).toMatchObject({ total: 2, firstSeq: 3 })
    expect(await verifyAudit(db)).toEqual({ entries: 2, broken: null })
    // Again, and with it what noted the first time.
    expect(await letAuditGo(db, at, '2025-01-15T00:00:00.000Z', by)).toBe(0)
    await add([event('5')], '2026-01-01T00:00:00.000Z')
    expect(await verifyAudit(db)).toEqual({ entries: 3, broken: null })
  })

  test('all of it may be old: then the note that it went is what is left', async () => {
    await add([event('1'), event('2')], '2025-01-01T00:00:00.000Z')
    const claim = await lastOfAudit(db)
    expect(await letAuditGo(db, at, '2025-06-01T00:00:00.000Z', by)).toBe(2)
    expect((await all()).map(({ seq, action }) => [seq, action])).toEqual([[3, 'audit.retention']])
    expect(await verifyAudit(db, claim)).toEqual({ entries: 1, broken: null })
  })

  test('who takes out more at the beginning, and says so in the head, is found', async () => {
    await add([event('1'), event('2')], '2025-01-01T00:00:00.000Z')
    await add([event('3'), event('4')], '2025-02-01T00:00:00.000Z')
    await letAuditGo(db, at, '2025-01-15T00:00:00.000Z', by)
    await db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('lastmile.audit_retention', 'on', true)`)
      await tx.execute(sql`update audit_head set first_seq = 4, first_previous = (select hash from audit_entry where seq = 3)`)
      await tx.execute(sql`delete from audit_entry where seq = 3`)
    })
    expect((await verifyAudit(db)).broken).toMatchObject({ seq: 4, what: 'begins_late' })
  })

  test.each(['Jan 1 2000', '-infinity', '+002000-01-01T00:00:00.000Z', ' 2000-01-01T00:00:00.000Z', 'yesterday'])('an instant in another form (%s) lets nothing go: as a text it would come after all of them', async (before) => {
    await add([event('1')], '2025-01-01T00:00:00.000Z')
    await add([event('2')])
    expect(await refused(letAuditGo(db, at, before, by))).toMatch(/an instant is written/)
    expect(await verifyAudit(db)).toEqual({ entries: 2, broken: null })
  })

  test('nothing of the last six months is let go, whoever asks for it', async () => {
    await add([event('1')], '2025-01-01T00:00:00.000Z')
    expect(await refused(letAuditGo(db, at, new Date(Date.now() - 178 * 86_400_000).toISOString(), by))).toMatch(/180 days/)
    expect(await verifyAudit(db)).toEqual({ entries: 1, broken: null })
  })
})
