import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import { gapHistory, gaps, judgement } from '../support/ask.js'
import { regions } from '../support/edition.js'
import type { World } from '../support/given.js'
import { decided, ruleSaid, type RuleFacts } from '../support/standards.js'
import { gapsOn, type City, type Decided, type Judged, type NaiveGap, type Rules, type Standard } from './naive-gaps.js'
import type { Evidence, Question } from './naive.js'
import { codes, dayAt, drugs, live, story } from './stories.js'

/*
 * Random stories (`stories.ts`) under random standards: counts, cities, kinds, the eligible alone, residents within reach, units
 * that an institution elsewhere serves, rules from several days on, and officers who decide otherwise in the midst of it. A gap on a
 * day (`gaps`), gaps over time (`gapHistory`) and loops over every single day say the same.
 * HISTORIES=200 tries more of them; SEED=… repeats a run; EVERY_DAY=1 asks of each day, not only of those on which anything turns.
 */
const histories = Number(process.env['HISTORIES'] ?? 3)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const isEveryDay = process.env['EVERY_DAY'] !== undefined
const end = '2026-06-30T04:00:00.000Z'

/** Everybody is counted in the North, the East and the West; of one city of the South nobody says how many live there. */
const people: Record<string, number> = { 100100: 4_000_000, 100200: 1_000_000, 200100: 2_000_000, 300100: 7_000_000, 650100: 1_000_000, 650200: 3_000_000 }
const peopled = { ...regions, regions: regions.regions.map((one) => (people[one.code] === undefined ? one : { ...one, population: people[one.code]! })) }
const cities = regions.regions.filter(({ level }) => level === 'city').map(({ code, parent, centroid }): City => ({ code, unit: parent!, at: centroid as [number, number], people: people[code] ?? null }))

const rule = fc.record({
  day: fc.constantFrom(0, 20, 50), minInstitutions: fc.integer({ min: 0, max: 2 }), minCities: fc.integer({ min: 0, max: 2 }),
  kinds: fc.constantFrom<string[]>(['hospital', 'pharmacy', 'other'], ['hospital'], ['hospital', 'pharmacy']), eligibleOnly: fc.boolean(), units: fc.constantFrom<(string[] | null)[]>(null, null, ['100000', '650000'], ['660000', '200000']),
  reach: fc.option(fc.record({ km: fc.constantFrom(50, 200, 700, 1_500), share: fc.constantFrom(20, 50, 80, 100) }), { freq: 2 }),
  servedBy: fc.uniqueArray(fc.record({ unit: fc.constantFrom(...regions.units.map(({ code }) => code)), institution: fc.constantFrom(...codes, 'H77') }), { maxLength: 2, selector: ({ unit }) => unit }),
  // Of all units one has a single city: more is asked of the others alone.
}).map(({ day, servedBy, minCities, ...one }): Standard => ({ ...one, minCities: one.units === null ? Math.min(1, minCities) : minCities, from: dayAt(day), servedBy: servedBy.filter(({ unit }) => one.units === null || one.units.includes(unit)) }))
const rulesOf = (minLength: number) => fc.uniqueArray(rule, { minLength, maxLength: 3, selector: ({ from }) => from })
/** What the files of the edition say of each drug, and what officers decide after some steps. */
const standards = fc.record({
  filed: fc.record(Object.fromEntries(Object.keys(drugs).map((drug) => [drug, rulesOf(drug === 'alpha' ? 1 : 0)]))),
  changes: fc.array(fc.record({ drug: fc.constantFrom(...Object.keys(drugs)), after: fc.nat(13), rules: rulesOf(0) }), { maxLength: 2 }),
})

/** What is found of each day up to one. */
type Days = Map<string, ReturnType<typeof gapsOn>>
function byHand(history: Awaited<ReturnType<typeof live>>['history'], rules: Rules, question: Question): Days {
  const days: Days = new Map()
  for (let n = -5; dayAt(n) <= question.day; n++) days.set(dayAt(n), gapsOn(history, rules, { ...question, day: dayAt(n) }))
  return days
}

/** One word for each drug, unit and day up to a day: nothing where there is no gap. */
const wordsOf = (days: Days, asOf: string) => new Map([...days].flatMap(([day, on]) => (day > asOf ? [] : [...on].flatMap(([pair, { gap }]) => (gap ? [[`${pair} ${day}`, wordOf(gap)] as const] : [])))))

const wordOf = ({ reason, class: is, acts }: Pick<NaiveGap, 'reason' | 'class' | 'acts'>) => `${reason} ${is} ${acts.join('+')}`

async function byEpisodes(world: World, question: { evidence: Evidence; asOf: string; knownOn?: string; since?: string }): Promise<Map<string, string>> {
  const words = new Map<string, string>()
  for (const drug of Object.keys(drugs)) {
    for (const { region, episodes } of (await gapHistory(world, { ...question, drug })).units) {
      for (const { phases } of episodes) for (const phase of phases) for (let day = phase.from; day <= (phase.to ?? question.asOf); day = next(day)) words.set(`${drug} ${region} ${day}`, wordOf(phase))
    }
  }
  return words
}

const next = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** What the judge of a day says: its gaps with what is counted of them, whom somebody elsewhere serves, and of how many nobody can say how many live near. */
const answered = ({ gaps: all, served, judged, reachNotLoaded }: Awaited<ReturnType<typeof judgement>>) => ({
  gaps: all.map((gap) => `${gap.drug} ${gap.region} ${wordOf(gap)} ${gap.institutions} ${gap.cities} ${gap.reach?.reached ?? null}`).sort(),
  served: served.map(({ drug, region, institution }) => `${drug} ${region} ${institution}`).sort(), judged, reachNotLoaded,
})
const tenths = (share: number | null) => share && Math.floor(share * 10) / 10
const countedByHand = (on: ReadonlyMap<string, Judged>) => ({
  gaps: [...on].flatMap(([pair, { gap, reached }]) => (gap ? [`${pair} ${wordOf(gap)} ${gap.institutions} ${gap.cities} ${tenths(reached)}`] : [])).sort(),
  served: [...on].flatMap(([pair, { servedBy }]) => (servedBy === null ? [] : [`${pair} ${servedBy}`])).sort(), judged: on.size, reachNotLoaded: [...on.values()].filter((one) => one.isReachUnknown).length,
})

/** The days on which anything that is found begins or ends, and those before them. */
function turnsOf(days: Days): string[] {
  const all = [...days.keys()]
  const on = new Map([...days].map(([day, found]) => [day, JSON.stringify(countedByHand(found))]))
  return isEveryDay ? all : all.filter((day, i) => on.get(day) !== on.get(all[i - 1]!) || on.get(day) !== on.get(all[i + 1]!))
}

test(`whatever was reported and decided, gaps of a day and over time are those of every single day, counted by hand (seed ${seed})`, async () => {
  console.log(`${histories} random histories of gaps, seed ${seed}`)
  await fc.assert(fc.asyncProperty(story, standards, async (own, { filed, changes }) => {
    const { world, history, instants } = await live(own, { regions: peopled, standards: Object.entries(filed).flatMap(([drug, said]) => said.map((one) => ({ drug, ...one }))) as never })
    const said: Decided[] = Object.entries(filed).map(([drug, own]) => ({ drug, known: '2025-12-31T04:00:00.000Z', rules: own }))
    for (const { drug, after, rules } of changes.toSorted((a, b) => a.after - b.after)) {
      const step = instants[Math.min(after, instants.length - 1)] ?? '2026-06-01T00:00:00.000Z'
      const known = step.replace(':00:00.000Z', `:30:0${said.length % 10}.000Z`)
      await decided(world, drug, rules.map((one) => ruleSaid(one as RuleFacts)), { at: known })
      said.push({ drug, known, rules })
    }
    const rules = { decided: said, cities }
    const [asOf, former] = [dayAt(Math.max(...own.days)), dayAt(own.days[0]!)]
    for (const evidence of ['declared', 'confirmed', 'supplied'] as const) {
      const days = byHand(history, rules, { evidence, day: asOf, known: end })
      expect(await byEpisodes(world, { evidence, asOf }), evidence).toEqual(wordsOf(days, asOf))
      for (const day of turnsOf(days)) expect(answered(await judgement(world, { evidence, asOf: day })), `${evidence} as of ${day}`).toEqual(countedByHand(days.get(day)!))
      const page = (await gaps(world, { evidence, asOf, sort: { by: 'age', falling: true } })).gaps
      expect(page.map((gap) => `${gap.drug} ${gap.region} ${wordOf(gap)} ${gap.institutions} ${gap.trend.at(-1)}`).sort(), `a page of ${evidence}`)
        .toEqual([...days.get(asOf)!].flatMap(([pair, { gap, counted }]) => (gap ? [`${pair} ${wordOf(gap)} ${gap.institutions} ${counted}`] : [])).sort())
      expect(await byEpisodes(world, { evidence, asOf: former }), `${evidence} up to ${former}`).toEqual(wordsOf(days, former))
    }
    // What is kept up to date is made anew: what was known before must be found all the same.
    if (own.since % 2 === 0) await rebuildCoverage(world.services.db, (await world.list()).id)
    const known = instants[own.known[0]! % instants.length] ?? end
    const since = dayAt(own.since)
    for (const asked of [{ evidence: 'declared', knownOn: known }, { evidence: 'confirmed', knownOn: known }, { evidence: 'supplied', knownOn: known }, { evidence: 'supplied', since }, { evidence: 'supplied', since, knownOn: known }] as { evidence: Evidence; since?: string; knownOn?: string }[]) {
      if ((asked.since ?? '') > asOf) continue
      const days = byHand(history, rules, { evidence: asked.evidence, day: asOf, known: asked.knownOn ?? end, ...(asked.since === undefined ? {} : { since }) })
      expect(await byEpisodes(world, { ...asked, asOf }), JSON.stringify(asked)).toEqual(wordsOf(days, asOf))
      for (const day of isEveryDay ? days.keys() : own.days.map(dayAt)) {
        if ((asked.since ?? '') <= day) expect(answered(await judgement(world, { ...asked, asOf: day })), `${JSON.stringify(asked)} as of ${day}`).toEqual(countedByHand(days.get(day)!))
      }
    }
  }), { numRuns: histories, seed, endOnFailure: process.env['SHRINK'] === undefined })
}, 60_000 + histories * 30_000)
