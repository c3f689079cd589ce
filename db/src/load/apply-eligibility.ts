import { sql } from 'drizzle-orm'
import { dayNumber, endOfDays, type Instant } from '@lastmile/shared/day'
import type { EligibilityRule } from '@lastmile/shared/edition'
import { packedFiledDays } from '../coverage/filed.js'
import { institutionRanges, type Institutions } from '../coverage/institutions.js'
import { packFiled } from '../coverage/shelf.js'
import type { Days } from '../coverage/view.js'
import { arrayOf, bytesArray, rowsOf, type Database } from '../database.js'
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

/** Days on which a rule or a line of a file makes an institution eligible for a drug. */
interface Eligible extends Days {
  drug: number
}

const institutionsAtOnce = 10_000

/**
 * Applies the edition's eligibility rules to institutions (null: all that are known), as of an instant. What is no longer
 * so is closed in what is known, not deleted: an answer "known on" an earlier instant still sees it. Answers the
 * institutions of which anything changed. @throws LoadedLater if that would change what became known after `at`
 */
export async function applyEligibility(db: Database, listId: number, at: Instant, institutions: readonly number[] | null): Promise<number[]> {
  const rules = new Rules(await rowsOf<RuleRow>(db, sql`
    select r.drug_id as drug, r.from_day - date '1970-01-01' as from, r.to_day - date '1970-01-01' as to, r.rules, r.codes
    from eligibility_rule r join drug d on d.id = r.drug_id where d.list_id = ${listId}`))
  const [list] = await rowsOf<{ regionSetId: number }>(db, sql`select region_set_id as "regionSetId" from list where id = ${listId}`)
  const changed: number[] = []
  for (const some of institutions === null ? await institutionRanges(db, list!.regionSetId, institutionsAtOnce) : slicesOf(institutions)) {
    const known = await packedFiledDays(db, listId, some)
    if (rules.nameNobody && known.size === 0) continue
    const fresh = new Map<number, Uint8Array>()
    const gone: number[] = []
    for (const one of await candidatesAmong(db, list!.regionSetId, some)) {
      const days = rules.daysOf(one)
      const former = known.get(one.id)
      if (days.length > 0 ? former !== undefined && Buffer.compare(former, days) === 0 : former === undefined) continue
      if (former !== undefined) gone.push(one.id)
      if (days.length > 0) fresh.set(one.id, days)
    }
    const otherwise = [...new Set([...gone, ...fresh.keys()])]
    if (otherwise.length === 0) continue
    await refuseLater(db, listId, otherwise, at)
    if (gone.length > 0) await close(db, listId, gone, at)
    if (fresh.size > 0) await open(db, listId, fresh, at)
    changed.push(...otherwise)
  }
  return changed
}

function slicesOf(institutions: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(institutions.length / institutionsAtOnce) }, (_, i) => institutions.slice(i * institutionsAtOnce, (i + 1) * institutionsAtOnce))
}

async function candidatesAmong(db: Database, regionSetId: number, institutions: Institutions): Promise<Candidate[]> {
  const some = 'first' in institutions ? sql`i.id between ${institutions.first} and ${institutions.last}` : sql`i.id = any(${arrayOf('int', institutions)})`
  return rowsOf<Candidate>(db, sql`
    select i.id, i.code, v.kind, v.level, v.dual_channel as "dualChannel", v.qualifications
    from institution i join institution_version v on v.institution_id = i.id and v.known_to is null where i.region_set_id = ${regionSetId} and ${some}`)
}

interface RuleRow {
  drug: number
  from: number
  to: number | null
  rules: EligibilityRule[]
  codes: { code: string; from: string | null; to: string | null }[]
}

type AttributeRule = Extract<EligibilityRule, { by: 'attributes' }>

/** The rules of an edition, made ready for many institutions: those alike in all that rules ask are judged once. */
class Rules {
  readonly #attributes: { drug: number; from: number; to: number; rules: AttributeRule[] }[] = []
  readonly #lines = new Map<string, Eligible[]>()
  readonly #alike = new Map<string, { eligible: Eligible[]; days: Uint8Array }>()

  constructor(rows: readonly RuleRow[]) {
    for (const { drug, from, to, rules, codes } of rows) {
      const attributes = rules.filter((rule) => rule.by === 'attributes')
      if (attributes.length > 0) this.#attributes.push({ drug, from, to: to ?? endOfDays, rules: attributes })
      for (const { code, ...days } of codes) {
        const lines = this.#lines.get(code) ?? []
        // A file's last day is inclusive, as people write it; inside, ends are exclusive.
        lines.push({ drug, from: days.from === null ? from : dayNumber(days.from), to: days.to === null ? to ?? endOfDays : dayNumber(days.to) + 1 })
        this.#lines.set(code, lines)
      }
    }
  }

  /** True if no institution can be eligible by them. */
  get nameNobody(): boolean {
    return this.#attributes.length === 0 && this.#lines.size === 0
  }

  /** The packed days on which an institution is eligible; empty where it never is. */
  daysOf(one: Candidate): Uint8Array {
    const key = JSON.stringify([one.kind, one.level, one.dualChannel, one.qualifications])
    let alike = this.#alike.get(key)
    if (!alike) {
      const eligible = this.#attributes.filter(({ rules }) => rules.some((rule) => matches(rule, one)))
      this.#alike.set(key, (alike = { eligible, days: packed(eligible) }))
    }
    const lines = this.#lines.get(one.code)
    return lines ? packed([...alike.eligible, ...lines]) : alike.days
  }
}

function matches(rule: AttributeRule, one: Candidate): boolean {
  return kindCodes.word(one.kind) === rule.kind
    && (!rule.levels || (one.level !== null && rule.levels.includes(one.level)))
    && (rule.qualifications ?? []).every((qualification) => one.qualifications.includes(qualification))
    && (rule.dualChannel === undefined || rule.dualChannel === one.dualChannel)
}

/** A pair that several rules or lines name is eligible once, on every day on which any of them says so. */
function packed(eligible: readonly Eligible[]): Uint8Array {
  const byDrug = new Map<number, Days[]>()
  for (const { drug, from, to } of [...eligible].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue
    const days = byDrug.get(drug) ?? []
    const last = days.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else days.push({ from, to })
    byDrug.set(drug, days)
  }
  return packFiled(byDrug)
}

async function refuseLater(db: Database, listId: number, institutions: readonly number[], at: Instant): Promise<void> {
  const [later] = await rowsOf(db, sql`
    select 1 from eligibility where institution_id = any(${arrayOf('int', institutions)}) and list_id = ${listId} and (known_from > ${at} or known_to > ${at}) limit 1`)
  if (later) throw new LoadedLater('who is eligible', at)
}

async function close(db: Database, listId: number, institutions: readonly number[], at: Instant): Promise<void> {
  await db.execute(sql`update eligibility set known_to = ${at} where institution_id = any(${arrayOf('int', institutions)}) and list_id = ${listId} and known_to is null`)
}

async function open(db: Database, listId: number, fresh: ReadonlyMap<number, Uint8Array>, at: Instant): Promise<void> {
  await db.execute(sql`
    insert into eligibility (institution_id, list_id, known_from, days) select i, ${listId}::int, ${at}::timestamptz, d
    from unnest(${arrayOf('int', [...fresh.keys()])}, ${bytesArray([...fresh.values()])}) as n(i, d)
    on conflict (institution_id, list_id, known_from) do update set days = excluded.days, known_to = null`)
}
