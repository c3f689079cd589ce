import { expect, test } from 'vitest'
import { clockAt } from '@lastmile/server/lib/clock'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import { remindOfAll } from '@lastmile/server/messages/remind'
import type { MessagesAnswer } from '@lastmile/shared/message'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const rows = 'institution_code,drug_code,status\nH1,alpha,in_stock'

/** The list is in force from 2026-01-01 on; north owes a month's report by the tenth day after the month, and is reminded as usual. */
async function owing() {
  let now = '2026-03-01T04:00:00.000Z'
  const world = await given({ today: '2026-03-01', institutions: { H1: '100100' }, sources: Object.fromEntries(['south', 'east', 'west', 'corps', 'maker', 'locator'].map((one) => [one, { rhythm: 'irregular' as const }])) })
  const clock = clockAt(() => now)
  const services = { ...world.services, clock, lists: newKnownLists(world.services.db, clock, true) }
  const officer = doorOf(services, { role: 'province_officer', unit: '100000' })
  return {
    services, officer, on: async (day: string) => {
      now = `${day}T04:00:00.000Z`
      services.lists.forget()
      await remindOfAll(services)
    },
    told: async (door = officer) => (await door.read<MessagesAnswer>('/api/messages?sort=at-up')).messages.map(({ kind, subject: { period, dueOn, alsoMissing } }) => [kind, period, dueOn, ...(alsoMissing ?? [])].join(' ')),
  }
}

test('who owes a report is reminded before it is due and after, once, and nobody else is', async () => {
  const { services, on, told } = await owing()
  for (const day of ['2026-03-01', '2026-03-02', '2026-03-05', '2026-03-07', '2026-03-08', '2026-03-10', '2026-03-11', '2026-03-11']) await on(day)
  expect(await told()).toEqual([
    'reminder_overdue 2026-01 2026-02-10', 'reminder_overdue 2026-01 2026-02-10', 'reminder_before_due 2026-02 2026-03-10 2026-01', 'reminder_before_due 2026-02 2026-03-10 2026-01', 'reminder_overdue 2026-02 2026-03-10 2026-01',
  ])
  // Who looks after its reports is told of what is overdue.
  expect(new Set(await told(doorOf(services)))).toEqual(new Set(['source_overdue 2026-01 2026-02-10', 'source_overdue 2026-02 2026-03-10 2026-01']))
  for (const who of [{ role: 'province_officer', unit: '200000' }, { role: 'company', company: 'acme' }, { role: 'reader' }] as const) expect(await told(doorOf(services, who))).toEqual([])
})

test('who has sent it is reminded of it no more', async () => {
  const { officer, on, told } = await owing()
  await on('2026-03-01')
  const before = await told()
  for (const period of ['2026-01', '2026-02']) expect((await officer.send({ list: listCode, source: 'north', period, file: rows.replace('H1,', period === '2026-01' ? 'H1,' : ' H1,') })).status).toBe(201)
  for (const day of ['2026-03-07', '2026-03-10', '2026-03-11', '2026-03-20']) await on(day)
  expect(await told()).toEqual(before)
})

test('what was missed while no server ran is told once afterwards, as it stands then', async () => {
  const { on, told } = await owing()
  await on('2026-03-01')
  const before = await told()
  await on('2026-04-02')
  const made = (await told()).slice(before.length)
  expect(made).toEqual(['reminder_overdue 2026-02 2026-03-10 2026-01'])
  await on('2026-04-02')
  expect((await told()).length).toBe(before.length + made.length)
})
