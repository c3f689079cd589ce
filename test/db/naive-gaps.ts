import { eligibleOn, institutionsKnown, isNo, isOpen, statesOn, type Evidence, type History, type Question } from './naive.js'

/*
 * What a gap is, written down once more as slowly and plainly as can be: one drug in one unit on one day, judged by loops
 * over its institutions. It calls nothing of the product.
 */

export interface Standard { drug: string; from: string; minInstitutions: number; minCities: number; kinds: string[]; eligibleOnly: boolean; units: string[] | null }
export interface NaiveGap { reason: string; class: string; acts: string[]; institutions: number }

/** Every drug and unit that is judged on a day, by `drug unit`: null where the standard is met. `counted`: how many institutions the standard counts. */
export function gapsOn(history: History, standards: readonly Standard[], question: Question): Map<string, { gap: NaiveGap | null; counted: number }> {
  const { evidence, day, known } = question
  const places = institutionsKnown(history, known)
  const states = statesOn(history, question)
  const others = (['declared', 'confirmed', 'supplied'] as Evidence[]).map((one) => statesOn(history, { ...question, evidence: one }))
  const found = new Map<string, { gap: NaiveGap | null; counted: number }>()
  for (const drug of Object.keys(history.freshness)) {
    for (const unit of history.units) {
      const standard = standards.filter((one) => one.drug === drug && one.from <= day && (one.units === null || one.units.includes(unit))).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
      if (!standard) continue
      const loaded = history.eligibility[drug] !== undefined
      const eligible = eligibleOn(history, drug, day, known)
      const here = [...places].filter(([, place]) => place.unit === unit)
      const stateOf = (code: string) => states.get(`${code} ${drug}`)
      const asked = here.filter(([, place]) => standard.kinds.includes(place.kind))
      // A missing report opens a gap in reporting, never one in supply: whoever is asked and says neither yes nor no may have it.
      const only = standard.eligibleOnly && loaded
      const counts = only ? asked.filter(([code]) => eligible.includes(code)) : asked
      const wanted = counts.filter(([code]) => stateOf(code) === 'in_stock')
      const deny = counts.filter(([code]) => isNo(stateOf(code)))
      const quiet = counts.filter((one) => !wanted.includes(one) && !deny.includes(one))
      const silent = only ? quiet.length : quiet.filter(([code]) => stateOf(code) !== undefined).length + quiet.filter(([code]) => loaded && eligible.includes(code)).length
      const cities = new Set(wanted.map(([, place]) => place.city)).size
      const count = (...some: (string | undefined)[]) => asked.filter(([code]) => some.includes(stateOf(code))).length
      const isDeclaredOnly = ([code, place]: (typeof here)[number]) => {
        const [declared, confirmed, supplied] = others.map((one) => one.get(`${code} ${drug}`))
        return isOpen(place, day) && declared === 'in_stock' && confirmed !== 'in_stock' && !isNo(confirmed) && supplied === undefined
      }
      const isMet = (more: number) => wanted.length + more >= standard.minInstitutions && cities + more >= standard.minCities
      const isQuiet = quiet.length > 0 || !only
      const reason = wanted.length > 0 ? 'too_few' : isQuiet && evidence !== 'declared' && asked.some(isDeclaredOnly) ? 'declared_only'
        : deny.length > 0 && silent === 0 ? (here.some(([code]) => stateOf(code) === 'in_stock') ? 'too_few' : 'nobody_stocks')
          : isQuiet && count('stale') > 0 ? 'stale' : isQuiet && count('not_known') > 0 ? 'not_known' : 'not_reported'
      const isSupply = reason === 'nobody_stocks' || (reason === 'too_few' && !isMet(silent) && (loaded || deny.length > 0))
      const is = isSupply ? 'supply' : reason === 'declared_only' || evidence === 'supplied' ? 'evidence' : 'reporting'
      found.set(`${drug} ${unit}`, { gap: isMet(0) ? null : { reason, class: is, acts: actsOn(), institutions: wanted.length }, counted: wanted.length })

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
