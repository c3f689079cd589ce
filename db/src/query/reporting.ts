import { sql, type SQL } from 'drizzle-orm'
import { addDays, daysBetween, type Day } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { owedPeriods, periodStanding, type OwedPeriod, type PeriodStanding, type SentReport } from '@lastmile/shared/owed-period'
import type { Purview } from '@lastmile/shared/purview'
import type { ReportState } from '@lastmile/shared/report'
import { speaksOfAll } from '@lastmile/shared/scope'
import { addCounts, countPeriods, isInSet, isWhole, reportingRate, waitsFor, type PeriodSet, type ReportingAnswer, type ReportingCell, type ReportingCounts, type ReportingRow } from '@lastmile/shared/reporting'
import type { ReportingOrder, Sort } from '@lastmile/shared/sort'
import type { Channel, ReportMode, Scope, Source } from '@lastmile/shared/source'
import { rowsOf, type Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import type { Area, NoUnit } from './area.js'
import { drugsOf } from './drugs.js'
import { eligibleInScopes } from './eligible-in-scope.js'
import type { ListRow } from './lists.js'
import { ownDay } from './own-day.js'
import { factsFor } from './question.js'
import { notWithheld } from './reports.js'
import { reportsWithin, sourcesWithin } from './within-purview.js'

/** What is asked of who reports. */
export interface ReportingFilter {
  asOf: Day
  /** Of each source so many of its last periods. */
  periods: number
  evidence?: Evidence | undefined
  area?: Area | NoUnit | null
  company?: string | undefined
  source?: string | undefined
  /** Of whose sources it may be known whether they report. */
  purview: Purview
  /** Of whose reports it may be known that they are there: what is not accepted is told of within it alone. */
  reports: Purview
}

/** A source's last periods by its rhythm, the earliest first, and what became of each by the as-of day. */
export interface SourcePeriods {
  id: number
  source: Source
  periods: (OwedPeriod & PeriodStanding)[]
  sent: readonly SentRow[]
}

/** A report with what the rule asks of it. */
export interface SentRow extends SentReport {
  sourceId: number
  id: string
  state: ReportState
  version: number
  scope: Scope
  /** It is accepted and nothing has taken its place, as of the day. */
  stands: boolean
  /** It fills its period by itself; `isWhole` is also true of parts that do so together. */
  isByItself: boolean
  /** It opens to who asks. */
  isOpen: boolean
  institutions: number | null
  drugsNamed: string[] | null
  namedAgain: number | null
  namedBefore: number | null
}

/** Of every source within a purview its last periods and what became of them. By the sources' codes. */
export async function periodsOfSources(db: Database, list: ListRow, filter: ReportingFilter): Promise<SourcePeriods[]> {
  const { asOf, periods: count } = filter
  const sources = await rowsOf<{ id: number; data: Source }>(db, sql`select o.id, o.data from source o where ${ofSources(list, filter)} order by o.code collate "C"`)
  const owed = sources.map(({ data }) => owedPeriods(data, list, asOf, count))
  const earliest = owed.reduce<Day>((first, [one]) => (one && one.first < first ? one.first : first), addDays(asOf, 1))
  const sentOf = new Map<number, SentRow[]>(sources.map(({ id }) => [id, []]))
  for (const row of await sentSince(db, list, filter, earliest)) sentOf.get(row.sourceId)!.push(row)
  return sources.map(({ id, data }, at) => {
    const sent = sentOf.get(id)!
    return { id, source: data, sent, periods: owed[at]!.map((period) => ({ ...period, ...periodStanding(period, sent, asOf) })) }
  })
}

function ofSources(list: ListRow, { evidence, area, company, source, purview }: ReportingFilter): SQL {
  const parts: SQL[] = [sql`o.list_id = ${list.id}`, sourcesWithin(purview)]
  if (evidence !== undefined) parts.push(sql`o.evidence = ${evidenceCodes.code(evidence)}`)
  if (area?.level === 'none') parts.push(sql`o.data->>'unit' is null`)
  if (area?.level === 'unit') parts.push(sql`o.data->>'unit' = ${area.code}`)
  if (area?.level === 'city') parts.push(sql`o.data->'scope'->'regions' = jsonb_build_array(${area.code}::text)`)
  if (company !== undefined) parts.push(sql`o.data->>'company' = ${company}`)
  if (source !== undefined) parts.push(sql`o.code = ${source}`)
  return sql.join(parts, sql` and `)
}

/** Reports of a day or a later one that were sent by the as-of day. */
async function sentSince(db: Database, list: ListRow, filter: ReportingFilter, earliest: Day): Promise<SentRow[]> {
  const rows = await rowsOf<Omit<SentRow, 'stands' | 'isWhole' | 'isByItself' | 'waitsFor'> & { mode: ReportMode; channel: Channel; sourceMode: ReportMode; sourceScope: Scope; supersededOn: Day | null }>(db, sql`
    select r.source_id as "sourceId", r.code as id, r.state, r.version, r.mode, r.nil as "isNil", r.channel, o.data->>'mode' as "sourceMode", r.scope, o.data->'scope' as "sourceScope", r.as_of::text as "asOf",
           ${ownDay(list, sql`r.received_at`)}::text as "sentOn", ${ownDay(list, sql`r.accepted_at`)}::text as "acceptedOn", ${ownDay(list, sql`r.superseded_at`)}::text as "supersededOn",
           r.institutions, r.drugs_named as "drugsNamed", r.named_again as "namedAgain", b.institutions as "namedBefore", ${reportsWithin(filter.reports)} and ${notWithheld(filter.reports)} as "isOpen"
    from report r join source o on o.id = r.source_id left join report b on b.id = r.named_before_id
    where ${ofSources(list, filter)} and r.as_of >= ${earliest} and r.as_of <= ${filter.asOf} and r.state <> 'withdrawn'
      -- Pairs confirmed on screen are no report of a period where its source owes all that holds: confirmsPairs (shared).
      and not (r.channel = 'form' and r.mode = 'changes' and r.period is null and not r.nil and o.data->>'mode' = 'snapshot') and ${ownDay(list, sql`r.received_at`)} <= ${filter.asOf}
    order by r.as_of, r.received_at, r.id`)
  const sent = rows.flatMap(({ mode, channel, sourceMode, sourceScope, supersededOn, ...row }) => {
    const acceptedOn = row.acceptedOn !== null && row.acceptedOn <= filter.asOf ? row.acceptedOn : null
    if (acceptedOn === null && !row.isOpen) return []
    return [{
      ...row, mode, sourceScope, acceptedOn, stands: acceptedOn !== null && (supersededOn === null || supersededOn > filter.asOf), waitsFor: waitsFor(row.state),
      isWhole: isWhole({ channel, mode, isNil: row.isNil, scope: row.scope }, { mode: sourceMode, scope: sourceScope }),
    }]
  })
  const complete = await completeParts(db, list, sent.filter((one) => one.stands && one.mode === 'snapshot' && !one.isWhole && !one.isNil))
  return sent.map(({ mode, sourceScope, ...one }) => {
    const filledOn = one.isWhole ? undefined : complete.get(`${one.sourceId} ${one.asOf.slice(0, 7)}`)
    return { ...one, isByItself: one.isWhole, ...(filledOn === undefined ? {} : { isWhole: true, sentOn: filledOn }) }
  })
}

/** Of parts that count, by source and month: where they together speak of every city of their source's unit, the day on which the last of them was sent. */
async function completeParts(db: Database, list: ListRow, parts: readonly { sourceId: number; asOf: Day; sentOn: Day; scope: Scope; sourceScope: Scope }[]): Promise<Map<string, Day>> {
  if (parts.length === 0) return new Map()
  const cities = new Map((await rowsOf<{ unit: string; cities: string[] }>(db, sql`
    select parent as unit, json_agg(code) as cities from region where region_set_id = ${list.regionSetId} and level = 'city' and parent is not null group by parent`)).map((row) => [row.unit, row.cities]))
  const named = new Map<string, { source: Scope; regions: Set<string>; sentOn: Day }>()
  for (const { sourceId, asOf, sentOn, scope, sourceScope } of parts) {
    if (scope.regions === null || !speaksOfAll({ ...scope, regions: null }, sourceScope)) continue
    const key = `${sourceId} ${asOf.slice(0, 7)}`
    const own = named.get(key) ?? { source: sourceScope, regions: new Set<string>(), sentOn }
    named.set(key, own)
    for (const region of scope.regions) own.regions.add(region)
    if (sentOn > own.sentOn) own.sentOn = sentOn
  }
  return new Map([...named].flatMap(([key, { source, regions, sentOn }]): [string, Day][] => {
    const all = (source.regions ?? []).flatMap((region) => cities.get(region) ?? [region])
    return all.length > 0 && all.every((city) => regions.has(city)) ? [[key, sentOn]] : []
  }))
}

/** Who has reported which periods and how completely, and who has not: totals over all that are asked about, and a page of rows; of all periods, or of those of a set alone. */
export async function reportingOf(db: Database, list: ListRow, filter: ReportingFilter, page: { offset: number; limit: number }, sort: Sort<ReportingOrder> | null, only: PeriodSet | null = null): Promise<ReportingAnswer> {
  const { asOf } = filter
  const [sources, drugs, facts, eligible, last] = await Promise.all([
    periodsOfSources(db, list, filter), drugsOf(db, list.id), factsFor(db, list), eligibleInScopes(db, list, asOf), lastAccepted(db, list, filter),
  ])
  const listed = drugs.map(({ data: { code, validFrom, validTo } }) => ({ code, validFrom, validTo }))
  const all = sources.map((one) => ({ ...one, ...last.get(one.id)!, counts: countPeriods(one.periods, asOf) }))
  const units = [...facts.units.map((unit) => unit.code), null]
  const ordered = inOrder(all.map((one): Ordered => ({ ...one, silentDays: silentDays(list, one.source, one.lastSentOn, asOf) })), units, sort)
  const shown = only === null ? { rows: ordered.slice(page.offset, page.offset + page.limit), total: all.length } : periodsPaged(ordered, (period) => isInSet(only, period, asOf), page)
  return {
    asOf, total: { sources: all.length, ...addCounts(all.map((one) => one.counts)) },
    byUnit: units.flatMap((unit) => {
      const own = all.filter((one) => one.source.unit === unit)
      return own.length === 0 ? [] : [{ unit, sources: own.length, ...addCounts(own.map((one) => one.counts)) }]
    }),
    byPeriod: byPeriod(all, asOf),
    rows: shown.rows.map(({ source, periods, sent, lastAsOf, lastSentOn, silentDays: silent, counts }): ReportingRow => ({
      code: source.code, name: source.name, evidence: source.evidence, company: source.company, unit: source.unit, rhythm: source.rhythm, graceDays: source.graceDays,
      lastAsOf, lastSentOn, silentDays: silent, eligibleAtLeast: eligible(source.scope), counts, cells: periods.map((period) => cellOf(period, sent, source, listed)),
    })),
    page: { ...page, total: shown.total },
  }
}

/** A page of the periods that are asked for, under their sources, and of how many: a source with many may go on on the next page. */
function periodsPaged(sources: readonly Ordered[], isAsked: (period: SourcePeriods['periods'][number]) => boolean, { offset, limit }: { offset: number; limit: number }): { rows: Ordered[]; total: number } {
  const rows: Ordered[] = []
  let total = 0
  for (const source of sources) {
    const asked = source.periods.filter(isAsked)
    const periods = asked.slice(Math.max(0, offset - total), Math.max(0, offset + limit - total))
    if (periods.length > 0) rows.push({ ...source, periods })
    total += asked.length
  }
  return { rows, total }
}

interface Listed { code: string; validFrom: Day; validTo: Day | null }

function cellOf(period: OwedPeriod & PeriodStanding, sent: readonly SentRow[], source: Source, listed: readonly Listed[]): ReportingCell {
  const own = sent.filter((one) => one.asOf >= period.first && one.asOf <= period.last)
  const standing = own.filter((one) => one.stands)
  const wanted = new Set(listed.filter((drug) => (source.scope.drugs?.includes(drug.code) ?? true) && drug.validFrom <= period.last && (drug.validTo === null || drug.validTo >= period.first)).map((drug) => drug.code))
  const named = standing.length === 0 || standing.some((one) => one.drugsNamed === null) ? null : new Set(standing.flatMap((one) => one.drugsNamed!.filter((code) => wanted.has(code)))).size
  // Of several parts no one says how many institutions they name together.
  const whole = standing.filter((one) => one.isByItself)
  const said = whole.at(-1) ?? (standing.length === 1 ? standing[0] : undefined)
  const shown = (standing.length > 0 ? standing : period.state === 'held' ? own.filter((one) => one.acceptedOn === null) : []).filter((one) => one.isOpen)
  return {
    ...period, drugs: { named, expected: wanted.size },
    institutions: { named: said?.institutions ?? null, again: said?.namedAgain ?? null, before: said?.namedBefore ?? null },
    reports: shown.map(({ id, state, asOf, version }) => ({ id, state, asOf, version })),
  }
}

/** Of each source the day of the last report that was accepted by the as-of day, and when the last such was sent. */
async function lastAccepted(db: Database, list: ListRow, filter: ReportingFilter): Promise<Map<number, { lastAsOf: Day | null; lastSentOn: Day | null }>> {
  const rows = await rowsOf<{ id: number; lastAsOf: Day | null; lastSentOn: Day | null }>(db, sql`
    select o.id, max(r.as_of)::text as "lastAsOf", max(${ownDay(list, sql`r.received_at`)})::text as "lastSentOn" from source o
    left join report r on r.source_id = o.id and r.as_of <= ${filter.asOf} and ${ownDay(list, sql`r.accepted_at`)} <= ${filter.asOf}
    where ${ofSources(list, filter)} group by o.id`)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** The day of the last report of all those sources that was accepted by the as-of day; null where none was. */
export async function lastReportedDay(db: Database, list: ListRow, filter: ReportingFilter): Promise<Day | null> {
  const [row] = await rowsOf<{ day: Day | null }>(db, sql`
    select max(r.as_of)::text as day from source o join report r on r.source_id = o.id and r.as_of <= ${filter.asOf} and ${ownDay(list, sql`r.accepted_at`)} <= ${filter.asOf}
    where ${ofSources(list, filter)}`)
  return row?.day ?? null
}

/** Days since a source was heard, or since it has owed anything; null for one that owes nothing. */
function silentDays(list: ListRow, source: Source, lastSentOn: Day | null, asOf: Day): number | null {
  if (source.rhythm === 'irregular') return null
  const from = source.owesFrom != null && source.owesFrom > list.inForce ? source.owesFrom : list.inForce
  return Math.max(0, daysBetween(lastSentOn ?? from, asOf))
}

function byPeriod(all: readonly SourcePeriods[], asOf: Day): ReportingAnswer['byPeriod'] {
  const found = new Map<string, ReportingAnswer['byPeriod'][number] & { first: Day }>()
  for (const { source: { rhythm }, periods } of all) {
    for (const one of periods) {
      if (one.dueOn === null) continue
      const key = `${rhythm} ${one.period}`
      const before = found.get(key)
      const counts = countPeriods([one], asOf)
      found.set(key, { rhythm, period: one.period, first: one.first, ...(before ? addCounts([before, counts]) : counts) })
    }
  }
  return [...found.values()].sort((a, b) => compared(a.rhythm, b.rhythm) || compared(a.first, b.first)).map(({ first: _, ...one }) => one)
}

type Ordered = SourcePeriods & { lastAsOf: Day | null; lastSentOn: Day | null; silentDays: number | null; counts: ReportingCounts }

/** As they stand, by code, or as asked and then so. */
function inOrder(rows: readonly Ordered[], units: readonly (string | null)[], sort: Sort<ReportingOrder> | null): readonly Ordered[] {
  if (sort === null) return rows
  const valueOf: Record<ReportingOrder, (row: Ordered) => number | string | null> = {
    source: (row) => row.source.code, unit: (row) => (row.source.unit === null ? null : units.indexOf(row.source.unit)), silent: (row) => row.silentDays,
    rate: (row) => reportingRate(row.counts), missing: (row) => (row.counts.owed === 0 ? null : row.counts.missing),
  }
  const way = sort.falling ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf[sort.by](a), valueOf[sort.by](b)]
    const code = compared(a.source.code, b.source.code)
    if (x === null || y === null) return x === y ? code : x === null ? 1 : -1
    return way * compared(x, y) || code
  })
}

function compared<Value extends number | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}
