import { sql, type SQL } from 'drizzle-orm'
import type { Day, Instant } from '@lastmile/shared/day'
import type { StandardAnswer, StandardRule, StandardsAnswer, StandardVersion } from '@lastmile/shared/standard'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import type { DrugRow } from './drugs.js'
import type { ListRow } from './lists.js'
import { basisOf } from './question.js'

interface Raw extends Omit<StandardVersion, 'author'> {
  author: string
  filedAuthor: string | null
  filedRules: StandardRule[] | null
}

/** The standard of every drug as it is known now, or was on an instant, in list order. `namesOfficers`: whether the asker may know by name which officer decided. */
export async function standardsOf(db: Database, list: ListRow, when: { asOf: Day; knownOn: Instant | null }, namesOfficers: boolean): Promise<StandardsAnswer> {
  const drugs = await rowsOf<{ code: string }>(db, sql`select code from drug where list_id = ${list.id} order by no`)
  const known = new Map((await versionsWhere(db, when.knownOn, sql`d.list_id = ${list.id} and ${versionKnown(when.knownOn)}`)).map((row) => [row.drug, row]))
  return {
    basis: basisOf(list, { ...when, evidence: null, since: null }),
    standards: drugs.map(({ code }) => {
      const row = known.get(code)
      return { drug: code, standard: row ? told(row, namesOfficers) : null, otherwise: row !== undefined && filedOtherwise(row) }
    }),
  }
}

/** The standard of one drug with its history, as it is known now or was on an instant; and what the files of the edition say where that is otherwise. */
export async function standardOf(db: Database, list: ListRow, drug: DrugRow, knownOn: Instant | null, namesOfficers: boolean): Promise<StandardAnswer> {
  const rows = await versionsWhere(db, knownOn, sql`d.id = ${drug.id} and ${knownOn === null ? sql`true` : sql`v.known_from <= ${knownOn}`}`)
  const [current, ...former] = rows
  return {
    basis: basisOf(list, { asOf: list.today, knownOn, evidence: null, since: null }), drug: drug.data.code,
    standard: current ? told(current, namesOfficers) : null, former: former.map((row) => told(row, namesOfficers)),
    filed: current && filedOtherwise(current) ? { author: current.filedAuthor ?? '', rules: current.filedRules ?? [] } : null,
  }
}

/** Versions `v` of drugs `d`, the latest first. What was not known yet on the instant of the question, when one came to its end among it, is left out. */
async function versionsWhere(db: Database, knownOn: Instant | null, where: SQL): Promise<Raw[]> {
  const rows = await rowsOf<Raw>(db, sql`
    select d.code as drug, v.version, v.origin, v.author, v.role, v.why, v.rules, v.known_from::text as "knownFrom",
           ${knownOn === null ? sql`v.known_to::text` : sql`case when v.known_to <= ${knownOn} then v.known_to::text end`} as "knownTo", f.author as "filedAuthor", f.rules as "filedRules"
    from standard_version v join drug d on d.id = v.drug_id left join standard_filed f on f.drug_id = d.id where ${where} order by d.no, v.version desc`)
  return rows.map((row) => ({ ...row, knownFrom: new Date(row.knownFrom).toISOString(), knownTo: row.knownTo && new Date(row.knownTo).toISOString() }))
}

/** An officer decided, and the files say otherwise. */
function filedOtherwise({ origin, rules, filedRules }: Raw): boolean {
  return origin === 'officer' && canonical(rules) !== canonical(filedRules ?? [])
}

function told({ filedAuthor: _, filedRules: __, author, ...version }: Raw, namesOfficers: boolean): StandardVersion {
  return { ...version, author: version.origin === 'officer' && !namesOfficers ? null : author }
}
