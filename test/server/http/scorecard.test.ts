import { beforeAll, describe, expect, test } from 'vitest'
import { GapsAnswer } from '@lastmile/shared/gap'
import { LaddersAnswer } from '@lastmile/shared/ladder-answer'
import { isInSet, ReportingAnswer, type PeriodSet } from '@lastmile/shared/reporting'
import { ScorecardAnswer, ScorecardsAnswer } from '@lastmile/shared/scorecard'
import { answered } from '../../support/duties.js'
import { regions } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { decided } from '../../support/standards.js'
import { list, smallCountry, type Country } from './country.js'
import { doorOf, type Door } from './door.js'

/*
 * The scorecard of a province. Every unit but the Corps has residents; alpha and beta have a standard everywhere. In the North alpha is
 * there and beta is not; of the West nobody says anything.
 */

let doors: Record<'operator' | 'north' | 'west' | 'company', Door>
beforeAll(async () => {
  const world = await given({
    regions: { ...regions, regions: regions.regions.map((one) => (one.level === 'province' ? { ...one, population: one.population ?? 4_000_000 } : one)) },
    institutions: { H1: '100100', H2: '200100', H3: '300100', H4: '650100', P1: '100200' }, standards: [{ drug: 'alpha' }, { drug: 'beta' }], duties: [{}],
    reports: [{ source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'H1 beta not_carried', 'P1 beta not_carried'] }, { source: 'south', asOf: '2026-06-20', rows: ['H2 alpha in_stock', 'H2 beta in_stock'] }],
  })
  const { services } = world
  doors = { operator: doorOf(services), north: doorOf(services, { role: 'province_officer', unit: '100000' }), west: doorOf(services, { role: 'province_officer', unit: '650000' }), company: doorOf(services, { role: 'company', company: 'acme' }) }
})

const of = async (unit: string, door = doors.operator) => ScorecardAnswer.parse(await door.read(`${list}/scorecard/${unit}?evidence=confirmed`))

test('a unit is told which standards are met, which are not, and of which nobody knows; its duties, reports, and ladder', async () => {
  const north = await of('100000')
  expect(north.standards.map(({ drug, stand, institutions, minInstitutions }) => [drug, stand, institutions, minInstitutions])).toEqual([['alpha', 'met', 1, 1], ['beta', 'not_met', 0, 1]])
  expect(north.scores.map(({ measure, own }) => [measure, own])).toEqual([['standards', { count: 1, of: 2, unknown: expect.any(Number) }], ['completeness', expect.anything()], ['timeliness', expect.anything()], ['duties', { count: 0, of: 0, unknown: 1 }]])
  expect(north.duties!.map(({ duty, counts, isOver }) => [duty.code, counts.owed, counts.not_reported, isOver])).toEqual([['meeting', 1, 1, true]])
  expect([north.reporting.sources, north.reporting.owed > 0, north.cases]).toEqual([1, true, { open: 0, notified: 0, answered: 0, closed: 0, overdue: 0 }])
  expect(north.ladder.find(({ rung }) => rung === 'stocked')).toMatchObject({ yes: 1 })
  // Nobody says anything of the West: neither met nor not.
  expect([(await of('650000')).standards.map(({ stand }) => stand), (await of('650000')).scores[0]!.own]).toEqual([['not_known', 'not_known'], { count: 0, of: 0, unknown: 2 }])
})

test('it is compared with others of similar size, by their mean, where there are five; here there are three, so with nobody', async () => {
  const { peers, scores } = await of('100000')
  expect([peers!.map(({ code }) => code).sort(), scores.every(({ mean, band, place }) => mean === null && band === null && place === null)]).toEqual([['200000', '300000', '650000'], true])
  expect((await of('660000')).peers).toBeNull()
})

test('a province sees its own, the regulator all in the order of codes, a company none', async () => {
  const rows = async (door: Door) => ScorecardsAnswer.parse(await door.read(`${list}/scorecard?evidence=confirmed`)).rows.map(({ unit }) => unit)
  expect([await rows(doors.operator), await rows(doors.north)]).toEqual([['100000', '200000', '300000', '650000', '660000'], ['100000']])
  expect((await of('100000', doors.north)).scores.every(({ points }) => points.length === 0)).toBe(true)
  expect([(await doors.west.ask(`${list}/scorecard/100000`)).status, (await doors.company.ask(`${list}/scorecard`)).status, (await doors.operator.ask(`${list}/scorecard/999999`)).status]).toEqual([404, 404, 404])
})

test('of a past day it tells nothing of duties, which are of today', async () => {
  const past = ScorecardAnswer.parse(await doors.operator.read(`${list}/scorecard/100000?evidence=confirmed&asOf=2026-06-25`))
  const all = ScorecardsAnswer.parse(await doors.operator.read(`${list}/scorecard?evidence=confirmed&asOf=2026-06-25`))
  expect([past.duties, past.scores.map(({ measure }) => measure), all.rows[0]!.scores.map(({ measure }) => measure)]).toEqual([null, ['standards', 'completeness', 'timeliness'], ['standards', 'completeness', 'timeliness']])
})

test('it is taken along as a file', async () => {
  const text = await (await doors.operator.ask(`${list}/scorecard/100000?evidence=confirmed&format=csv`)).text()
  expect(text).toContain('standard,beta,0,1,,,,,not_met')
  // What a company says alone stands in rows of its own.
  expect([text.includes('ladder,stocked yes,1,3'), text.includes('ladder,stocked yes_company_only,0,3')]).toEqual([true, true])
  // Of the West nobody says anything, which is no zero.
  expect(await (await doors.operator.ask(`${list}/scorecard/650000?evidence=confirmed&format=csv`)).text()).toContain('standard,alpha,,1,,,,,not_known')
  const every = await (await doors.operator.ask(`${list}/scorecard?evidence=confirmed&format=csv`)).text()
  expect(every).toContain('100000,standards,1,2')
  expect(every).toContain('650000,standards,0,0,2')
  expect([/mean of the others/.test(text), /mean of all units/.test(every)]).toEqual([true, true])
})

test('of a duty that nobody has reported nobody knows whether it is done: it is neither done nor not done, and opens apart from what is known', async () => {
  const world = await given({ institutions: { H1: '100100', H2: '100100', H3: '100200', H4: '100200' }, duties: [{}] })
  await answered(world, 'H1')
  await answered(world, 'H2', { on: '2026-03-03' })
  const door = doorOf(world.services, { role: 'operator' })
  const sheet = await of('100000', door)
  expect(sheet.scores.find(({ measure }) => measure === 'duties')!.own).toEqual({ count: 1, of: 2, unknown: 2 })
  expect(await (await door.ask(`${list}/scorecard/100000?evidence=confirmed&format=csv`)).text()).toContain('compared,duties,1,2,2')
  const behind = async (state: string) => (await door.read<{ page: { total: number } }>(`${list}/duties/meeting/institutions?region=100000&state=${state}`)).page.total
  expect([await behind('in_time'), await behind('reported'), await behind('not_reported')]).toEqual([1, 2, 2])
})

describe('every number of a scorecard has exactly the rows behind it to which the page leads, of the same unit, day and kind of evidence', () => {
  let country: Country
  beforeAll(async () => {
    country = await smallCountry()
    // Of hospitals alone, and of the eligible alone.
    await decided(country.world, 'beta', [{ kinds: ['hospital', 'pharmacy'], minInstitutions: 2 }, { from: '2026-03-01', units: ['100000', '650000'], eligibleOnly: true }], { at: '2026-03-02', why: 'a reason', author: 'An officer' })
  })
  const units = ['100000', '200000', '300000', '650000', '660000']
  const total = async (path: string) => (await country.read<{ page: { total: number } }>(`${list}/${path}`)).page.total

  test.each([['confirmed', '2026-03-31'], ['declared', '2026-03-31'], ['supplied', '2026-03-31'], ['confirmed', '2026-03-04']])('%s on %s', async (evidence, asOf) => {
    const when = `evidence=${evidence}&asOf=${asOf}`
    let counted = 0
    for (const unit of units) {
      const sheet = ScorecardAnswer.parse(await country.read(`${list}/scorecard/${unit}?${when}`))
      const score = (measure: string) => sheet.scores.find((one) => one.measure === measure)?.own ?? null
      // Institutions that a standard counts: statements, or where the eligible alone are counted, institutions.
      for (const { drug, institutions, byKind, eligibleOnly } of sheet.standards.filter(({ stand }) => stand !== 'none')) {
        const rows = async (more: string) => total(`${eligibleOnly ? 'institutions' : 'statements'}?${when}&drug=${drug}&region=${unit}&state=in_stock${eligibleOnly ? '&eligible=true' : ''}${more}`)
        if (byKind.length === 3) expect(await rows(''), `${unit} ${drug}`).toBe(institutions)
        for (const one of byKind) expect(await rows(`&kind=${one.kind}`), `${unit} ${drug} ${one.kind}`).toBe(one.institutions)
        expect(byKind.reduce((sum, one) => sum + one.institutions, 0)).toBe(institutions)
        counted += institutions!
      }
      const of = (stand: string) => sheet.standards.filter((one) => one.stand === stand).length
      expect(score('standards') ?? { count: 0, of: 0 }).toMatchObject({ count: of('met'), of: of('met') + of('not_met') })
      const gaps = GapsAnswer.parse(await country.read(`${list}/gaps?${when}&region=${unit}`))
      expect([gaps.classes.supply ?? 0, gaps.gaps.map(({ drug }) => drug).sort()]).toEqual([of('not_met'), sheet.standards.filter(({ reason }) => reason !== null).map(({ drug }) => drug).sort()])
      // Periods: those of the calendar of the unit that are in the set.
      const calendar = ReportingAnswer.parse(await country.read(`${list}/reporting?region=${unit}&asOf=${asOf}`))
      const periods = (set: PeriodSet) => calendar.rows.flatMap(({ cells }) => cells).filter((cell) => isInSet(set, cell, calendar.asOf)).length
      for (const set of ['owed', 'onTime', 'late', 'held', 'missing'] as const) expect(periods(set), `${unit} ${set}`).toBe(sheet.reporting[set])
      expect([calendar.total.sources, score('completeness')?.count ?? 0, score('timeliness')?.count ?? 0]).toEqual([sheet.reporting.sources, periods('came'), periods('onTime')])
      for (const { duty, counts } of sheet.duties ?? []) {
        expect([await total(`duties/${duty.code}/institutions?region=${unit}`), await total(`duties/${duty.code}/institutions?region=${unit}&state=in_time`), await total(`duties/${duty.code}/institutions?region=${unit}&state=not_reported`)]).toEqual([counts.owed, counts.in_time, counts.not_reported])
      }
      for (const [state, count] of Object.entries(sheet.cases ?? {})) expect(await total(`cases?region=${unit}&${state === 'overdue' ? 'due=overdue' : `state=${state}`}`)).toBe(count)
      const { ladders: rows } = LaddersAnswer.parse(await country.read(`${list}/ladders?unit=${unit}&asOf=${asOf}`))
      for (const { rung, yes, conditional, no, notKnown, company } of sheet.ladder) {
        const opened = async (state: string, word: string) => LaddersAnswer.parse(await country.read(`${list}/ladders?unit=${unit}&asOf=${asOf}&rung=${rung}&state=${state}&word=${word}`)).ladders.length
        const stands = (state: string, isCompany = false) => rows.filter(({ rungs }) => rungs.some((one) => one.rung === rung && one.state === state && (one.standing === 'unconfirmed') === isCompany)).length
        expect([stands('yes'), stands('yes', true), stands('conditional'), stands('no'), stands('not_known')], `${unit} ${rung}`).toEqual([yes, company.yes, conditional, no, notKnown])
        if (rung === 'stocked') expect([await opened('yes', 'firm'), await opened('yes', 'company')]).toEqual([yes, company.yes])
        expect(yes + conditional + no + notKnown + company.yes + company.conditional + company.no).toBe(rows.length)
      }
    }
    expect(counted).toBeGreaterThan(0)
  })
})

test('a unit without residents of its own meets a standard of reach by the centre that serves it; without one nobody knows', async () => {
  const world = await given({ institutions: { H1: '100100', H5: { at: '650100', unit: '660000' } }, reports: [{ source: 'north', asOf: '2026-06-20', rows: ['H1 alpha in_stock'] }, { source: 'hospitals', asOf: '2026-06-20', rows: ['H5 alpha not_carried', 'H5 beta in_stock'] }] })
  const reach = { km: 150, share: 90 }
  await decided(world, 'alpha', [{ reach, servedBy: [{ unit: '660000', institution: 'H1' }] }], { at: '2026-06-21', why: 'a reason', author: 'An officer' })
  await decided(world, 'beta', [{ reach }], { at: '2026-06-21', why: 'a reason', author: 'An officer' })
  const corps = await of('660000', doorOf(world.services, { role: 'operator' }))
  expect(corps.standards.map(({ drug, stand, servedBy }) => [drug, stand, servedBy?.institution])).toEqual([['alpha', 'met', 'H1'], ['beta', 'not_known', undefined]])
})
