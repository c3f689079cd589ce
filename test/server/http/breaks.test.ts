import { expect, test } from 'vitest'
import type { TrendAnswer } from '@lastmile/shared/coverage'
import { given, type ReportFacts } from '../../support/given.js'
import { list } from './country.js'
import { doorOf } from './door.js'

const institutions = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`H${i}`, '100100']))

/** A snapshot of the locator: so many in stock, so many out of stock, the rest left out. */
function snapshot(asOf: string, inStock: number, zero: number, own: Partial<ReportFacts> = {}): ReportFacts {
  const rows = Array.from({ length: inStock + zero }, (_, i) => `H${i} alpha ${i < inStock ? 'in_stock' : 'out_of_stock'} @${asOf}`)
  return { source: 'locator', asOf, rows, ...own }
}

async function breaks(reports: ReportFacts[]): Promise<string[]> {
  const world = await given({ institutions, reports, today: '2026-03-31' })
  const answer = await doorOf(world.services).read<TrendAnswer>(`${list}/trend?evidence=confirmed&drug=alpha`)
  return answer.breaks.map(({ day, reason }) => `${day} ${reason}`)
}

test('a source that leaves out whoever has none has changed what it reports, and so it has when they come back', async () => {
  expect(await breaks([snapshot('2026-03-01', 40, 40), snapshot('2026-03-02', 42, 0), snapshot('2026-03-03', 41, 39)])).toEqual(['2026-03-02 zeros_left_out', '2026-03-03 zeros_back'])
})

test('a later snapshot of the same day does not hide the change that the earlier one brought', async () => {
  expect(await breaks([snapshot('2026-03-01', 40, 40), snapshot('2026-03-02', 42, 0), snapshot('2026-03-02', 43, 0)])).toEqual(['2026-03-02 zeros_left_out'])
})

test('a later snapshot of the same day that has them back takes the change back', async () => {
  expect(await breaks([snapshot('2026-03-01', 40, 40), snapshot('2026-03-02', 42, 0), snapshot('2026-03-02', 41, 39)])).toEqual([])
})

test('a handful that vanishes is no change of what is reported', async () => {
  expect(await breaks([snapshot('2026-03-01', 40, 4), snapshot('2026-03-02', 42, 0)])).toEqual([])
})
