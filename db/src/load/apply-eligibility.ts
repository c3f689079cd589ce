import { sql } from 'drizzle-orm'
import { addDays, laterDay, type Day, type Instant } from '@lastmile/shared/day'
import type { EligibilityRule } from '@lastmile/shared/edition'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { kindCodes } from '../schema/codes.js'
import { LoadedLater } from './loaded-later.js'

interface Candidate {
  id: number
  code: string
  kind: number
  level: string | null
  dualChannel: boolean
  qualifications: string[]
}

interface Eligible {
  institution: number
  drug: number
  from: Day
  to: Day | null
}

/**
 * Applies the edition's eligibility rules to the institutions that are known, as of an instant. What is no longer so
 * is closed in what is known, not deleted: an answer "known on" an earlier instant still sees it. Answers whether
 * anything changed. @throws LoadedLater if that would change what became known after `at`
 */
export async function applyEligibility(db: Database, listId: number, at: Instant): Promise<boolean> {
  const rules = await rowsOf<{ drug: number; from: Day; to: Day | null; rules: EligibilityRule[]; codes: { code: string; from: Day | null; to: Day | null }[] }>(db, sql`
    select r.drug_id as drug, r.from_day::text as from, r.to_day::text as to, r.rules, r.codes
    from eligibility_rule r join drug d on d.id = r.drug_id where d.list_id = ${listId}`)
  const candidates = await rowsOf<Candidate>(db, sql`
    select i.id, i.code, v.kind, v.level, v.dual_channel as "dualChannel", v.qualifications
    from list l join institution i on i.region_set_id = l.region_set_id
    join institution_version v on v.institution_id = i.id and v.known_to is null where l.id = ${listId}`)
  const named: Eligible[] = []
  for (const { drug, from, to, rules: alternatives, codes } of rules) {
    // An institution may stand on several lines: a centre that lost its designation and got it again.
    const lines = new Map<string, typeof codes>()
    for (const one of codes) lines.set(one.code, [...(lines.get(one.code) ?? []), one])
    for (const one of candidates) {
      if (alternatives.some((rule) => rule.by === 'attributes' && matches(rule, one))) named.push({ institution: one.id, drug, from, to })
      // A file's last day is inclusive, as people write it; inside, ends are exclusive.
      for (const line of lines.get(one.code) ?? []) named.push({ institution: one.id, drug, from: line.from ?? from, to: line.to ? addDays(line.to, 1) : to })
    }
  }
  const wanted = new Map(withoutOverlap(named).map((one) => [keyOf(one), one]))
  const known = await rowsOf<Eligible>(db, sql`
    select institution_id as institution, drug_id as drug, from_day::text as from, to_day::text as to from eligibility
    where known_to is null and drug_id in (select id from drug where list_id = ${listId})`)
  const kept = new Set<string>()
  const gone: Eligible[] = []
  for (const row of known) {
    const want = wanted.get(keyOf(row))
    if (want && want.to === row.to) kept.add(keyOf(row))
    else gone.push(row)
  }
  const fresh = [...wanted].filter(([key]) => !kept.has(key)).map(([, one]) => one)
  if (gone.length + fresh.length === 0) return false
  const [later] = await rowsOf(db, sql`
    select 1 from eligibility where drug_id in (select id from drug where list_id = ${listId}) and (known_from > ${at} or known_to > ${at}) limit 1`)
  if (later) throw new LoadedLater('who is eligible', at)
  await close(db, gone, at)
  await add(db, fresh, at)
  return true
}

function matches(rule: Extract<EligibilityRule, { by: 'attributes' }>, one: Candidate): boolean {
  return kindCodes.word(one.kind) === rule.kind
    && (!rule.levels || (one.level !== null && rule.levels.includes(one.level)))
    && (rule.qualifications ?? []).every((qualification) => one.qualifications.includes(qualification))
    && (rule.dualChannel === undefined || rule.dualChannel === one.dualChannel)
}

/** A pair that several rules name is eligible once, on every day on which any of them says so. */
function withoutOverlap(named: readonly Eligible[]): Eligible[] {
  const result: Eligible[] = []
  for (const one of [...named].sort((a, b) => a.institution - b.institution || a.drug - b.drug || (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1)
    const joins = last?.institution === one.institution && last.drug === one.drug && (last.to === null || one.from <= last.to)
    if (!joins) result.push({ ...one })
    else if (last.to !== null) last.to = one.to === null ? null : laterDay(last.to, one.to)
  }
  return result
}

function keyOf(one: Eligible): string {
  return `${one.institution}/${one.drug}/${one.from}`
}

async function close(db: Database, rows: readonly Eligible[], at: Instant): Promise<void> {
  if (rows.length === 0) return
  await db.execute(sql`update eligibility e set known_to = ${at}
    from unnest(${arrayOf('int', rows.map((row) => row.institution))}, ${arrayOf('int', rows.map((row) => row.drug))}, ${arrayOf('date', rows.map((row) => row.from))}) as g(i, d, f)
    where e.institution_id = g.i and e.drug_id = g.d and e.from_day = g.f and e.known_to is null`)
}

async function add(db: Database, rows: readonly Eligible[], at: Instant): Promise<void> {
  for (let start = 0; start < rows.length; start += 20_000) {
    const some = rows.slice(start, start + 20_000)
    await db.execute(sql`insert into eligibility (institution_id, drug_id, from_day, to_day, known_from)
      select i, d, f, t, ${at}::timestamptz from unnest(${arrayOf('int', some.map((row) => row.institution))}, ${arrayOf('int', some.map((row) => row.drug))},
        ${arrayOf('date', some.map((row) => row.from))}, ${arrayOf('date', some.map((row) => row.to))}) as n(i, d, f, t)
      on conflict (institution_id, drug_id, from_day, known_from) do update set to_day = excluded.to_day, known_to = null`)
  }
}
