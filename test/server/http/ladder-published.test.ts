import { expect, test } from 'vitest'
import { LadderAnswer, LaddersAnswer } from '@lastmile/shared/ladder-answer'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { factSaid } from '../../support/ladder.js'
import { listings } from '../../support/listings.js'
import { doorOf } from './door.js'

/* What of a ladder rests on published documents: from when on it is known, and what stands against it. Each test states its own world. */

const [ladders, facts] = [`/api/lists/${listCode}/ladders`, `/api/lists/${listCode}/ladder-facts`]
const problemOf = async (answer: Response) => [answer.status, Problem.parse(await answer.json()).error.code]

test('a published fact is known from the day of its document at the earliest, whenever it was loaded', async () => {
  const source = { text: { zh: '文件', en: 'a document' }, dated: '2026-06-20' }
  const own = await given({ institutions: { H1: '100100' }, ladder: [{ code: 'south', rung: 'exclusion_self_pay', units: ['200000'], validFrom: '2026-03-01', source }, { code: 'north', rung: 'exclusion_self_pay', units: ['100000'], validFrom: '2026-03-01' }] })
  const door = doorOf(own.services, 'public')
  const state = async (unit: string, knownOn: string) => LadderAnswer.parse(await door.read(`${ladders}/alpha/${unit}?asOf=2026-06-29&knownOn=${knownOn}`)).rungs.find(({ rung }) => rung === 'exclusion_self_pay')!.state
  expect([await state('200000', '2026-06-19T15:59:59.000Z'), await state('200000', '2026-06-19T16:00:00.000Z'), await state('100000', '2026-06-10T00:00:00.000Z')]).toEqual(['not_known', 'yes', 'yes'])
  // One whose document is of a day to come would be told as known now: it waits for its day, and what was known stays.
  const now = async () => LadderAnswer.parse(await door.read(`${ladders}/alpha/200000`)).rungs.find(({ rung }) => rung === 'exclusion_self_pay')!.state
  const lifted = (dated: string) => ({ ladder: [{ code: 'south', rung: 'exclusion_self_pay' as const, units: ['200000'], says: 'no', validFrom: '2026-03-01', source: { ...source, dated } }] })
  await expect(own.loadEdition(lifted('2026-07'), '2026-06-30T05:00:00.000Z')).rejects.toThrow(/ladder\.json:\n.*fact south: its document "a document" \(文件\) is dated 2026-07, .*Load the files on 2026-07-01 or later/)
  expect(await now()).toBe('yes')
  await own.loadEdition(lifted('2026-06-30'), '2026-06-30T06:00:00.000Z')
  expect(await now()).toBe('no')
  expect((await door.ask(`${ladders}/alpha/200000?knownOn=2099-01-01T00:00:00.000Z`)).status).toBe(400)
})

test('what is said to be stocked before it was published as listed is shown on its ladder and on the board', async () => {
  const course = listings()
  const early = await given({
    listings: { ...course, editions: course.editions.map((edition) => (edition.code === 'first' ? { ...edition, list: listCode } : edition)) }, institutions: { H1: '100100', H3: '200100' },
    reports: [{ source: 'maker', asOf: '2026-01-10', rows: ['H1 alpha in_stock @2025-12-01', 'H3 alpha in_stock'] }],
  })
  const door = doorOf(early.services, 'public')
  expect(LadderAnswer.parse(await door.read(`${ladders}/alpha/100000`)).contradictions).toEqual([{ kind: 'stocked_before_published', rungs: ['stocked'], days: ['2025-12-01', '2025-12-07'], facts: [] }])
  // Before it was published nothing had been, and nothing stood against it.
  expect(LadderAnswer.parse(await door.read(`${ladders}/alpha/100000?asOf=2025-12-06`)).contradictions).toEqual([])
  expect(LadderAnswer.parse(await door.read(`${ladders}/alpha/100000?asOf=2025-12-07`)).contradictions).toMatchObject([{ kind: 'stocked_before_published' }])
  expect(LaddersAnswer.parse(await door.read(`${ladders}?drug=alpha`)).ladders.filter(({ contradictions }) => contradictions.length > 0).map(({ unit }) => unit)).toEqual(['100000'])
  // It was launched in May 2024: nothing of it can be so before.
  const acme = doorOf(early.services, { role: 'company', company: 'acme' })
  const enter = (said: object) => acme.ask(facts, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...factSaid(), ...said }) })
  expect([await problemOf(await enter({ validFrom: '2024-04-30' })), (await enter({ validFrom: '2024-05-01' })).status]).toEqual([[422, 'ladder_fact.day'], 201])
})
