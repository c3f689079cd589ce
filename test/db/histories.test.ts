import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildCoverage } from '@lastmile/db/coverage/rebuild'
import type { Source } from '@lastmile/shared/source'
import { Suspecting } from '@lastmile/shared/suspicion'
import { changes, contradictions, coverage, discrepancies, headline } from '../support/ask.js'
import { regions } from '../support/edition.js'
import { given, type World } from '../support/given.js'
import { contradictionSets } from '@lastmile/shared/contradiction'
import { answersOn, byDrugAndRegion, contradictionsOn, type Evidence, type History, type Institution, type Question, type Said } from './naive.js'

/*
 * Random histories: reports of several sources and kinds of evidence, of any day in any order, several a day on screen, corrections, narrowed
 * scopes, masters that move, close and open institutions. After each, what is maintained is what the statements say, and
 * every figure of some days, as known now and as known then, is the one that slow loops over the statements count; what
 * changed between two of them is the same from what is maintained as from the statements.
 * HISTORIES=200 tries more of them; SEED=… repeats a run.
 */
const histories = Number(process.env['HISTORIES'] ?? 6)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const drugs = { alpha: 20, beta: 45, gamma: 60 }
const sources: Record<string, Partial<Source> & { evidence: Evidence }> = {
  maker: { evidence: 'declared' },
  rival: { evidence: 'declared', scope: { drugs: ['beta', 'gamma'], regions: null, kinds: null } },
  north: { evidence: 'confirmed' }, west: { evidence: 'confirmed' }, corps: { evidence: 'confirmed' },
  hospitals: { evidence: 'confirmed' }, locator: { evidence: 'confirmed' }, sales: { evidence: 'supplied' },
}
/** What is told at random looks like anything; what is said again of old days is what is tried here. */
const suspicion = Suspecting.parse({ days: false })
const scopeOfSource: Record<string, Said['scope']> = Object.fromEntries(Object.keys(sources).map((code) => {
  const unit = regions.units.find((one) => one.name.en.toLowerCase() === code)
  return [code, { drugs: code === 'rival' ? ['beta', 'gamma'] : null, regions: unit ? [unit.code] : null, kinds: null }]
}))
const centres: Record<string, [string, string]> = { H1: ['2026-01-10', '2026-03-05'], P1: ['2026-02-01', '2026-12-31'], H4: ['2025-01-01', '2026-12-31'] }

const dayAt = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const codes = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P1', 'P2', 'C1']
const cities = ['100100', '100200', '200100', '300100', '650100', '650200']
const place = fc.record({ city: fc.constantFrom(...cities), kind: fc.option(fc.constantFrom('hospital', 'pharmacy', 'other'), { freq: 3 }), corps: fc.boolean(), opened: fc.option(fc.integer({ min: -10, max: 40 }), { freq: 4 }), closed: fc.option(fc.integer({ min: 50, max: 110 }), { freq: 3 }) })
const row = fc.record({
  institution: fc.constantFrom(...codes), drug: fc.constantFrom(...Object.keys(drugs)), back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
  status: fc.constantFrom('in_stock', 'in_stock', 'in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known'),
} as const)
const report = fc.record({
  source: fc.constantFrom(...Object.keys(sources)), asOf: fc.constantFrom(0, 5, 12, 20, 30, 31, 45, 60, 90), rows: fc.array(row, { minLength: 1, maxLength: 14 }),
  changes: fc.nat(5).map((n) => n === 0), onScreen: fc.nat(3).map((n) => n === 0), kinds: fc.constantFrom<string[] | null>(null, null, null, ['hospital']), drugs: fc.constantFrom<string[] | null>(null, null, null, ['beta'], ['beta', 'gamma']),
})
const master = fc.record({ master: fc.dictionary(fc.constantFrom(...codes), place, { minKeys: 1, maxKeys: 3 }) })
const story = fc.record({
  places: fc.tuple(...codes.map(() => place)), steps: fc.array(fc.oneof({ weight: 8, arbitrary: report }, { weight: 2, arbitrary: master }), { minLength: 3, maxLength: 14 }),
  days: fc.array(fc.integer({ min: 0, max: 140 }), { minLength: 3, maxLength: 3 }), known: fc.array(fc.nat(13), { minLength: 1, maxLength: 1 }), since: fc.integer({ min: -20, max: 60 }),
})

const institutionOf = (code: string, { city, kind, corps, opened, closed }: typeof place extends fc.Arbitrary<infer One> ? One : never): Institution => ({
  kind: kind ?? { H: 'hospital', P: 'pharmacy' }[code[0]!] ?? 'other', city, unit: corps && city.startsWith('65') ? '660000' : `${city.slice(0, 2)}0000`,
  opened: opened === null ? null : dayAt(opened), closed: closed === null ? null : dayAt(closed),
})
const masterFacts = (all: ReadonlyMap<string, Institution>) => Object.fromEntries([...all].map(([code, { city, kind, unit, opened, closed }]) => [code, { at: city, kind, unit, ...(opened ? { opened } : {}), ...(closed ? { closed } : {}) }]))

type Story = typeof story extends fc.Arbitrary<infer One> ? One : never

/** Lives a story in the world and writes down what happened. */
async function live(own: Story): Promise<{ world: World; history: History; instants: string[] }> {
  const now = new Map(codes.map((code, i) => [code, institutionOf(code, own.places[i]!)]))
  const history: History = {
    said: [], masters: [{ known: '2025-12-31T04:00:00.000Z', institutions: new Map(now) }], freshness: drugs, units: regions.units.map((unit) => unit.code), inForce: '2026-01-01',
    eligibility: { alpha: { kind: 'hospital' }, beta: { lines: centres }, gamma: 'reported' },
  }
  const lines = Object.entries(centres).map(([code, [from, to]]) => `${code},${from},${to}`)
  const world = await given({
    drugs: Object.fromEntries(Object.entries(drugs).map(([code, freshnessDays]) => [code, { freshnessDays }])), sources: Object.fromEntries(Object.entries(sources).map(([code, source]) => [code, { ...source, suspicion, ...(['maker', 'rival'].includes(code) ? { mode: 'snapshot' as const } : {}) }])),
    eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }, { drug: 'beta', rules: [{ by: 'file', file: 'centres.csv' }] }, { drug: 'gamma', rules: [{ by: 'reported' }] }],
    files: { 'centres.csv': ['institution_code,from,to', ...lines, ''].join('\n') }, institutions: masterFacts(now),
  })
  const instants: string[] = []
  const slots = new Map<string, { said: Said; version: number; sent: Set<string> }>()
  for (const [i, step] of own.steps.entries()) {
    const at = `2026-06-0${1 + Math.floor(i / 10)}T0${i % 10}:00:00.000Z`
    instants.push(at)
    if ('master' in step) {
      const moved = new Map(Object.entries(step.master).map(([code, facts]) => [code, institutionOf(code, facts)]))
      for (const [code, one] of moved) now.set(code, one)
      history.masters.push({ known: at, institutions: moved })
      await world.loadMaster(masterFacts(moved), at)
      continue
    }
    const source = scopeOfSource[step.source]!
    const asOf = dayAt(step.asOf)
    const narrowed = { drugs: step.drugs ?? source.drugs, regions: source.regions, kinds: step.kinds ?? source.kinds }
    const event = step.source === 'sales'
    const seen = new Set<string>()
    const rows = step.rows.filter(({ institution, drug, back }) => {
      const one = now.get(institution)!
      const key = `${institution} ${drug}${event ? ` ${back}` : ''}`
      const fits = !seen.has(key) && (!narrowed.drugs || narrowed.drugs.includes(drug)) && (!narrowed.regions || narrowed.regions.includes(one.unit)) && (!narrowed.kinds || narrowed.kinds.includes(one.kind)) && (one.closed === null || asOf < one.closed)
      if (fits) seen.add(key)
      return fits
    }).map(({ institution, drug, back, status }) => ({ institution, drug, status: event ? ('in_stock' as const) : status, day: dayAt(step.asOf - back) }))
    if (rows.length === 0) continue
    // What is stated on screen has a place of its own: there are several of a source and a day.
    const onScreen = step.onScreen && !event
    const snapshot = !event && step.source !== 'hospitals' && !step.changes && !onScreen
    const scope = step.source === 'locator' && !step.drugs ? { ...narrowed, drugs: [...new Set(rows.map((one) => one.drug))] } : narrowed
    const slot = JSON.stringify([step.source, asOf, [...(scope.drugs ?? ['*'])].sort(), scope.regions, scope.kinds])
    const texts = rows.map((one) => `${one.institution} ${one.drug} ${event ? '' : one.status} @${one.day}`)
    const former = onScreen ? undefined : slots.get(slot)
    if (former?.sent.has(texts.join())) continue
    const said: Said = { source: step.source, evidence: sources[step.source]!.evidence, snapshot, scope, asOf, accepted: at, superseded: null, rows }
    const { status, receipt } = await world.send({
      source: step.source, asOf, accepted: at, rows: texts, mode: snapshot ? 'snapshot' : 'changes', ...(onScreen ? { channel: 'form' as const } : {}), corrects: former && step.source !== 'locator' ? former.version : null,
      ...(step.drugs || step.kinds ? { scope: { drugs: step.drugs, kinds: step.kinds } as never } : {}),
    })
    expect(status, JSON.stringify(receipt)).toBe(201)
    if (former) former.said.superseded = at
    if (!onScreen) slots.set(slot, { said, version: (former?.version ?? 0) + 1, sent: new Set([...(former?.sent ?? []), texts.join()]) })
    history.said.push(said)
  }
  return { world, history, instants }
}

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
