import type { Day } from '@lastmile/shared/day'
import { declarationDays } from './calendar.js'
import type { Declaration, Declared } from './declaration.js'
import { inStock, linesOf, put } from './declaration.js'
import { firstDeclaredPairs } from './first-declared.js'
import { declareNowhere, growInto } from './growth.js'
import { drawnFates, named } from './lot.js'
import { at, randomOf } from './random.js'
import type { Pair, World } from './world.js'
import { isOpen } from './world.js'

/** What one company declares as of one day, before any mistake is put in. */
export interface DeclaredSnapshot { source: string; asOf: Day; rows: Declaration[] }

/** Distinct institutions after each declaration day. The first and the sixth were published; those between are the demonstration's own. */
export const declaredTotals: readonly number[] = [965, 1031, 1096, 1241, 1372, 1486, 1553]

/**
 * All declarations in the order of their days, and the pairs stocked after each day. Each company keeps a list of lines
 * that it restates; between two declarations some leave, some run out, and new institutions join until the total of
 * that day is met exactly.
 */
export function declaredSnapshots(world: World): { snapshots: DeclaredSnapshot[]; stocked: Pair[][] } {
  const state: Declared = { lines: new Map(), spokeOn: new Map() }
  const sources = [...new Set(world.sourceOf.values())].sort()
  for (const source of sources) state.lines.set(source, new Map())
  const snapshots: DeclaredSnapshot[] = []
  const stocked: Pair[][] = []
  declarationDays.forEach((asOf, index) => {
    const sending = sources.filter((source) => sends(world, source, index))
    for (const source of sending) state.spokeOn.set(source, asOf)
    if (index === 0) {
      for (const pair of firstDeclaredPairs(world)) put(world, state, { ...pair, status: 'in_stock', since: asOf, filedOn: null })
      declareNowhere(world, state, asOf)
    } else for (const source of sending) age(state, source, asOf)
    if (index > 0) growInto(world, state, sending, index, at(declaredTotals, index))
    fileSome(state, sending, index)
    for (const source of sending) {
      const rows = [...linesOf(state, source).values()].map((row) => ({ ...row }))
      if (rows.length > 0) snapshots.push({ source, asOf, rows })
    }
    stocked.push(inStock(world, state, asOf))
  })
  return { snapshots, stocked }
}

/**
 * Which declaration days a company sends for. Those whose statements stay fresh for long leave out days by lot, so some
 * are late; the others always send, since a missing month would turn a whole drug stale, and a real company's drug
 * would stand there as unstocked without having been drawn. June has come from a few.
 */
function sends(world: World, source: string, index: number): boolean {
  const drugs = [...world.sourceOf].filter(([, of]) => of === source).map(([drug]) => drug)
  if (index <= 1) return true
  const random = randomOf(`rhythm of ${source}`)
  const longFresh = drugs.every((drug) => (world.drugs.get(drug)?.freshnessDays ?? 0) > 45)
  const leftOut = random.pick([[2, 4], [3], [2, 5]])
  const juneInTime = random.chance(0.3)
  if (index === declarationDays.length - 1) return drugs.includes(named.lecanemab) || drugs.includes(named.donanemab) || juneInTime
  return !longFresh || drugs.includes(drawnFates.later) || !leftOut.includes(index)
}

/** Time passes in a company's list: closed institutions go, some lines are dropped, some run out and come back. */
function age(state: Declared, source: string, asOf: Day): void {
  const random = randomOf(`declarations of ${source} age to ${asOf}`)
  const lines = linesOf(state, source)
  for (const [key, row] of lines) {
    // What is not carried stays so until it is said otherwise.
    if (row.status === 'not_carried') continue
    const roll = random.next()
    if (!isOpen(row.institution, asOf) || roll < 0.014) lines.delete(key)
    else if (row.status === 'in_stock' && roll < 0.026) lines.set(key, { ...row, status: roll < 0.023 ? 'out_of_stock' : 'discontinued', filedOn: null })
    else if (row.status === 'out_of_stock' && roll > 0.6) lines.set(key, { ...row, status: 'in_stock', filedOn: null })
  }
}

/** The day some lines of a month carry in the column of the filed day: after the last bulletin's day, so that no past total moves. */
const filedDays: readonly (Day | null)[] = [null, '2026-01-26', '2026-02-24', '2026-03-27', '2026-04-28', '2026-05-27', null]

/** A few lines new this month carry their own filed day, and restate it from then on until it is stale. */
function fileSome(state: Declared, sending: readonly string[], index: number): void {
  const day = at(filedDays, index)
  if (day === null) return
  const random = randomOf(`filed days ${day}`)
  for (const source of sending) {
    for (const [key, row] of linesOf(state, source)) {
      if (row.since !== at(declarationDays, index) || row.status !== 'in_stock' || !isOpen(row.institution, day)) continue
      if (random.chance(0.15)) linesOf(state, source).set(key, { ...row, filedOn: day })
    }
  }
}
