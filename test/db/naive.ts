import type { State } from '@lastmile/shared/state'

/*
 * What the numbers mean, written down once more as slowly and plainly as can be: loops over what was said, for one day
 * at a time. It calls nothing of the product. Days and instants are texts and compare as texts.
 */

export type Evidence = 'declared' | 'confirmed' | 'supplied'
export interface Row { institution: string; drug: string; status: State; day: string }
export interface Scope { drugs: string[] | null; regions: string[] | null; kinds: string[] | null }
export interface Said { source: string; evidence: Evidence; snapshot: boolean; scope: Scope; asOf: string; accepted: string; superseded: string | null; rows: Row[] }
/** `at`: where it says that it stands, latitude before longitude. */
export interface Institution { kind: string; unit: string; city: string; opened: string | null; closed: string | null; at: [number, number] | null }
export interface History {
  said: Said[]
  /** What the masters said, in the order in which they were loaded. */
  masters: { known: string; institutions: Map<string, Institution> }[]
  freshness: Record<string, number>
  units: string[]
  /** Drug → who is eligible: a kind of institution, lines of a file, or whoever was named. */
  eligibility: Record<string, { kind: string } | { lines: Record<string, [from: string, to: string]> } | 'reported'>
  inForce: string
}
export interface Question { evidence: Evidence; day: string; known: string; since?: string }

const later = <One>(some: readonly One[], isLater: (a: One, b: One) => boolean): One | undefined => some.reduce<One | undefined>((best, one) => (best === undefined || isLater(one, best) ? one : best), undefined)

/** The institutions as the masters known at an instant say. */
export function institutionsKnown(history: History, known: string): Map<string, Institution> {
  const all = new Map<string, Institution>()
  for (const master of history.masters) if (master.known <= known) for (const [code, one] of master.institutions) all.set(code, one)
  return all
}

export const isOpen = (one: Institution, day: string) => (one.opened === null || one.opened <= day) && (one.closed === null || day < one.closed)

function covers(scope: Scope, drug: string, one: Institution, units: string[]): boolean {
  if (scope.drugs && !scope.drugs.includes(drug)) return false
  if (scope.kinds && !scope.kinds.includes(one.kind)) return false
  return !scope.regions || scope.regions.some((code) => (units.includes(code) ? code === one.unit : code === one.city))
}

/** The state of every pair that has one on the day, by `institution drug`. */
export function statesOn(history: History, { evidence, day, known, since = history.inForce }: Question): Map<string, State> {
  const places = institutionsKnown(history, known)
  const valid = history.said.filter((one) => one.evidence === evidence && one.accepted <= known && (one.superseded === null || one.superseded > known))
  const states = new Map<string, State>()
  for (const [code, place] of places) {
    for (const drug of Object.keys(history.freshness)) {
      const rowIn = (report: Said) => report.rows.find((row) => row.institution === code && row.drug === drug)
      if (evidence === 'supplied') {
        if (valid.some((report) => report.rows.some((row) => row.institution === code && row.drug === drug && row.day >= since && row.day <= day))) states.set(`${code} ${drug}`, 'in_stock')
        continue
      }
      if (!isOpen(place, day)) continue
      const held: { row: Row; accepted: string }[] = []
      let leftOut = false
      for (const source of new Set(valid.map((report) => report.source))) {
        const own = valid.filter((report) => report.source === source)
        const statements = own.flatMap((report) => { const row = rowIn(report); return row && row.day <= day ? [{ row, accepted: report.accepted }] : [] })
        const last = later(statements, (a, b) => a.row.day > b.row.day || (a.row.day === b.row.day && a.accepted > b.accepted))
        const speaking = own.filter((report) => report.asOf <= day && (rowIn(report) || (report.snapshot && covers(report.scope, drug, place, history.units))))
        const isLater = (a: Said, b: Said) => a.asOf > b.asOf || (a.asOf === b.asOf && a.accepted > b.accepted)
        const lastReport = later(speaking, isLater)
        const missing = lastReport !== undefined && !rowIn(lastReport) && speaking.some((report) => rowIn(report)) && (last === undefined || last.row.day <= lastReport.asOf)
        if (missing) leftOut = true
        else if (last) held.push(last)
      }
      const best = later(held, (a, b) => a.row.day > b.row.day || (a.row.day === b.row.day && a.accepted > b.accepted))
      if (best) states.set(`${code} ${drug}`, daysFrom(best.row.day, day) > history.freshness[drug]! ? 'stale' : best.row.status)
      else if (leftOut) states.set(`${code} ${drug}`, 'not_reported')
    }
  }
  return states
}

/** The institutions eligible for a drug on the day. */
export function eligibleOn(history: History, drug: string, day: string, known: string): string[] {
  const rule = history.eligibility[drug]
  return [...institutionsKnown(history, known)].filter(([code, place]) => {
    if (rule === undefined || (place.closed !== null && day >= place.closed)) return false
    if (rule === 'reported') {
      return history.said.some((report) => report.accepted <= known && (report.superseded === null || report.superseded > known) && report.rows.some((row) => {
        if (row.institution !== code || row.drug !== drug) return false
        if (report.evidence === 'supplied') return row.day >= history.inForce && row.day <= day
        const first = place.opened !== null && place.opened > row.day ? place.opened : row.day
        return first <= day
      }))
    }
    if (!isOpen(place, day)) return false
    if ('kind' in rule) return place.kind === rule.kind && day >= '2026-01-01'
    const line = rule.lines[code]
    return line !== undefined && line[0] <= day && day <= line[1]
  }).map(([code]) => code)
}

const names = ['in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known', 'stale', 'not_reported'] as const

/** A cell as the API answers it, of one drug over some institutions. */
function cellOf(history: History, question: Question, states: ReadonlyMap<string, State>, drug: string, within: (place: Institution) => boolean) {
  const places = institutionsKnown(history, question.known)
  const own = [...places].filter(([, place]) => within(place))
  const stateOf = (code: string) => states.get(`${code} ${drug}`)
  const stocked = own.filter(([code]) => stateOf(code) === 'in_stock').map(([, place]) => place)
  const kind = (wanted: string) => stocked.filter((place) => place.kind === wanted).length
  const eligible = eligibleOn(history, drug, question.day, question.known).filter((code) => within(places.get(code)!))
  const no = eligible.filter((code) => ['on_order', 'out_of_stock', 'not_carried', 'discontinued'].includes(stateOf(code) ?? '')).length
  const yes = eligible.filter((code) => stateOf(code) === 'in_stock').length
  const unknown = eligible.length - yes - no
  return {
    stocked: { institutions: stocked.length, hospitals: kind('hospital'), pharmacies: kind('pharmacy'), others: kind('other'), cities: new Set(stocked.map((place) => place.city)).size },
    states: Object.fromEntries(names.map((name) => [name, own.filter(([code]) => stateOf(code) === name).length])),
    eligible: history.eligibility[drug] ? { institutions: eligible.length, stocked: yes, no, unknown } : null,
    share: history.eligibility[drug] && eligible.length >= 5 ? { low: yes / eligible.length, high: (yes + unknown) / eligible.length } : null,
  }
}

/** What the API answers of a day: the headline, every cell by province and by city, and the totals. */
export function answersOn(history: History, question: Question) {
  const states = statesOn(history, question)
  const places = institutionsKnown(history, question.known)
  const drugs = Object.keys(history.freshness)
  const cells = (regions: string[], at: (place: Institution) => string) => drugs.flatMap((drug) => regions.map((region) => ({ drug, region, ...cellOf(history, question, states, drug, (place) => at(place) === region) })))
    .filter((cell) => Object.values(cell.states).some((count) => count > 0) || (cell.eligible?.institutions ?? 0) > 0).sort(byDrugAndRegion)
  const stockedAt = (drug: string | null) => [...places].filter(([code]) => drugs.some((one) => (drug === null || one === drug) && states.get(`${code} ${one}`) === 'in_stock')).map(([, place]) => place)
  const unitsOf = (drug: string | null) => new Set(stockedAt(drug).map((place) => place.unit)).size
  const any = stockedAt(null)
  const count = (state: State) => [...states.values()].filter((one) => one === state).length
  const isUnknown = (code: string) => drugs.some((drug) => ['not_known', 'stale', 'not_reported'].includes(states.get(`${code} ${drug}`) ?? ''))
  const stocksNothing = (code: string) => !drugs.some((drug) => states.get(`${code} ${drug}`) === 'in_stock')
  const speaks = (unit: string) => [...places].some(([code, place]) => place.unit === unit && drugs.some((drug) => !['stale', 'not_reported', undefined].includes(states.get(`${code} ${drug}`))))
  const drugsStocked = drugs.filter((drug) => stockedAt(drug).length > 0).length
  const reported = states.size > 0 || history.said.some((one) => one.evidence === question.evidence && one.asOf <= question.day && one.accepted <= question.known)
  const saidOf = (drug: string) => {
    const all = [...states].filter(([pair]) => pair.endsWith(` ${drug}`)).map(([, state]) => state)
    if (all.includes('in_stock')) return 'yes'
    if (all.some((state) => ['on_order', 'out_of_stock', 'not_carried', 'discontinued'].includes(state))) return 'no'
    return all.some((state) => state !== 'not_reported') ? 'unknown' : reported && question.evidence === 'supplied' ? 'no' : 'nothing'
  }
  return {
    headline: {
      reported, drugsListed: drugs.length, drugsStocked, drugsUnstocked: drugs.length - drugsStocked, drugsUnknown: drugs.filter((drug) => saidOf(drug) === 'unknown').length, drugsNotReported: drugs.filter((drug) => saidOf(drug) === 'nothing').length, institutions: any.length,
      hospitals: any.filter((place) => place.kind === 'hospital').length, pharmacies: any.filter((place) => place.kind === 'pharmacy').length, others: any.filter((place) => place.kind === 'other').length,
      provinces: unitsOf(null), cities: new Set(any.map((place) => place.city)).size,
      drugsInMoreThan: Object.fromEntries([1, 2, 3].map((n) => [n, drugs.filter((drug) => unitsOf(drug) > n).length])),
      unknown: {
        institutions: [...places.keys()].filter((code) => isUnknown(code) && stocksNothing(code)).length,
        notKnown: count('not_known'), stale: count('stale'), notReported: count('not_reported'), unitsSilent: history.units.filter((unit) => !speaks(unit)),
      },
      drugs: drugs.map((drug) => ({ drug, said: saidOf(drug), institutions: stockedAt(drug).length, units: unitsOf(drug), cities: new Set(stockedAt(drug).map((place) => place.city)).size })),
    },
    provinces: cells(history.units, (place) => place.unit),
    cities: cells([...new Set([...places.values()].map((place) => place.city))], (place) => place.city),
    totals: drugs.map((drug) => ({ drug, region: 'all', ...cellOf(history, question, states, drug, () => true), units: unitsOf(drug) })),
  }
}

export function byDrugAndRegion(a: { drug: string; region: string }, b: { drug: string; region: string }): number {
  return `${a.drug} ${a.region}` < `${b.drug} ${b.region}` ? -1 : 1
}

function daysFrom(a: string, b: string): number {
  return (Date.parse(b) - Date.parse(a)) / 86_400_000
}

export const isNo = (state: State | undefined) => state === 'on_order' || state === 'out_of_stock' || state === 'not_carried' || state === 'discontinued'

/** Where kinds of evidence speak against each other on a day, as is known on an instant: `institution drug since when`, looking at every one of the days before. */
export function contradictionsOn(history: History, { day, known, since = history.inForce }: Omit<Question, 'evidence'>, daysBefore: readonly string[]) {
  const places = institutionsKnown(history, known)
  const [declared, confirmed] = (['declared', 'confirmed'] as const).map((evidence) => new Map([...daysBefore, day].map((one) => [one, statesOn(history, { evidence, day: one, known })])))
  const supplied = history.said.filter((one) => one.evidence === 'supplied' && one.accepted <= known && (one.superseded === null || one.superseded > known)).flatMap(({ rows }) => rows)
  const found = { refuted: [] as string[], never_supplied: [] as string[], never_declared: [] as string[] }
  const back = [day, ...[...daysBefore].reverse()]
  for (const [code, place] of places) {
    if (!isOpen(place, day)) continue
    for (const drug of Object.keys(history.freshness)) {
      const pair = `${code} ${drug}`
      const isDeclared = (one: string) => declared!.get(one)!.get(pair) === 'in_stock'
      const isRefuted = (one: string) => isDeclared(one) && isNo(confirmed!.get(one)!.get(pair))
      const [firstSupply] = supplied.filter((row) => row.institution === code && row.drug === drug && row.day >= since && row.day <= day).map((row) => row.day).sort()
      const firstDeclared = [...daysBefore, day].find(isDeclared)
      if (isRefuted(day)) found.refuted.push(`${pair} ${back.slice(0, back.findIndex((one) => !isRefuted(one))).at(-1)}`)
      if (isDeclared(day) && firstSupply === undefined) found.never_supplied.push(`${pair} ${firstDeclared! > since ? firstDeclared : since}`)
      if (firstSupply !== undefined && firstDeclared === undefined) found.never_declared.push(`${pair} ${firstSupply}`)
    }
  }
  return found
}
