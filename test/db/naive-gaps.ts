import { eligibleOn, institutionsKnown, isNo, isOpen, statesOn, type Evidence, type History, type Institution, type Question } from './naive.js'

/*
 * What a gap is, written down once more as slowly and plainly as can be: one drug in one unit on one day, judged by loops
 * over its institutions. It calls nothing of the product.
 */

/** A city at its middle; `people` null: nobody says how many live there. */
export interface City { code: string; unit: string; at: [number, number]; people: number | null }
export interface Standard {
  from: string; minInstitutions: number; minCities: number; kinds: string[]; eligibleOnly: boolean; units: string[] | null
  reach: { km: number; share: number } | null; servedBy: { unit: string; institution: string }[]
}
/** All that is said of a drug's standard, from an instant on until more is said. */
export interface Decided { drug: string; known: string; rules: Standard[] }
export interface Rules { decided: Decided[]; cities: City[] }
export interface NaiveGap { reason: string; class: string; acts: string[]; institutions: number; cities: number }
/** What is found of a drug in a unit. `counted`: how many institutions the standard counts; `reached`: percent of residents near enough; `isReachUnknown`: it asks that, and nobody can say; `servedBy`: who stocks it for the unit, which itself falls short. */
export interface Judged { gap: NaiveGap | null; counted: number; reached: number | null; isReachUnknown: boolean; servedBy: string | null }

/** Every drug and unit that is judged on a day, by `drug unit`. */
export function gapsOn(history: History, rules: Rules, question: Question): Map<string, Judged> {
  const { evidence, day, known } = question
  const places = institutionsKnown(history, known)
  const others = (['declared', 'confirmed', 'supplied'] as Evidence[]).map((one) => once(history, JSON.stringify({ ...question, evidence: one }), () => statesOn(history, { ...question, evidence: one })))
  const states = others[['declared', 'confirmed', 'supplied'].indexOf(evidence)]!
  const found = new Map<string, Judged>()
  for (const drug of Object.keys(history.freshness)) {
    const said = rules.decided.filter((one) => one.drug === drug && one.known <= known).sort((a, b) => (a.known < b.known ? 1 : -1))[0]?.rules ?? []
    const loaded = history.eligibility[drug] !== undefined
    const eligible = eligibleOn(history, drug, day, known)
    for (const unit of history.units) {
      const standard = said.filter((one) => one.from <= day && (one.units === null || one.units.includes(unit))).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
      if (!standard) continue
      const here = [...places].filter(([, place]) => place.unit === unit)
      const stateOf = (code: string) => states.get(`${code} ${drug}`)
      const asked = here.filter(([, place]) => standard.kinds.includes(place.kind))
      // A missing report opens a gap in reporting, never one in supply: whoever is asked and says neither yes nor no may have it.
      const only = standard.eligibleOnly && loaded
      const isCounted = ([code, place]: [string, Institution]) => standard.kinds.includes(place.kind) && (!only || eligible.includes(code))
      const isStocking = ([code]: [string, Institution]) => stateOf(code) === 'in_stock'
      const counts = here.filter(isCounted)
      const wanted = counts.filter(isStocking)
      const deny = counts.filter(([code]) => isNo(stateOf(code)))
      const quiet = counts.filter((one) => !wanted.includes(one) && !deny.includes(one))
      const silent = only ? quiet.length : quiet.filter(([code]) => stateOf(code) !== undefined).length + quiet.filter(([code]) => loaded && eligible.includes(code)).length
      const cities = new Set(wanted.map(([, place]) => place.city)).size
      const count = (...some: (string | undefined)[]) => asked.filter(([code]) => some.includes(stateOf(code))).length
      const isDeclaredOnly = ([code, place]: (typeof here)[number]) => {
        const [declared, confirmed, supplied] = others.map((one) => one.get(`${code} ${drug}`))
        return isOpen(place, day) && declared === 'in_stock' && confirmed !== 'in_stock' && !isNo(confirmed) && supplied === undefined
      }
      const reached = standard.reach === null ? null : reachedIn(rules.cities.filter((city) => city.unit === unit), [...places].filter((one) => isCounted(one) && isStocking(one)).map(([, place]) => standsAt(place, rules.cities)), standard.reach.km)
      // Whether those who have fallen silent would be near enough nobody knows: they might.
      const isNear = (more: number) => standard.reach === null || reached === null || more > 0 || reached >= standard.reach.share
      const isMet = (more: number) => wanted.length + more >= standard.minInstitutions && cities + more >= standard.minCities && isNear(more)
      const centre = standard.servedBy.find((one) => one.unit === unit)?.institution
      const servedBy = !isMet(0) && centre !== undefined && places.has(centre) && stateOf(centre) === 'in_stock' ? centre : null
      const isQuiet = quiet.length > 0 || !only
      const reason = wanted.length > 0 ? 'too_few' : isQuiet && evidence !== 'declared' && asked.some(isDeclaredOnly) ? 'declared_only'
        : deny.length > 0 && silent === 0 ? (here.some(isStocking) ? 'too_few' : 'nobody_stocks')
          : isQuiet && count('stale') > 0 ? 'stale' : isQuiet && count('not_known') > 0 ? 'not_known' : 'not_reported'
      // A company that names some places has spoken of all; what is missing is of those whom it named once, or left empty.
      const isSpokenFor = evidence === 'declared' && reason === 'too_few'
      const missing = isSpokenFor ? Math.min(silent, count('stale', 'not_known', 'not_reported')) : silent
      const isSupply = reason === 'nobody_stocks' || (reason === 'too_few' && !isMet(missing) && (isSpokenFor || loaded || deny.length > 0))
      const is = isSupply ? 'supply' : reason === 'declared_only' || evidence === 'supplied' ? 'evidence' : 'reporting'
      const isGap = !isMet(0) && servedBy === null
      found.set(`${drug} ${unit}`, { gap: isGap ? { reason, class: is, acts: actsOn(), institutions: wanted.length, cities } : null, counted: wanted.length, reached, isReachUnknown: standard.reach !== null && reached === null, servedBy })

      function actsOn(): string[] {
        if (is === 'reporting') return [evidence === 'declared' ? 'declare' : 'report']
        if (is === 'evidence') return [evidence === 'supplied' && reason !== 'declared_only' ? 'supply' : 'confirm']
        const acts: string[] = []
        if (count('in_stock', 'on_order', 'out_of_stock') > 0) acts.push('supply')
        if (count('not_carried') > 0 || count('on_order', 'out_of_stock') === 0) acts.push('apply')
        if (count('in_stock', 'on_order', 'out_of_stock') === 0) acts.push('list')
        if (count('not_carried') > 0) acts.push('admit')
        return acts
      }
    }
  }
  return found
}

const counted = new WeakMap<History, Map<string, ReturnType<typeof statesOn>>>()

/** States that are asked for by each kind of evidence are counted once. */
function once(history: History, key: string, count: () => ReturnType<typeof statesOn>): ReturnType<typeof statesOn> {
  const own = counted.get(history) ?? new Map<string, ReturnType<typeof statesOn>>()
  counted.set(history, own)
  if (!own.has(key)) own.set(key, count())
  return own.get(key)!
}

/** Where an institution stands: where it says, else in the middle of its city. */
function standsAt({ at, city }: Institution, cities: readonly City[]): [number, number] {
  return at ?? cities.find((one) => one.code === city)!.at
}

/** Percent of those who live in some cities that have anything near; null where of any city nobody knows how many live there, or there is none. */
function reachedIn(cities: readonly City[], places: readonly [number, number][], km: number): number | null {
  let [all, near] = [0, 0]
  for (const { people, at } of cities) {
    if (people === null) return null
    all += people
    if (places.some((place) => kmBetween(at, place) <= km)) near += people
  }
  return all === 0 ? null : (near / all) * 100
}

/** Along the ground between two places of a round Earth, by the angle between the lines to them from its middle. */
function kmBetween(a: [number, number], b: [number, number]): number {
  const [u, v] = [a, b].map(([lat, lng]) => [Math.cos(lat * rad) * Math.cos(lng * rad), Math.cos(lat * rad) * Math.sin(lng * rad), Math.sin(lat * rad)])
  return 6371 * Math.acos(Math.min(1, u!.reduce((sum, one, i) => sum + one * v![i]!, 0)))
}

const rad = Math.PI / 180
