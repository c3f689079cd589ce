import { sql } from 'drizzle-orm'
import { endOfTime, type Day, type Instant } from '@lastmile/shared/day'
import { dayOfStage } from '@lastmile/shared/drug-stage'
import { ladderContradictions, ladderOf, reachOf, type LadderGiven, type LadderPlan } from '@lastmile/shared/ladder'
import type { LadderAnswer, LadderRow, LaddersAnswer } from '@lastmile/shared/ladder-answer'
import type { LadderFact } from '@lastmile/shared/ladder-fact'
import { nothing, type Purview } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import type { Histories } from '../coverage/histories.js'
import { arrayOf, rowsOf, type Database } from '../database.js'
import { versionKnown } from '../version-known.js'
import { candidaciesOf, editionsOf } from './candidacies.js'
import { ladderFactsOf } from './ladder-facts.js'
import { ladderStocks } from './ladder-stock.js'
import type { ListRow } from './lists.js'
import { basisOf, factsFor } from './question.js'

/** As of when, and as known when. */
export interface LadderWhen {
  asOf: Day
  knownOn: Instant | null
}

/** Which ladders: of drugs (narrow ids) in units (codes); null: of all. */
export interface LaddersOf {
  drugs: readonly number[] | null
  units: readonly string[] | null
}

/** Ladders of drugs in units on a day, by drug in list order, and of each by unit. From timelines that are maintained, or at hand (`drugsOfStocks` says of which drugs): no shelf is read. */
export async function laddersOf(db: Database, list: ListRow, when: LadderWhen, of: LaddersOf, atHand?: Histories): Promise<LaddersAnswer> {
  const ladders = (await givenFor(db, list, when, of, nothing, atHand)).map(({ drug, unit, given }): LadderRow => {
    const rungs = ladderOf(given)
    return { drug, unit, rungs, reach: reachOf(rungs), contradictions: [...new Set(ladderContradictions(rungs, given).map(({ kind }) => kind))] }
  })
  return { basis: basisOf(list, { ...when, evidence: null, since: null }), ladders }
}

/** One ladder with all that it is made of, as far as the viewer may see it. `unit`: a code of the list's. */
export async function ladderOfPair(db: Database, list: ListRow, when: LadderWhen, drug: number, unit: string, viewer: Purview): Promise<LadderAnswer> {
  const [one] = await givenFor(db, list, when, { drugs: [drug], units: [unit] }, viewer)
  const { given } = one!
  const rungs = ladderOf(given)
  return {
    basis: basisOf(list, { ...when, evidence: null, since: null }), drug: one!.drug, unit: one!.unit, rungs, reach: reachOf(rungs), contradictions: ladderContradictions(rungs, given),
    stock: [...given.stock], plans: [...given.plans], facts: [...given.facts],
  }
}

/** What ladders are made of. */
async function givenFor(db: Database, list: ListRow, when: LadderWhen, of: LaddersOf, viewer: Purview, atHand?: Histories): Promise<{ drug: string; unit: string; given: LadderGiven }[]> {
  const facts = await factsFor(db, list)
  const [drugs, units] = [[...facts.drugs].filter(([id]) => of.drugs === null || of.drugs.includes(id)), facts.units.filter(({ code }) => of.units === null || of.units.includes(code))]
  if (drugs.length === 0 || units.length === 0) return []
  const ids = drugs.map(([id]) => id)
  const [stocks, said, plans, inForce] = [
    await ladderStocks(db, list, facts, when, ids, units.map(({ slot }) => slot), atHand),
    await ladderFactsOf(db, list, when.knownOn, viewer, { drugs: of.drugs === null ? null : ids, units: of.units === null ? null : units.map(({ id }) => id) }),
    await plansSold(db, list, when, units.map(({ id }) => id)), await inForceOf(db, list, ids),
  ]
  const published = await publishedOf(db, list, when)
  const about = factsAbout(said)
  return drugs.flatMap(([id, { code: drug }]) => units.map(({ code: unit, slot }) => ({
    drug, unit,
    given: {
      asOf: when.asOf, inForce: inForce.get(id)!, publishedOn: published.get(drug) ?? null, stock: stocks.of(id, slot), supplySeen: stocks.supplySeen(slot), facts: about(drug, unit),
      plans: (plans.get(unit) ?? []).concat(plans.get('') ?? []).map(({ drugs: named, ...plan }): LadderPlan => ({ ...plan, names: drug in named, pays: named[drug] ?? null })),
    },
  })))
}

/** Finds the facts that speak of a drug in a unit, without looking at all of them for each. */
function factsAbout(facts: readonly LadderFact[]): (drug: string, unit: string) => LadderFact[] {
  const byPlace = new Map<string, LadderFact[]>()
  for (const one of facts) {
    const key = `${one.drug ?? ''}/${one.unit ?? ''}`
    const own = byPlace.get(key)
    if (own) own.push(one)
    else byPlace.set(key, [one])
  }
  return (drug, unit) => [`${drug}/${unit}`, `/${unit}`, `${drug}/`, '/'].flatMap((key) => byPlace.get(key) ?? [])
}

/** The day from which each drug is in force: the list's, or where it came later its own. */
async function inForceOf(db: Database, list: ListRow, drugs: readonly number[]): Promise<Map<number, Day>> {
  const rows = await rowsOf<{ id: number; day: Day }>(db, sql`select id, greatest(${list.inForce}, data->>'validFrom') as day from drug where id = any(${arrayOf('int', drugs)})`)
  return new Map(rows.map(({ id, day }) => [id, day]))
}

/** The day on which it was published that a drug is listed in the edition of the list, by its code, if it was by the as-of day: as everybody may know it, whoever asks. */
async function publishedOf(db: Database, list: ListRow, { asOf, knownOn }: LadderWhen): Promise<Map<string, Day>> {
  const own = new Set((await editionsOf(db, list, knownOn)).filter((edition) => edition.list === list.code).map(({ code }) => code))
  const days = new Map<string, Day>()
  for (const { data: { drug, edition, facts } } of own.size === 0 ? [] : await candidaciesOf(db, list, nothing, knownOn)) {
    if (drug === null || !own.has(edition)) continue
    for (const fact of facts) {
      const day = fact.stage === 'listed' ? dayOfStage(fact) : null
      if (day !== null && day <= asOf && day < (days.get(drug) ?? endOfTime)) days.set(drug, day)
    }
  }
  return days
}

type SoldPlan = Omit<LadderPlan, 'names' | 'pays'> & { drugs: Record<string, Text | null> }

/** Plans that are sold on a day, by unit ('': in the whole country), with the drugs that they name and what they pay. */
async function plansSold(db: Database, list: ListRow, { asOf, knownOn }: LadderWhen, units: readonly number[]): Promise<Map<string, SoldPlan[]>> {
  const rows = await rowsOf<SoldPlan>(db, sql`
    select p.code, v.name, u.code as unit, r.code as city, v.valid_from::text as "validFrom",
           (select coalesce(jsonb_object_agg(d.code, n.pays), '{}') from plan_drug n join drug d on d.id = n.drug_id where n.plan_version_id = v.id) as drugs
    from plan p join plan_version v on v.plan_id = p.id left join unit u on u.id = v.unit_id left join region r on r.id = v.city_id
    where p.list_id = ${list.id} and ${versionKnown(knownOn)} and v.valid_from <= ${asOf} and (v.valid_to is null or v.valid_to >= ${asOf}) and (v.unit_id is null or v.unit_id = any(${arrayOf('int', units)}))
    order by u.slot nulls first, r.code collate "C" nulls first, p.code collate "C"`)
  const byUnit = new Map<string, SoldPlan[]>()
  for (const plan of rows) byUnit.set(plan.unit ?? '', [...byUnit.get(plan.unit ?? '') ?? [], plan])
  return byUnit
}
