import { beforeAll, expect, test } from 'vitest'
import { HeadlineAnswer } from '@lastmile/shared/coverage'
import { evidences } from '@lastmile/shared/evidence'
import { StatementsAnswer } from '@lastmile/shared/statement'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door } from './door.js'

/* A list of rows says what it is a list of: a headline's number is among its distinct counts, although it opens rows of pairs. */

const list = `/api/lists/${listCode}`
let operator: Door

beforeAll(async () => {
  const world = await given({
    institutions: { H1: '100100', H2: '100200', P1: '100100', P2: '200100', H3: '200100', H4: '300100', H5: { at: '650100', unit: '660000' }, H6: '650100' },
    reports: [
      { source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H1 beta in_stock', 'H3 beta in_stock', 'H5 alpha in_stock', 'H6 alpha in_stock', 'H4 alpha out_of_stock', 'H4 beta out_of_stock', 'P2 beta not_known'] },
      { source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H2 gamma not_carried'] }, { source: 'south', asOf: '2026-02-20', rows: ['H3 gamma in_stock'] },
      { source: 'sales', asOf: '2026-06-20', rows: ['H4 alpha @2026-06-01', 'H1 alpha @2026-06-02'] },
    ],
  })
  operator = doorOf(world.services, { role: 'operator' })
})

const statements = async (query: string) => StatementsAnswer.parse(await operator.read(`${list}/statements?${query}`))
const distinct = (values: readonly (string | null)[]) => new Set(values.filter((one) => one !== null)).size

test('the numbers of a headline are among those of the list that they open, on a page of any length', async () => {
  for (const evidence of evidences) for (const region of [null, '100000', '660000', '650100']) {
    const of = region === null ? '' : `&region=${region}`
    const headline = HeadlineAnswer.parse(await operator.read(`${list}/headline?evidence=${evidence}${of}`))
    const { of: counted } = await statements(`evidence=${evidence}&state=in_stock&limit=1${of}`)
    const units = region === '650100' ? counted.units : headline.provinces
    expect(counted, `${evidence} ${region}`).toEqual({ drugs: headline.drugsStocked, institutions: headline.institutions, units, cities: headline.cities })
  }
})

test('whatever is asked for, they are those of all rows, or (where that would take reading them all) of nobody', async () => {
  const uncounted: string[] = []
  for (const evidence of evidences) for (const rest of ['', '&drug=alpha', '&region=100000', '&region=650100', '&kind=hospital', '&state=not_known,stale', '&drug=beta&state=out_of_stock', '&kind=pharmacy&state=in_stock', '&institution=H1', '&knownOn=2026-06-29T00:00:00.000Z', '&asOf=2026-03-01', '&sort=day-up']) {
    const all = await statements(`evidence=${evidence}${rest}&limit=500`)
    const page = await statements(`evidence=${evidence}${rest}&limit=1`)
    const said = { drugs: distinct(all.rows.map(({ drug }) => drug)), institutions: distinct(all.rows.map(({ institution }) => institution)), units: distinct(all.rows.map(({ unit }) => unit)), cities: distinct(all.rows.map(({ city }) => city)) }
    expect(all.of, rest).toEqual(said)
    for (const what of ['drugs', 'institutions', 'units', 'cities'] as const) {
      if (page.of[what] === null) uncounted.push(`${what} ${rest}`)
      else expect(page.of[what], `${what} ${evidence}${rest}`).toBe(said[what])
    }
  }
  expect([...new Set(uncounted)].filter((one) => /institution=|knownOn|^drugs|^units/.test(one))).toEqual([])
})
