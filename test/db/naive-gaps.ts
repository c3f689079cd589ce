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
      const wanted = asked.filter(([code]) => stateOf(code) === 'in_stock' && (!standard.eligibleOnly || !loaded || eligible.includes(code)))
      const cities = new Set(wanted.map(([, place]) => place.city)).size
      const count = (...some: (string | undefined)[]) => asked.filter(([code]) => some.includes(stateOf(code))).length
      const isDeclaredOnly = ([code, place]: (typeof here)[number]) => {
        const [declared, confirmed, supplied] = others.map((one) => one.get(`${code} ${drug}`))
        return isOpen(place, day) && declared === 'in_stock' && confirmed !== 'in_stock' && !isNo(confirmed) && supplied === undefined
      }
      const isSilent = (kind: string) => loaded && here.some(([code, place]) => place.kind === kind && eligible.includes(code) && stateOf(code) !== 'in_stock' && !isNo(stateOf(code)))
      const unknown = count('stale', 'not_known', 'not_reported')
      const isMet = (more: number) => wanted.length + more >= standard.minInstitutions && cities + more >= standard.minCities
      const reason = here.some(([code]) => stateOf(code) === 'in_stock') ? 'too_few' : here.some(isDeclaredOnly) ? 'declared_only'
        : count('on_order', 'out_of_stock', 'not_carried', 'discontinued') > 0 && unknown === 0 && !standard.kinds.some(isSilent) ? 'nobody_stocks' : count('stale') > 0 ? 'stale' : count('not_known') > 0 ? 'not_known' : 'not_reported'
      const is = reason === 'nobody_stocks' || (reason === 'too_few' && !isMet(unknown)) ? 'supply' : reason === 'declared_only' || (evidence === 'supplied' && reason !== 'too_few') ? 'evidence' : 'reporting'
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
