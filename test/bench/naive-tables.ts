import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { dayNumber } from '@lastmile/shared/day'
import { evidences } from '@lastmile/shared/evidence'
import { CopyRows } from './copy-rows.js'
import { companyOf } from './edition.js'
import { dayAt, freshnessDays, heldUntil, lastNamed, ReportLines, reportsOf, statusAt } from './history.js'
import { drugCode, drugCount, institutionCode, type Nation } from './nation.js'

/*
 * The nation as a BI tool would see it: one wide row a statement and one a pair, with narrow integers, the institution's
 * place already joined in, and the obvious indexes. `fresh_until` (the last day on which a statement counts) and
 * `held_until` (the day before which it is the pair's latest and fresh) are worked out before loading, which spares the
 * questions a join and a window; nobody keeps them up to date. Numbers are places in the nation: institutions from 1.
 */

export const naiveTables: Readonly<Record<string, string>> = {
  unit: 'id smallint not null, code text not null, population integer not null',
  city: 'id smallint not null, code text not null',
  drug: 'id smallint not null, code text not null, company smallint not null, freshness_days smallint not null',
  institution: 'id integer not null, code text not null, kind smallint not null, unit smallint not null, city smallint not null, latitude double precision not null, longitude double precision not null',
  statement_naive: 'institution_id integer not null, drug_id smallint not null, unit smallint not null, city smallint not null, kind smallint not null, evidence smallint not null, status smallint not null, day date not null, report_day date not null, fresh_until date not null, held_until date not null',
  current_pair: 'institution_id integer not null, drug_id smallint not null, unit smallint not null, city smallint not null, kind smallint not null, status smallint not null, day date not null, fresh_until date not null',
}

const indexes = [
  'alter table unit add primary key (id)', 'alter table city add primary key (id)', 'alter table drug add primary key (id)', 'alter table institution add primary key (id)',
  'create index on institution (latitude, longitude)',
  'create index on statement_naive (institution_id, drug_id, day)', 'create index on statement_naive (drug_id, day)',
  'alter table current_pair add primary key (institution_id, drug_id)', 'create index on current_pair (drug_id, unit)',
]

/** Makes and fills the naive tables by COPY, then their indexes and statistics. Answers rows and seconds of each step. */
export async function loadNaive(client: pg.Client, nation: Nation, say: (text: string) => void): Promise<{ statements: number; copySeconds: number; indexSeconds: number }> {
  for (const [name, columns] of Object.entries(naiveTables)) await client.query(`create table ${name} (${columns})`)
  await copy(client, 'unit', smallRows(2, nation.units.map(({ code, population }) => (rows) => {
    rows.text(code)
    rows.integer(population ?? 0)
  })))
  await copy(client, 'city', smallRows(1, nation.cities.map(({ code }) => (rows) => rows.text(code))))
  await copy(client, 'drug', smallRows(3, Array.from({ length: drugCount }, (_, i) => (rows) => {
    rows.text(drugCode(i + 1))
    rows.smallint(companyOf(i + 1))
    rows.smallint(freshnessDays(i + 1))
  })))
  await copy(client, 'institution', institutionRows(nation))
  say('naive: copying statements …')
  const start = performance.now()
  const statements = await copy(client, 'statement_naive', statementRows(nation))
  const copied = performance.now()
  await copy(client, 'current_pair', pairRows(nation))
  say(`naive: ${statements} statements copied, making indexes …`)
  const indexing = performance.now()
  for (const index of indexes) await client.query(index)
  for (const name of Object.keys(naiveTables)) await client.query(`vacuum analyze ${name}`)
  return { statements, copySeconds: (copied - start) / 1_000, indexSeconds: (performance.now() - indexing) / 1_000 }
}

/** Copies chunks of the binary format into a table. Answers the rows. */
export async function copy(client: pg.Client, table: string, chunks: Iterable<Buffer>): Promise<number> {
  const stream = client.query(copyFrom(`copy ${table} from stdin (format binary)`))
  await pipeline(Readable.from(chunks, { objectMode: false }), stream)
  return stream.rowCount
}

/** Rows of a small table: their number, from 1, and the fields that each writes after it. */
function* smallRows(fields: number, writers: readonly ((rows: CopyRows) => void)[]): Generator<Buffer> {
  const rows = new CopyRows()
  for (const [i, write] of writers.entries()) {
    rows.row(1 + fields)
    rows.smallint(i + 1)
    write(rows)
    if (rows.full) yield rows.take()
  }
  yield rows.end()
}

function* institutionRows(nation: Nation): Generator<Buffer> {
  const rows = new CopyRows()
  for (let one = 0; one < nation.institutions; one++) {
    rows.row(7)
    rows.integer(one + 1)
    rows.text(institutionCode(nation, one))
    rows.smallint(nation.kind[one]!)
    rows.smallint(nation.unit[one]! + 1)
    rows.smallint(nation.city[one]! + 1)
    rows.double(nation.latitude[one]!)
    rows.double(nation.longitude[one]!)
    if (rows.full) yield rows.take()
  }
  yield rows.end()
}

const confirmed = evidences.indexOf('confirmed')

/** Every line of every report, in the order in which they came in. */
function* statementRows(nation: Nation): Generator<Buffer> {
  const rows = new CopyRows()
  for (const report of reportsOf(nation)) {
    const reportDay = dayNumber(report.asOf)
    const lines = new ReportLines(nation, report)
    while (lines.next()) {
      rows.row(11)
      rows.integer(lines.institution + 1)
      rows.smallint(lines.drug)
      rows.smallint(report.unit + 1)
      rows.smallint(nation.city[lines.institution]! + 1)
      rows.smallint(nation.kind[lines.institution]!)
      rows.smallint(confirmed)
      rows.smallint(lines.status)
      rows.date(lines.day)
      rows.date(reportDay)
      rows.date(lines.day + freshnessDays(lines.drug))
      rows.date(heldUntil(lines.institution, lines.drug, report.time, lines.day))
      if (rows.full) yield rows.take()
    }
  }
  yield rows.end()
}

/** The latest statement of each pair. */
function* pairRows(nation: Nation): Generator<Buffer> {
  const rows = new CopyRows()
  for (let one = 0; one < nation.institutions; one++) {
    for (let pair = nation.firstPair[one]!; pair < nation.firstPair[one + 1]!; pair++) {
      const drug = nation.drug[pair]!
      const time = lastNamed(one, drug)
      if (time === null) continue
      const day = dayAt(one, drug, time)
      rows.row(8)
      rows.integer(one + 1)
      rows.smallint(drug)
      rows.smallint(nation.unit[one]! + 1)
      rows.smallint(nation.city[one]! + 1)
      rows.smallint(nation.kind[one]!)
      rows.smallint(statusAt(one, drug, time))
      rows.date(day)
      rows.date(day + freshnessDays(drug))
      if (rows.full) yield rows.take()
    }
  }
  yield rows.end()
}
