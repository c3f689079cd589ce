import { describe, expect, test } from 'vitest'
import { CasesAnswer } from '@lastmile/shared/case-answer'
import { InspectionAnswer } from '@lastmile/shared/inspection'
import { listCode } from '../../support/edition.js'
import { caseIn, caseOffice, casesPath, opens } from './case-office.js'
import type { Door } from './door.js'

/* Supervision cases on sheets of the inspection pack: those of the list of cases, as far as its asker may see them there. */

const casesOn = async (door: Door, ask: string) => InspectionAnswer.parse(await door.read(`/api/lists/${listCode}/inspection?evidence=confirmed&${ask}`)).sheets[0]!.cases
const told = async (door: Door, ask: string) => {
  const cases = await casesOn(door, ask)
  return cases && [cases.isAll, cases.rows.map(({ code, state, dueOn }) => `${code} ${state} ${dueOn}`), cases.counts]
}

describe('cases on a sheet', () => {
  test('are those of its drug, company or province by state and due, as the list of cases has them', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    await caseIn(office, 'sent')
    await opens(operator, ['gamma 100000'])
    office.at('2026-07-16')
    const counts = { open: 0, notified: 1, answered: 0, closed: 0, overdue: 1 }
    expect(await told(operator, 'of=drug&code=alpha')).toEqual([true, ['2026-1 notified 2026-07-14'], counts])
    expect(await told(operator, 'of=company&code=acme')).toEqual([true, ['2026-1 notified 2026-07-14'], counts])
    expect(await told(operator, 'of=province&code=100000')).toEqual([true, ['2026-1 notified 2026-07-14', '2026-2 open null'], { ...counts, open: 1 }])
    expect(await told(operator, 'of=province&code=200000')).toEqual([true, [], { open: 0, notified: 0, answered: 0, closed: 0, overdue: 0 }])
    const listed = CasesAnswer.parse(await operator.read(`${casesPath}?region=100000`))
    expect((await casesOn(operator, 'of=province&code=100000'))!.rows.map(({ age, workingDaysLeft, gaps, met }) => [age, workingDaysLeft, gaps, met])).toEqual(listed.rows.map(({ age, workingDaysLeft, gaps, met }) => [age, workingDaysLeft, gaps, met]))
  })

  test('are told to a company and a province of themselves, as far as a letter is for them or their office keeps one, and to nobody else', async () => {
    const office = await caseOffice()
    const { operator, north, south, acme, bestco, hospital, public: stranger } = office.doors
    await caseIn(office, 'sent')
    await opens(operator, ['gamma 100000'])
    await opens(north, ['gamma 100000'])
    expect((await told(acme, 'of=company&code=acme'))!.slice(0, 2)).toEqual([false, ['2026-1 notified 2026-07-14']])
    expect((await told(acme, 'of=drug&code=alpha'))![1]).toEqual(['2026-1 notified 2026-07-14'])
    expect((await told(north, 'of=province&code=100000'))!.slice(0, 2)).toEqual([false, ['2026-3 open null']])
    for (const [door, ask] of [[bestco, 'of=company&code=acme'], [acme, 'of=province&code=100000'], [south, 'of=province&code=100000'], [north, 'of=drug&code=alpha'], [hospital, 'of=drug&code=alpha'], [stranger, 'of=drug&code=alpha']] as const) {
      expect(await casesOn(door, ask)).toBeUndefined()
    }
  })

  test('are those of today: a day before, and what was known then, has none to tell', async () => {
    const office = await caseOffice()
    await caseIn(office, 'sent')
    office.at('2026-07-02')
    expect(await casesOn(office.doors.operator, 'of=drug&code=alpha&asOf=2026-07-01')).toBeUndefined()
    expect(await casesOn(office.doors.operator, 'of=drug&code=alpha&knownOn=2026-07-01T00:00:00.000Z')).toBeUndefined()
  })
})
