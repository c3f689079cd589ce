import { states } from '@lastmile/shared/state'
import { monthEnds, today } from './history.js'
import { drugCode, type Nation } from './nation.js'

/** What an answer says, for comparing: a figure by a name such as `SYN0001/110000/hospitals`. Zeros are left out. */
export type Figures = Map<string, number>

/** A question as it is sent to tables that nobody maintains: the statement of a competent analyst, in PostgreSQL's and DuckDB's common dialect. */
export interface Question {
  code: string
  name: string
  sql: string
  figures(rows: readonly (readonly unknown[])[]): Figures
  /** Which of the product's figures this one has too; all, unless stated. */
  covers?(figure: string): boolean
  /** In a small nation there may be none so near. */
  mayBeEmpty?: boolean
  /** What it leaves out that the product's answer holds. */
  differs: string
}

/** A past day whose figures are asked for. */
export const pastDay = '2025-09-15'
/** From where the nearest are looked for: latitude and longitude in degrees (Wuhan). */
export const here = { latitude: 30.59, longitude: 114.31 }
export const nearestCount = 20
/** How far the nearest with a common drug are looked for. */
export const withinKm = 50

/** The drug most spoken of, and one that about a hundred institutions in the nation speak of. */
export function drugsAsked(nation: Nation): { common: number; rare: number } {
  const pairs = new Map<number, number>()
  for (let pair = 0; pair < nation.pairs; pair++) pairs.set(nation.drug[pair]!, (pairs.get(nation.drug[pair]!) ?? 0) + 1)
  const byCount = [...pairs].sort((a, b) => b[1] - a[1])
  const rare = byCount.reduce((best, one) => (Math.abs(one[1] - 100) < Math.abs(best[1] - 100) ? one : best))
  return { common: byCount[0]![0], rare: rare[0] }
}

/** All questions of a nation, in the order in which they are asked. */
export function questionsOf(nation: Nation): Question[] {
  const { common, rare } = drugsAsked(nation)
  const stocked = `status = 0 and fresh_until >= date '${today}'`
  const stateOn = (day: string) => `case when fresh_until < date '${day}' then ${states.indexOf('stale')} else status end`
  const place = (drug: unknown, unit: unknown) => `${drugCode(Number(drug))}/${nation.units[Number(unit) - 1]!.code}`

  /** Rows of drug, unit, kind, state, count. */
  const matrix = (rows: readonly (readonly unknown[])[]): Figures => {
    const figures: Figures = new Map()
    for (const [drug, unit, kind, state, count] of rows) {
      add(figures, `${place(drug, unit)}/${states[Number(state)]}`, count)
      if (Number(state) === 0) add(figures, `${place(drug, unit)}/${kindName(kind)}`, count)
    }
    return figures
  }
  const noCities = (figure: string) => !figure.endsWith('/cities')

  return [
    {
      code: 'matrix', name: 'matrix of drugs by unit, today, hospitals and pharmacies', figures: matrix, covers: noCities, differs: 'no cities, no shares of the eligible',
      sql: `select drug_id, unit, kind, ${stateOn(today)} as state, count(*)::int from current_pair group by 1, 2, 3, 4`,
    },
    {
      code: 'matrix-cities', name: '… with distinct cities', differs: 'in stock alone, no other states, no shares',
      covers: (figure) => /\/(hospitals|pharmacies|cities)$/.test(figure),
      sql: `select drug_id, unit, (count(*) filter (where kind = 0))::int, (count(*) filter (where kind = 1))::int, count(distinct city)::int from current_pair where ${stocked} group by 1, 2`,
      figures: (rows) => {
        const figures: Figures = new Map()
        for (const [drug, unit, hospitals, pharmacies, cities] of rows) {
          for (const [name, count] of Object.entries({ hospitals, pharmacies, cities })) add(figures, `${place(drug, unit)}/${name}`, count)
        }
        return figures
      },
    },
    {
      code: 'institutions', name: 'distinct institutions by kind', differs: 'no reach, no unknowns', covers: (figure) => /^(hospitals|pharmacies)$/.test(figure),
      sql: `select kind, count(distinct institution_id)::int from current_pair where ${stocked} group by 1`,
      figures: (rows) => new Map(rows.map(([kind, count]) => [kindName(kind), Number(count)])),
    },
    {
      code: 'reach', name: 'drugs in more than 10, 20, 30 units', differs: 'no institutions, no unknowns', covers: (figure) => /^(in more than \d+|drugs)$/.test(figure),
      sql: `select (count(*) filter (where units > 10))::int, (count(*) filter (where units > 20))::int, (count(*) filter (where units > 30))::int, count(*)::int
        from (select drug_id, count(distinct unit) as units from current_pair where ${stocked} group by 1) as reached`,
      figures: (rows) => new Map(['in more than 10', 'in more than 20', 'in more than 30', 'drugs'].map((name, i) => [name, Number(rows[0]![i])])),
    },
    {
      code: 'gaps', name: 'gaps below the standard, by residents', differs: 'all of them, no reasons, no cities',
      sql: `select d.id, u.id, coalesce(s.institutions, 0)::int from drug d cross join unit u
        left join (select drug_id, unit, count(*) as institutions from current_pair where ${stocked} group by 1, 2) as s on s.drug_id = d.id and s.unit = u.id
        where coalesce(s.institutions, 0) < 1 order by u.population desc, d.id`,
      figures: (rows) => new Map([['gaps', rows.length]]),
    },
    {
      code: 'matrix-past', name: 'matrix as of a past day, from the log', figures: matrix, covers: noCities, differs: 'no cities, no shares',
      sql: `select drug_id, unit, kind, state, count(*)::int from (
          select distinct on (institution_id, drug_id) drug_id, unit, kind, ${stateOn(pastDay)} as state from statement_naive
          where evidence = 1 and day <= date '${pastDay}' order by institution_id, drug_id, day desc) as held group by 1, 2, 3, 4`,
    },
    {
      code: 'matrix-past-spans', name: '… from validity spans kept beside the log', figures: matrix, covers: (figure) => noCities(figure) && !figure.endsWith('/stale'), differs: 'no stale pairs, no cities, no shares; somebody must keep the spans',
      sql: `select drug_id, unit, kind, status, count(*)::int from statement_naive where evidence = 1 and day <= date '${pastDay}' and held_until > date '${pastDay}' group by 1, 2, 3, 4`,
    },
    {
      code: 'trend', name: `24 months of one drug (the commonest, ${drugCode(common)})`, differs: 'month ends alone; the product answers for every day', covers: (figure) => !figure.endsWith('/cities'),
      sql: `with held as (
          select kind, status, day, fresh_until, lead(day) over (partition by institution_id order by day) as next from statement_naive where drug_id = ${common} and evidence = 1)
        select m.day::text, h.kind, count(*)::int from (values ${monthEnds().map((day) => `(date '${day}')`).join(', ')}) as m(day)
        join held h on h.day <= m.day and (h.next is null or h.next > m.day) and h.fresh_until >= m.day and h.status = 0 group by 1, 2`,
      figures: (rows) => new Map(rows.map(([day, kind, count]) => [`${String(day)}/${kindName(kind)}`, Number(count)])),
    },
    { code: 'nearest', name: `nearest ${nearestCount} with a common drug within ${withinKm} km`, differs: '', mayBeEmpty: true, sql: nearest(common, withinKm), figures: nearestFigures },
    { code: 'nearest-rare', name: `nearest ${nearestCount} with a rare drug (${drugCode(rare)})`, differs: '', sql: nearest(rare, null), figures: nearestFigures },
  ]

  function nearest(drug: number, km: number | null): string {
    const { latitude, longitude } = here
    const box = km === null ? '' : `and i.latitude between ${latitude - km / 111} and ${latitude + km / 111} and i.longitude between ${longitude - km / 95} and ${longitude + km / 95}`
    return `select code, km from (
        select i.code, 12742 * asin(sqrt(power(sin(radians(i.latitude - ${latitude}) / 2), 2) + cos(radians(${latitude})) * cos(radians(i.latitude)) * power(sin(radians(i.longitude - ${longitude}) / 2), 2))) as km
        from current_pair p join institution i on i.id = p.institution_id where p.drug_id = ${drug} and p.${stocked.replace('fresh_until', 'p.fresh_until')} ${box}) as near
      ${km === null ? '' : `where km <= ${km}`} order by km, code limit ${nearestCount}`
  }
}

/** Institutions by place, the nearest first. */
function nearestFigures(rows: readonly (readonly unknown[])[]): Figures {
  return new Map(rows.map(([code], i) => [String(code), i + 1]))
}

function kindName(kind: unknown): string {
  return ['hospitals', 'pharmacies', 'others'][Number(kind)]!
}

/** Adds to a figure; zeros are left out. */
export function add(figures: Figures, name: string, count: unknown): void {
  if (Number(count) > 0) figures.set(name, (figures.get(name) ?? 0) + Number(count))
}
