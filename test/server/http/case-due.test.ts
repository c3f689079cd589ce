import { describe, expect, test } from 'vitest'
import { CasesAnswer } from '@lastmile/shared/case-answer'
import { answer, caseIn, caseOffice, casesPath, codeIn, does, looks, opens, post, told } from './case-office.js'
import type { Door } from './door.js'

/* What time brings to supervision cases, and how they are found. */

const rows = async (door: Door, query = '') => CasesAnswer.parse(await door.read(`${casesPath}${query}`)).rows

describe('what is due', () => {
  test('is told two working days before, on the day after, and each step of the ladder once; of what decides an officer is told, and takes it', async () => {
    const office = await caseOffice()
    const { operator, acme } = office.doors
    const { cases: [code] } = await opens(office.doors.north, ['alpha 100000'])
    const { notice, version } = await does(office.doors.north, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
    await does(office.doors.north, `/${code}/notices/${notice}/sending`, {}, version)
    const news = async (door: Door) => (await told(door)).map((one) => one.split(' ')[0])
    const on = async (day: string) => {
      office.at(day)
      await office.look()
      await office.look()
      return [await news(acme), await news(office.doors.north), await news(operator)]
    }
    // Due on Tuesday 14 July.
    expect(await on('2026-07-09')).toEqual([['notice_sent'], [], []])
    expect(await on('2026-07-10')).toEqual([['notice_due_soon', 'notice_sent'], [], []])
    expect((await on('2026-07-14'))[0]).toEqual(['notice_due_soon', 'notice_sent'])
    expect(await on('2026-07-15')).toEqual([['case_escalated', 'notice_overdue', 'notice_due_soon', 'notice_sent'], ['case_overdue'], []])
    expect((await on('2026-07-17'))[2]).toEqual(['case_escalated'])
    expect((await on('2026-07-20'))[1]).toEqual(['case_overdue'])
    const due = await on('2026-07-21')
    expect(due[1]).toEqual(['case_step_due', 'case_overdue'])
    const { case: row, events, may } = await looks(office.doors.north, code!)
    expect([row.steps, row.stepDue, row.workingDaysLeft, may.includes('escalate'), events.slice(-2).map(({ kind, by, detail }) => [kind, by, detail.step])]).toEqual([['remind', 'regulator'], 'interview', -5, true, [['escalate', 'day', 'remind'], ['escalate', 'day', 'regulator']]])
    expect((await rows(operator, '?due=step')).map((one) => one.code)).toEqual([code])
    expect(CasesAnswer.parse(await operator.read(casesPath)).counts).toEqual({ open: 0, notified: 1, answered: 0, closed: 0, overdue: 1, soon: 0, step: 1 })
    expect(await codeIn(await post(office.doors.north, `/${code}/escalation`, { step: 'remind', reason: 'late' }, row.version))).toEqual([409, 'case.step_not_due'])
    await does(office.doors.north, `/${code}/escalation`, { step: 'interview', reason: 'no word for a week' }, row.version)
    expect((await looks(office.doors.north, code!)).case.steps).toEqual(['remind', 'regulator', 'interview'])
    expect(await codeIn(await post(office.doors.north, `/${code}/escalation`, { step: 'interview', reason: 'again' }, row.version + 1))).toEqual([409, 'case.step_not_due'])
    // Its addressee hears of it, and an answer ends it all.
    await does(acme, `/${code}/notices/${notice}/answer`, answer)
    expect((await told(acme)).filter((one) => !one.endsWith('(done)'))).toEqual([])
    expect((await looks(office.doors.north, code!)).case).toMatchObject({ state: 'answered', dueOn: null, workingDaysLeft: null })
  })

  test('of its own case the national regulator is not told by a step of the ladder: the officer decides next after the reminder', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code } = await caseIn(office, 'sent')
    office.at('2026-07-21')
    await office.look()
    const { case: row, ladder } = await looks(operator, code)
    expect([row.steps, row.stepDue, ladder.map((step) => step.code)]).toEqual([['remind'], 'interview', ['remind', 'interview']])
    expect((await rows(operator, '?due=step')).map((one) => one.code)).toEqual([code])
    await does(operator, `/${code}/escalation`, { step: 'interview', reason: 'no word for a week' }, row.version)
    expect((await looks(operator, code)).case).toMatchObject({ steps: ['remind', 'interview'], stepDue: null })
  })

  test('a list of cases is found by what is due, filtered, ordered, and taken along', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    await caseIn(office, 'sent')
    office.at('2026-07-01')
    await opens(operator, ['gamma 100000', 'alpha 200000'], { by: 'province' })
    const codes = async (query: string) => (await rows(operator, query)).map(({ code }) => code)
    expect([await codes(''), await codes('?sort=age-down'), await codes('?sort=code-up'), await codes('?state=open'), await codes('?drug=alpha&region=200000'), await codes('?company=bestco'), await codes('?office=national&evidence=declared'), await codes('?office=100000')]).toEqual([['2026-1', '2026-3', '2026-2'], ['2026-1', '2026-3', '2026-2'], ['2026-1', '2026-2', '2026-3'], ['2026-3', '2026-2'], ['2026-3'], ['2026-2'], [], []])
    const csv = await (await operator.ask(`${casesPath}?format=csv`)).text()
    expect(csv.split('\r\n')[1]).toMatch(/^2026-1,notified,national,drug,alpha,confirmed,alpha,100000,1,0,2026-06-30,2026-06-30,,1,2026-07-14,9,,,/)
    expect((await operator.ask(`${casesPath}/2026-1?format=xlsx`)).headers.get('content-disposition')).toContain('case-2026-1')
  })
})
