import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { list } from './country.js'
import { doorOf } from './door.js'

/*
 * A disk without room: who sends is told so, and who asks is answered from what is there.
 */

/** Nobody has reported for months: the first question of today brings the days up to it in, and would write. */
const facts = { institutions: { H1: '100100', H2: '100200' }, reports: [{ source: 'maker', asOf: '2026-03-01', rows: ['H1 alpha in_stock', 'H2 beta in_stock'] }] }

test('a sender whose file cannot be kept is told so, with a receipt, and can send again when there is room', async () => {
  const { services } = await given(facts)
  const report = { list: listCode, source: 'hospitals', asOf: '2026-06-20', file: 'institution_code,drug_code,status\nH1,alpha,in_stock' }
  const keep = async () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, fsync'), { code: 'ENOSPC', syscall: 'fsync' }))
  const full = doorOf({ ...services, files: { ...services.files, keep } })
  expect(await full.send(report)).toMatchObject({ status: 507, receipt: { outcome: 'rejected', id: null, reason: 'DISK_FULL', error: { code: 'server.disk_full', message: expect.stringContaining('disk of this server is full') as string } } })
  expect(await doorOf(services).read(`${list}/reports?source=hospitals`)).toMatchObject({ rows: [] })
  expect((await doorOf(services).send(report)).status).toBe(201)
})

test('a question is answered from the statements where the database has no room to bring days near, and so as it is with room', async () => {
  const { services } = await given(facts)
  await services.db.execute(sql`create function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`)
  const tables = ['coverage_by_unit', 'coverage_by_drug', 'coverage_by_city'] as const
  for (const table of tables) await services.db.execute(sql.raw(`create trigger no_room before insert or update on ${table} for each row execute function no_room()`))
  const questions = ['/headline?evidence=declared', '/coverage?evidence=declared', '/coverage?evidence=declared&by=city&region=100000']
  const ask = async () => Promise.all(questions.map((question) => doorOf(services).read(list + question)))
  try {
    const without = await ask()
    expect(without[0]).toMatchObject({ institutions: 0, unknown: { institutions: 2, stale: 2 } })
    const trend = await doorOf(services).ask(`${list}/trend?drug=alpha`)
    expect([trend.status, await trend.json()]).toMatchObject([507, { error: { code: 'server.disk_full' } }])
    await services.db.execute(sql`drop function no_room cascade`)
    expect(await ask()).toEqual(without)
  } finally {
    await services.db.execute(sql`drop function if exists no_room cascade`)
  }
})
