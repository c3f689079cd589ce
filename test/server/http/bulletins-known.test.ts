import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bulletinForms } from '@lastmile/shared/bulletin'
import { Problem } from '@lastmile/shared/problem'
import { bulletinOffice, bulletins, draft, formOf, kept, post, problemOf, read, remade, states, textOf } from './bulletin-office.js'

/*
 * What a bulletin says of what is not known, and of when it was known: not before its day begins; and what is known now
 * is held against what was kept by its figures.
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

test('what was reported and is not known, and what is not known of those who are eligible, are two counts: each is named for what it counts, and a share shows what it is made of', async () => {
  const { operator } = await bulletinOffice({
    institutions: Object.fromEntries(['H1', 'H2', 'H3', 'H4', 'H5', 'H6'].map((one) => [one, '100100'])), eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }],
    reports: [{ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H2 beta not_known'] }],
  })
  const { code } = await kept(operator)
  const { document } = await read(operator, code)
  const english = (await read(operator, code, 'en')).document!
  const cellsOf = (one: typeof english, drug: string) => {
    const table = one.blocks.find((block) => block.block === 'table' && block.id === 'drugs')! as Extract<typeof one.blocks[number], { block: 'table' }>
    const { cells } = table.rows.find(({ line }) => line === `drug:${drug}`)!
    return Object.fromEntries(table.columns.map(({ text }, i) => [text, typeof cells[i] === 'string' ? cells[i] : cells[i]!.text]))
  }
  expect(cellsOf(document!, 'alpha')).toMatchObject({ 已报不明: '0', 比率区间: '16.7–100.0%（1/6，不明5）' })
  expect(cellsOf(document!, 'beta')).toMatchObject({ 已报不明: '1', 比率区间: '—' })
  expect(cellsOf(english, 'alpha')).toMatchObject({ 'Rep. unk.': '0', 'Share, %': '16.7–100.0 (1 of 6, 5 unknown)' })
  for (const one of [document!, english]) for (const block of one.blocks) if (block.block === 'table') expect(block.columns.map(({ text }) => text)).not.toContain(one.language === 'zh' ? '不明' : 'Unk.')
  expect(textOf(document!)).toContain('1家机构的记录已过期、不详或不再报送，情况不明，未计入以上任何合计')
  expect(textOf(document!)).toContain('符合条件而从未报送的机构同样情况不明，各药品的家数见表1。情况不明不等于零。')
  expect(textOf(english)).toContain('of which nothing was ever said are not known either')
  const [head, ...rows] = Buffer.from(await formOf(operator, code, 'data.csv')).toString().trim().split(/\r?\n/).map((row) => row.split(','))
  const alpha = rows.find(([part, drug]) => part === 'drug' && drug === 'alpha')!
  const counted = Object.fromEntries(head!.map((name, i) => [name, alpha[i]]))
  expect(counted).toMatchObject({ reported_unknown: '0', eligible: '6', eligible_stocked: '1', eligible_unknown: '5', share_high: '1' })
  expect(counted).not.toHaveProperty('unknown')
})
