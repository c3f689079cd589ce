import { expect, test } from 'vitest'
import type { DifferenceAnswer } from '@lastmile/shared/difference'
import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import { discrepancies } from '../../support/ask.js'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const list = `/api/lists/${listCode}`
const north = { role: 'province_officer', unit: '100000' } as const
const header = 'institution_code,drug_code,status,observed_on'
const first = [header, 'H1,alpha,in_stock,2026-06-20', 'H2,alpha,in_stock,2026-06-20', 'H3,alpha,out_of_stock,2026-06-20', 'H4,alpha,in_stock,2026-06-20'].join('\n')
const second = [header, 'H1,alpha,in_stock,2026-06-20', 'H2,alpha,out_of_stock,2026-06-20', 'H4,alpha,in_stock,2026-06-25', 'H5,alpha,in_stock,2026-06-20'].join('\n')

async function office(approveFirst: boolean) {
  const world = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '100100', H3: '100200', H4: '100200', H5: '100200' }, sources: { north: { approveFirst } } })
  const { services } = world
  const officer = doorOf(services, north)
  const send = async (file: string, headers: Record<string, string> = {}) => (await officer.send({ list: listCode, source: 'north', asOf: '2026-06-29', file, headers })).receipt
  return {
    world, services, officer, send, difference: async (id: string | null, query = '') => officer.read<DifferenceAnswer>(`${list}/reports/${id}/difference${query}`),
    stocked: async () => (await doorOf(services, 'public').read<HeadlineAnswer>(`${list}/headline?evidence=confirmed`)).institutions,
  }
}

const asWords = ({ rows }: DifferenceAnswer) => rows.map((row) => `${row.change} ${row.institution} ${row.drug}: ${row.before?.status ?? '-'} → ${row.after?.status ?? '-'}`)

test('a correction shows what it left out, changed, added and gave another day, and what that did to the totals', async () => {
  const { send, difference, stocked } = await office(false)
  const one = await send(first)
  const two = await send(second, { 'If-Match': '"1"' })
  const answer = await difference(two.id)
  expect(asWords(answer)).toEqual(['dropped H3 alpha: out_of_stock → -', 'changed H2 alpha: in_stock → out_of_stock', 'added H5 alpha: - → in_stock', 'redated H4 alpha: in_stock → in_stock'])
  expect(answer).toMatchObject({
    against: { report: one.id, version: 1, isCorrected: true }, counts: { added: 1, changed: 1, redated: 1, dropped: 1, unchanged: 1 }, hindrance: null,
    effect: { institutionsBefore: 3, institutionsAfter: await stocked() }, page: { total: 4 },
  })
  expect(asWords(await difference(two.id, '?offset=1&limit=1'))).toEqual(['changed H2 alpha: in_stock → out_of_stock'])
})

test('what is left out, added and changed stands by the codes of institutions, in whichever order they were met, and drugs as the list has them', async () => {
  const world = await given({ today: '2026-06-30' })
  for (const [i, code] of ['H5', 'H4', 'H2', 'H3', 'H1'].entries()) await world.loadMaster({ [code]: '100100' }, `2026-01-0${i + 1}`)
  const officer = doorOf(world.services, north)
  const send = async (lines: string[], headers: Record<string, string> = {}) => (await officer.send({ list: listCode, source: 'north', asOf: '2026-06-29', file: [header, ...lines.map((line) => `${line},2026-06-20`)].join('\n'), headers })).receipt
  await send(['H5,alpha,in_stock', 'H4,beta,in_stock', 'H4,alpha,in_stock', 'H1,alpha,in_stock', 'H2,alpha,in_stock'])
  const { id } = await send(['H5,alpha,out_of_stock', 'H3,alpha,in_stock', 'H2,gamma,in_stock', 'H1,alpha,not_carried', 'H2,alpha,in_stock'], { 'If-Match': '"1"' })
  expect(asWords(await officer.read<DifferenceAnswer>(`${list}/reports/${id}/difference`))).toEqual([
    'dropped H4 alpha: in_stock → -', 'dropped H4 beta: in_stock → -', 'changed H1 alpha: in_stock → not_carried', 'changed H5 alpha: in_stock → out_of_stock', 'added H2 gamma: - → in_stock', 'added H3 alpha: - → in_stock',
  ])
})

test('of a correction that waits for its approval the same is told before anybody approves it, and nothing is moved by looking', async () => {
  const { send, difference, stocked, world, services } = await office(true)
  const one = await send(first)
  const approve = async (id: string | null) => (await doorOf(services).ask(`${list}/reports/${id}/approval`, { method: 'POST' })).status
  expect(await approve(one.id)).toBe(200)
  expect((await doorOf(services).ask(`${list}/reports/${one.id}/approval`, { method: 'DELETE', body: JSON.stringify({ reason: 'to be corrected' }), headers: { 'content-type': 'application/json' } })).status).toBe(200)
  const two = await send(second, { 'If-Match': '"1"' })
  expect(two.outcome).toBe('submitted')
  const foretold = await difference(two.id)
  expect(foretold).toMatchObject({ counts: { added: 1, changed: 1, redated: 1, dropped: 1, unchanged: 1 }, effect: { institutionsBefore: 3, institutionsAfter: 3, pairsEntered: 1, pairsLeft: 1 } })
  expect(await stocked()).toBe(3)
  expect(await discrepancies(world)).toEqual([])
  expect(await approve(two.id)).toBe(200)
  expect((await difference(two.id)).effect).toEqual(foretold.effect)
  expect(await discrepancies(world)).toEqual([])
})

test('a report that corrects none is held against nothing, and says what it would do', async () => {
  const { send, difference } = await office(true)
  const one = await send(first)
  expect(await difference(one.id)).toMatchObject({ against: null, counts: null, rows: [], effect: { institutionsBefore: 0, institutionsAfter: 3 }, hindrance: null })
})
