import fc from 'fast-check'
import { expect } from 'vitest'
import type { Source } from '@lastmile/shared/source'
import { Suspecting } from '@lastmile/shared/suspicion'
import { regions, type EditionFacts } from '../support/edition.js'
import { given, type World } from '../support/given.js'
import type { Evidence, History, Institution, Said } from './naive.js'

/*
 * Random stories: reports of several sources and kinds of evidence, of any day in any order, several a day on screen,
 * corrections, narrowed scopes, masters that move, close and open institutions. A story is lived in a world, and what
 * happened is written down beside it for loops that know nothing of the product.
 */

export const drugs = { alpha: 20, beta: 45, gamma: 60 }
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

export const dayAt = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
export const codes = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'P1', 'P2', 'C1']
const cities = ['100100', '100200', '200100', '300100', '650100', '650200']
const place = fc.record({ city: fc.constantFrom(...cities), kind: fc.option(fc.constantFrom('hospital', 'pharmacy', 'other'), { freq: 3 }), corps: fc.boolean(), opened: fc.option(fc.integer({ min: -10, max: 40 }), { freq: 4 }), closed: fc.option(fc.integer({ min: 50, max: 110 }), { freq: 3 }), at: fc.option(fc.constantFrom<[number, number]>([40.9, 116.9], [25.1, 110.1], [42, 84]), { freq: 2 }) })
const row = fc.record({
  institution: fc.constantFrom(...codes), drug: fc.constantFrom(...Object.keys(drugs)), back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
  status: fc.constantFrom('in_stock', 'in_stock', 'in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known'),
} as const)
const report = fc.record({
  source: fc.constantFrom(...Object.keys(sources)), asOf: fc.constantFrom(0, 5, 12, 20, 30, 31, 45, 60, 90), rows: fc.array(row, { minLength: 1, maxLength: 14 }),
  changes: fc.nat(5).map((n) => n === 0), onScreen: fc.nat(3).map((n) => n === 0), kinds: fc.constantFrom<string[] | null>(null, null, null, ['hospital']), drugs: fc.constantFrom<string[] | null>(null, null, null, ['beta'], ['beta', 'gamma']),
})
const master = fc.record({ master: fc.dictionary(fc.constantFrom(...codes), place, { minKeys: 1, maxKeys: 3 }) })
export const story = fc.record({
  places: fc.tuple(...codes.map(() => place)), steps: fc.array(fc.oneof({ weight: 8, arbitrary: report }, { weight: 2, arbitrary: master }), { minLength: 3, maxLength: 14 }),
  days: fc.array(fc.integer({ min: 0, max: 140 }), { minLength: 3, maxLength: 3 }), known: fc.array(fc.nat(13), { minLength: 1, maxLength: 1 }), since: fc.integer({ min: -20, max: 60 }),
})

const institutionOf = (code: string, { city, kind, corps, opened, closed, at }: typeof place extends fc.Arbitrary<infer One> ? One : never): Institution => ({
  kind: kind ?? { H: 'hospital', P: 'pharmacy' }[code[0]!] ?? 'other', city, unit: corps && city.startsWith('65') ? '660000' : `${city.slice(0, 2)}0000`,
  opened: opened === null ? null : dayAt(opened), closed: closed === null ? null : dayAt(closed), at,
})
const masterFacts = (all: ReadonlyMap<string, Institution>) => Object.fromEntries([...all].map(([code, { city, kind, unit, opened, closed, at }]) => [code, { at: city, kind, unit, ...(opened ? { opened } : {}), ...(closed ? { closed } : {}), ...(at ? { lat: at[0], lng: at[1] } : {}) }]))

export type Story = typeof story extends fc.Arbitrary<infer One> ? One : never

/** Lives a story in a world and writes down what happened. */
export async function live(own: Story, facts: Pick<EditionFacts, 'standards' | 'regions'> = {}): Promise<{ world: World; history: History; instants: string[] }> {
  const now = new Map(codes.map((code, i) => [code, institutionOf(code, own.places[i]!)]))
  const history: History = {
    said: [], masters: [{ known: '2025-12-31T04:00:00.000Z', institutions: new Map(now) }], freshness: drugs, units: regions.units.map((unit) => unit.code), inForce: '2026-01-01',
    eligibility: { alpha: { kind: 'hospital' }, beta: { lines: centres }, gamma: 'reported' },
  }
  const lines = Object.entries(centres).map(([code, [from, to]]) => `${code},${from},${to}`)
  const world = await given({
    drugs: Object.fromEntries(Object.entries(drugs).map(([code, freshnessDays]) => [code, { freshnessDays }])), sources: Object.fromEntries(Object.entries(sources).map(([code, source]) => [code, { ...source, suspicion, ...(['maker', 'rival'].includes(code) ? { mode: 'snapshot' as const } : {}) }])),
    eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }, { drug: 'beta', rules: [{ by: 'file', file: 'centres.csv' }] }, { drug: 'gamma', rules: [{ by: 'reported' }] }],
    ...facts, files: { 'centres.csv': ['institution_code,from,to', ...lines, ''].join('\n') }, institutions: masterFacts(now),
  })
  const instants: string[] = []
  const slots = new Map<string, { said: Said; version: number; sent: Set<string> }>()
  for (const [i, step] of own.steps.entries()) {
    const at = `2026-06-0${1 + Math.floor(i / 10)}T0${i % 10}:00:00.000Z`
    instants.push(at)
    if ('master' in step) {
      const moved = new Map(Object.entries(step.master).map(([code, facts]) => [code, institutionOf(code, facts)]))
      // A master without positions says nothing of them: who stood somewhere stands there still.
      if ([...moved.values()].every(({ at }) => at === null)) for (const [code, one] of moved) one.at = now.get(code)!.at
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
