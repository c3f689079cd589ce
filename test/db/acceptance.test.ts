import { expect, test } from 'vitest'
import { headline } from '../support/ask.js'
import { given } from '../support/given.js'

test('accepting a declaration moves the headline at once', async () => {
  const world = await given({ institutions: { H1: '100100', P1: '200100' } })
  expect(await headline(world)).toMatchObject({ drugsListed: 3, drugsStocked: 0, institutions: 0, provinces: 0 })
  await world.send({ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'P1 beta out_of_stock'] })
  expect(await headline(world)).toMatchObject({ drugsStocked: 1, drugsUnstocked: 2, institutions: 2, hospitals: 1, pharmacies: 1, provinces: 2, cities: 2 })
})
