import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bulletinForms } from '@lastmile/shared/bulletin'
import { Problem } from '@lastmile/shared/problem'
import { bulletinOffice, bulletins, draft, kept, post, problemOf, read, remade, states } from './bulletin-office.js'

/*
 * When a bulletin says it was known: not before its day begins; and what is known now is held against what was kept by its figures.
 */

test('nothing is known of a day before it begins where the list is: such a bulletin is neither kept nor drafted', async () => {
  const { operator } = await bulletinOffice()
  const before = { evidence: 'declared', asOf: '2026-03-16', knownOn: '2026-03-15T15:59:59.999Z' }
  const answer = await post(operator, '', before)
  expect([answer.status, Problem.parse(await answer.json()).error]).toMatchObject([400, { code: 'bulletin.known_before', message: expect.stringContaining('2026-03-16') as string }])
  for (const path of ['draft', 'draft/forms/data.csv']) expect(await problemOf(operator.ask(`${bulletins}/${path}?${new URLSearchParams(before).toString()}`)), path).toEqual([400, 'bulletin.known_before'])
  expect(await states(operator)).toEqual([])
  // One of today is kept during today.
  expect((await draft(operator, 'asOf=2026-03-16&knownOn=2026-03-15T16:00:00.000Z')).basis.knownOn).toBe('2026-03-15T16:00:00.000Z')
  expect((await kept(operator, { ...before, knownOn: '2026-03-15T16:00:00.000Z' })).code).toBe('2026-1')
  expect((await kept(operator, { asOf: '2026-03-18' })).code).toBe('2026-2')
})

test('by what is known later its figures are the same as long as none is another, though its files name another instant', async () => {
  const { operator, world, at } = await bulletinOffice()
  const { code } = await kept(operator)
  at('2026-03-20T04:00:00.000Z')
  await world.send({ source: 'maker', asOf: '2026-03-18', rows: ['H1 beta in_stock'], accepted: '2026-03-20T03:00:00.000Z' })
  expect(await remade(operator, code, 'now')).toMatchObject({ knownOn: null, sameFigures: true, sameBytes: false })
  await world.send({ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock'], corrects: 1, accepted: '2026-03-20T03:30:00.000Z' })
  expect(await remade(operator, code, 'now')).toMatchObject({ sameFigures: false, sameBytes: false })
  expect(await remade(operator, code)).toMatchObject({ sameFigures: true, sameBytes: true })
})

test('its forms are listed as bulletins have them, whatever became of their rows', async () => {
  const { operator, services } = await bulletinOffice()
  const { code } = await kept(operator)
  const listed = async () => (await read(operator, code)).forms.map(({ form }) => form)
  const here = await listed()
  expect(here).toEqual(bulletinForms.filter((form) => here.includes(form)))
  await services.db.execute(sql`update bulletin_form set bytes = bytes where form = 'bulletin-zh.docx'`)
  expect(await listed()).toEqual(here)
})
