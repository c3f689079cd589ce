import type { Confirmation } from './confirmed.js'
import type { Declaration } from './declaration.js'
import type { DeclaredSnapshot } from './declared.js'
import { at, randomOf } from './random.js'
import type { Sale } from './supplied.js'
import type { Pair, World } from './world.js'
import { isOpen, pairKey } from './world.js'

/** Institutions too many, and too few, in the first version of the declaration that was corrected on 2026-01-14: 965 were 971. */
const tooMany = 8
const tooFew = 2

/** Which company's first declaration, and which company's declaration of April, is corrected: by lot among those with a longer list. */
export function mistakenSnapshots(snapshots: readonly DeclaredSnapshot[]): { first: DeclaredSnapshot; april: DeclaredSnapshot } {
  const pick = (asOf: string): DeclaredSnapshot => randomOf(`mistaken declaration of ${asOf}`).pick(snapshots.filter((snapshot) => snapshot.asOf === asOf && snapshot.rows.length >= 60))
  return { first: pick('2026-01-11'), april: pick('2026-04-30') }
}

/** The first version of a company's first declaration: eight institutions that nobody declares, two forgotten that nobody else does. */
export function firstVersion(world: World, right: DeclaredSnapshot, stocked: readonly Pair[]): Declaration[] {
  const random = randomOf('first version of a first declaration')
  const lines = new Map<string, number>()
  for (const pair of stocked) lines.set(pair.institution.code, (lines.get(pair.institution.code) ?? 0) + 1)
  const alone = right.rows.filter((row) => lines.get(row.institution.code) === 1)
  const forgotten = new Set(random.sample(alone, tooFew, () => 1).map(pairKey))
  if (forgotten.size < tooFew) throw new Error(`${right.source} has no institution of its own to forget`)
  return [...right.rows.filter((row) => !forgotten.has(pairKey(row))), ...wronglyDeclared(world, right, tooMany, new Set(lines.keys()))]
}

/** The first version of a later declaration: five lines too many, three forgotten. */
export function laterVersion(world: World, right: DeclaredSnapshot): Declaration[] {
  const forgotten = new Set(randomOf('first version of a later declaration').sample(right.rows, 3, () => 1).map(pairKey))
  return [...right.rows.filter((row) => !forgotten.has(pairKey(row))), ...wronglyDeclared(world, right, 5, new Set(right.rows.map((row) => row.institution.code)))]
}

/** The last declaration of May's longest list, as an export of it that broke off after two rows in five. */
export function brokenOff(snapshots: readonly DeclaredSnapshot[]): DeclaredSnapshot {
  const longest = snapshots.filter(({ asOf }) => asOf === '2026-05-31').reduce((a, b) => (b.rows.length > a.rows.length ? b : a))
  return { ...longest, rows: longest.rows.slice(0, Math.round(longest.rows.length * 0.4)) }
}

function wronglyDeclared(world: World, right: DeclaredSnapshot, count: number, known: ReadonlySet<string>): Declaration[] {
  const random = randomOf(`wrongly declared ${right.asOf}`)
  const drug = at(right.rows, 0).drug
  const fits = world.institutions.filter((each) => !known.has(each.code) && each.closedOn === null && isOpen(each, right.asOf) && world.isEligible(each, drug))
  return random.sample(fits, count, () => 1).map((institution) => ({ institution, drug, status: 'in_stock', since: right.asOf, filedOn: null }))
}

/** The first version of a province's month: what had run out still stood as in stock, and some lines were missing. */
export function firstMonthVersion(right: readonly Confirmation[]): Confirmation[] {
  const random = randomOf('first version of a month')
  return right.flatMap((row) => {
    if (random.chance(0.08)) return []
    return row.status === 'out_of_stock' || row.status === 'not_known' ? [{ ...row, status: 'in_stock', reason: null }] : [row]
  })
}

/** The first version of a feed: a few sales that were later taken back. */
export function firstFeedVersion(world: World, right: readonly Sale[]): Sale[] {
  const random = randomOf('first version of a feed')
  const sample = at(right, 0)
  const sold = new Set(right.map((sale) => sale.institution.code))
  const fits = world.institutions.filter((each) => !sold.has(each.code) && each.closedOn === null && each.openedOn === null && world.isEligible(each, sample.drug))
  return [...right, ...random.sample(fits, 3, () => 1).map((institution) => ({ ...sample, institution, quantity: 1 }))]
}
