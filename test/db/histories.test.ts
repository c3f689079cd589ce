import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import { changes, contradictions, coverage, discrepancies, headline } from '../support/ask.js'
import type { World } from '../support/given.js'
import { contradictionSets } from '@lastmile/shared/contradiction'
import { answersOn, byDrugAndRegion, contradictionsOn, type Question } from './naive.js'
import { dayAt, drugs, live, story } from './stories.js'

/*
 * Random stories (`stories.ts`). After each, what is maintained is what the statements say, and
 * every figure of some days, as known now and as known then, is the one that slow loops over the statements count; what
 * changed between two of them is the same from what is maintained as from the statements.
 * HISTORIES=200 tries more of them; SEED=… repeats a run.
 */
const histories = Number(process.env['HISTORIES'] ?? 6)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

async function answersOf(world: World, { evidence, day, known, since }: Question, isPast: boolean) {
  const question = { evidence, asOf: day, ...(isPast ? { knownOn: known } : {}), ...(since ? { since } : {}) }
  const { basis: _basis, region: _region, ...figures } = await headline(world, question)
  const byProvince = await coverage(world, question)
  const byCity = (await Promise.all(Object.keys(drugs).map((drug) => coverage(world, { ...question, drug, by: 'city' })))).flatMap((one) => one.cells)
  return { headline: figures, provinces: byProvince.cells.sort(byDrugAndRegion), cities: byCity.sort(byDrugAndRegion), totals: byProvince.totals }
}

test(`whatever was reported, maintained = recomputed = counted by hand (seed ${seed})`, async () => {
  console.log(`${histories} random histories, seed ${seed}`)
  await fc.assert(fc.asyncProperty(story, async (own) => {
    const { world, history, instants } = await live(own)
    expect(await discrepancies(world)).toEqual([])
    const end = '2026-06-30T04:00:00.000Z'
    for (const evidence of ['declared', 'confirmed', 'supplied'] as const) {
      for (const day of own.days.map(dayAt)) {
        const question = { evidence, day, known: end }
        expect(await answersOf(world, question, false), `${evidence} as of ${day}`).toEqual(answersOn(history, question))
      }
      const past = { evidence, day: dayAt(own.days[0]!), known: instants[own.known[0]! % instants.length] ?? end }
      expect(await answersOf(world, past, true), `${evidence} as of ${past.day} known on ${past.known}`).toEqual(answersOn(history, past))
    }
    const [first, last] = [...own.days].sort((a, b) => a - b)
    for (const evidence of ['declared', 'confirmed', 'supplied'] as const) {
      const between = { evidence, from: dayAt(first!), to: dayAt(last!) }
      const { basis: _a, knownFrom: _b, knownTo: _c, ...kept } = await changes(world, between)
      const { basis: _d, knownFrom: _e, knownTo: _f, ...computed } = await changes(world, { ...between, knownFrom: end, knownTo: end })
      expect(kept, `${evidence} from ${between.from} to ${between.to}`).toEqual(computed)
      const ends = await Promise.all([between.from, between.to].map(async (asOf) => (await headline(world, { evidence, asOf })).institutions))
      expect([kept.institutions.before, kept.institutions.after]).toEqual(ends)
    }
    const since = { evidence: 'supplied' as const, day: dayAt(own.days[0]!), known: end, since: dayAt(own.since) }
    expect(await answersOf(world, since, false), `supplied since ${since.since}`).toEqual(answersOn(history, since))
    const contradicted = [
      ...own.days.map((n) => ({ n, known: end })), { n: own.days[0]!, known: instants[own.known[0]! % instants.length] ?? end }, // Not of a day before the list: the route refuses it.
      { n: own.days[1]!, known: end, since: dayAt(Math.max(0, own.since)) },
    ]
    for (const { n, ...when } of contradicted) {
      const wanted = contradictionsOn(history, { day: dayAt(n), ...when }, Array.from({ length: n + 60 }, (_, i) => dayAt(i - 60)))
      for (const set of contradictionSets) {
        const { rows, totals, page } = await contradictions(world, set, { asOf: dayAt(n), ...(when.known === end ? {} : { knownOn: when.known }), ...('since' in when && when.since! <= dayAt(n) ? { since: when.since! } : {}) })
        if ('since' in when && when.since! > dayAt(n)) continue
        expect(rows.map(({ institution, drug, began }) => `${institution} ${drug} ${began}`).sort(), `${set} as of ${dayAt(n)} known on ${when.known}`).toEqual(wanted[set].sort())
        expect([totals[set], page.total]).toEqual([{ pairs: rows.length, institutions: new Set(rows.map(({ institution }) => institution)).size }, rows.length])
      }
    }
    const list = await world.list()
    await rebuildCoverage(world.services.db, list.id)
    const question = { evidence: 'confirmed' as const, day: dayAt(own.days[1]!), known: end }
    expect(await answersOf(world, question, false), 'after counting anew').toEqual(answersOn(history, question))
  }), { numRuns: histories, seed, endOnFailure: process.env['SHRINK'] === undefined })
}, 60_000 + histories * 20_000)
