import { describe, expect, test } from 'vitest'
import { movedRungs, movesOf, nothingSaid } from '@lastmile/shared/company-moves'
import type { PairSaid } from '@lastmile/shared/contradiction'
import { dropOffSets, dropOffSetsOf } from '@lastmile/shared/drop-off'
import { nextSteps, type NextFacts } from '@lastmile/shared/next-step'
import { noState, stateCode, states } from '@lastmile/shared/state'
import type { Rung, RungState } from '@lastmile/shared/rung'
import { afterVisit, dayOfVisit } from '@lastmile/shared/visit'

/* What a company's home is made of: sets of pairs, what moved, whom it was told when, and what to do next. */

const said = (declared: string | null, confirmed: string | null, supplied: number | null = null, firstDeclared: number | null = declared === null ? null : 1): PairSaid => ({
  declared: declared === null ? noState : stateCode(declared as 'in_stock'), confirmed: confirmed === null ? noState : stateCode(confirmed as 'in_stock'), supplied, firstDeclared,
})

describe('where pairs drop off', () => {
  test.each([
    [said('in_stock', 'in_stock', 5), ['declared', 'confirmed', 'supplied']], [said('in_stock', 'in_stock'), ['declared', 'confirmed', 'unsupplied']],
    [said('in_stock', 'not_carried'), ['declared', 'refuted']], [said('in_stock', 'out_of_stock', 5), ['declared', 'refuted', 'supplied_unconfirmed']],
    [said('in_stock', null), ['declared', 'unconfirmed']], [said('in_stock', 'stale'), ['declared', 'unconfirmed']], [said('in_stock', 'not_known', 5), ['declared', 'unconfirmed', 'supplied_unconfirmed']],
    [said(null, 'in_stock', 5), ['never_declared']], [said('out_of_stock', null, 5, null), ['never_declared']], [said('stale', 'in_stock', 5), []], [said(null, 'in_stock'), []],
  ])('%j is in %j', (pair, sets) => {
    expect(dropOffSetsOf(pair)).toEqual(sets)
  })

  test('of all that can be said: each step lies within the one before it, and what is lost between two steps is told in sets that do not overlap', () => {
    const all = [null, ...states].flatMap((declared) => [null, ...states].flatMap((confirmed) => [null, 3].flatMap((supplied) => [null, 1].map((first) => said(declared, confirmed, supplied, declared === 'in_stock' ? 1 : first)))))
    const count = Object.fromEntries(dropOffSets.map((set) => [set, all.filter((pair) => dropOffSetsOf(pair).includes(set)).length])) as Record<(typeof dropOffSets)[number], number>
    expect(count.confirmed + count.refuted + count.unconfirmed).toBe(count.declared)
    expect(count.supplied + count.unsupplied).toBe(count.confirmed)
    expect(all.every((pair) => !dropOffSetsOf(pair).includes('supplied') || dropOffSetsOf(pair).includes('confirmed'))).toBe(true)
    expect(Object.values(count).every((one) => one > 0)).toBe(true)
  })
})

test('what moved of a pair: each kind of evidence by itself, and contradictions that came and went', () => {
  expect(movesOf(nothingSaid, said('in_stock', null))).toEqual({ gained: ['declared'], lost: [], contradictions: [] })
  expect(movesOf(said('in_stock', null), said('stale', 'in_stock', 9))).toEqual({ gained: ['confirmed', 'supplied'], lost: ['declared'], contradictions: [] })
  expect(movesOf(said('in_stock', null), said('in_stock', 'not_carried'))).toEqual({ gained: [], lost: [], contradictions: ['refuted'] })
  expect(movesOf(said('in_stock', 'not_carried'), said('in_stock', 'in_stock'))).toEqual({ gained: ['confirmed'], lost: [], contradictions: ['settled'] })
  expect(movesOf(nothingSaid, said(null, null, 4))).toEqual({ gained: ['supplied'], lost: [], contradictions: ['undeclared'] })
  expect(movesOf(said(null, null, 4), said('in_stock', null, 4))).toEqual({ gained: ['declared'], lost: [], contradictions: ['settled'] })
})

test('a step of a ladder is reached or lost wherever it lies, also below the highest that is held', () => {
  const rungs = (...states: string[]) => states.map((one) => { const [rung, state] = one.split(' '); return { rung: rung as Rung, state: state as RungState } })
  const moved = (before: ReturnType<typeof rungs>, after: ReturnType<typeof rungs>) => movedRungs(before, after).map(({ rung, reached, from, to }) => `${reached ? '+' : '-'} ${rung} ${from} ${to}`)
  expect(moved(rungs('platform_listed no', 'admitted yes', 'stocked yes', 'supplied yes'), rungs('platform_listed yes', 'admitted not_known', 'stocked conditional', 'supplied yes'))).toEqual(['+ platform_listed no yes', '- admitted yes not_known'])
  // What changes and is no step for a patient, and what a province does beside, moves nothing; of what was not looked at nothing was known.
  expect(moved(rungs('platform_listed no', 'special_fund no'), rungs('platform_listed not_known', 'special_fund yes'))).toEqual([])
  expect(moved([], rungs('stocked yes', 'supplied no'))).toEqual(['+ stocked not_known yes'])
})

describe('since when it is told what moved', () => {
  const zone = 'Asia/Shanghai'
  test('to who comes first, of the last thirty days; all day long of the same; on a later day, since the last look', () => {
    const first = afterVisit(null, '2026-06-30T04:00:00.000Z', zone, null)
    expect(first).toEqual({ since: '2026-05-30T16:00:00.000Z', lastAt: '2026-06-30T04:00:00.000Z' })
    // Of a list that stands still, the last thirty days of its own.
    expect(afterVisit(null, '2026-11-27T04:00:00.000Z', zone, null, '2026-06-30').since).toBe(first.since)
    const again = afterVisit(first, '2026-06-30T15:59:00.000Z', zone, null)
    expect(again).toEqual({ since: first.since, lastAt: '2026-06-30T15:59:00.000Z' })
    // A minute later it is the first of July in Shanghai.
    expect(afterVisit(again, '2026-06-30T16:00:00.000Z', zone, null)).toEqual({ since: again.lastAt, lastAt: '2026-06-30T16:00:00.000Z' })
  })

  test('who says that he has seen it is told anew from when he looked, the same day too and the next; never backwards, nor beyond now', () => {
    const looked = { since: '2026-06-01T00:00:00.000Z', lastAt: '2026-06-30T04:00:00.000Z' }
    // He looked at five and says so at six: what came between he has not seen.
    const seen = afterVisit(looked, '2026-06-30T06:00:00.000Z', zone, '2026-06-30T05:00:00.000Z')
    expect(seen).toEqual({ since: '2026-06-30T05:00:00.000Z', lastAt: '2026-06-30T05:00:00.000Z' })
    expect(afterVisit(seen, '2026-06-30T07:00:00.000Z', zone, null).since).toBe(seen.since)
    expect(afterVisit(seen, '2026-07-01T04:00:00.000Z', zone, null).since).toBe(seen.since)
    // An older window says so later; and a clock that is ahead.
    expect(afterVisit(seen, '2026-06-30T08:00:00.000Z', zone, '2026-06-30T03:00:00.000Z')).toEqual(seen)
    expect(afterVisit(seen, '2026-06-30T08:00:00.000Z', zone, '2026-07-30T03:00:00.000Z').since).toBe('2026-06-30T08:00:00.000Z')
    expect(afterVisit({ ...seen, lastAt: '2026-06-30T09:00:00.000Z' }, '2026-06-30T08:00:00.000Z', zone, null).lastAt).toBe('2026-06-30T09:00:00.000Z')
  })

  test('the day of a look is never after a list\'s own today', () => {
    expect([dayOfVisit('2026-11-27T00:00:00.000Z', zone, '2026-06-30'), dayOfVisit('2026-06-01T16:00:00.000Z', zone, '2026-06-30')]).toEqual(['2026-06-30', '2026-06-02'])
  })
})

describe('what a company does best next', () => {
  const nothing: NextFacts = { reports: [], letters: [], pairs: [], gaps: [], answered: [] }
  const name = { zh: '甲', en: 'A' }
  const report = (state: 'missing' | 'expected' | 'returned', days: number, period = '2026-05') => ({ source: 'maker', sourceName: name, period, state, dueOn: '2026-06-10', days, report: null })

  test('what has a day that passed first, then what is due, then what is lost, then what could be won', () => {
    const steps = nextSteps({
      reports: [report('expected', 5, '2026-06'), report('missing', 20), report('returned', 0, '2026-04')],
      letters: [{ case: '2026-2', notice: 'b', dueOn: '2026-07-03', workingDaysLeft: 3 }, { case: '2026-1', notice: 'a', dueOn: '2026-06-26', workingDaysLeft: -2 }],
      pairs: [{ drug: 'alpha', refuted: 2, undeclared: 3, unconfirmed: 7, soon: { pairs: 4, on: '2026-07-05' } }, { drug: 'beta', refuted: 5, undeclared: 0, unconfirmed: 0, soon: null }],
      gaps: [{ drug: 'alpha', region: '100000', acts: ['supply', 'list'], population: 5_000_000 }, { drug: 'alpha', region: '200000', acts: ['apply', 'list'], population: 3_000_000 }, { drug: 'beta', region: '300000', acts: ['confirm'], population: 9 }, { drug: 'beta', region: '100000', acts: ['apply'], population: null }],
      answered: [{ request: '2026-7', drug: 'alpha' }],
    })
    expect(steps.map(({ kind, number, drug, act }) => [kind, number, drug, act].filter((one) => one !== null).join(' '))).toEqual([
      'letter_overdue 2', 'report_overdue 20', 'letter_due 3', 'report_returned 1', 'refuted 5 beta', 'refuted 2 alpha', 'stale_soon 4 alpha', 'report_due 5', 'undeclared 3 alpha',
      'gap 1 alpha supply', 'gap 1 alpha apply', 'gap 1 beta apply', 'unconfirmed 7 alpha', 'request_answered 1 alpha',
    ])
    expect(steps.filter(({ kind }) => kind === 'gap').map(({ regions, residents, residentsKnown }) => [regions, residents, residentsKnown])).toEqual([[['100000'], 5_000_000, 1], [['200000'], 3_000_000, 1], [['100000'], null, 0]])
  })

  test('residents of units of which some are not known are told as those of the known, with how many these are', () => {
    const gap = (region: string, population: number | null) => ({ drug: 'alpha', region, acts: ['supply' as const], population })
    const steps = nextSteps({ reports: [], letters: [], pairs: [], answered: [], gaps: [gap('100000', 5_000_000), gap('660000', null), gap('200000', 3_000_000)] })
    expect(steps.map(({ number, residents, residentsKnown }) => [number, residents, residentsKnown])).toEqual([[3, 8_000_000, 2]])
  })

  test('a report that is due in more than a week is not told; a gap that others must close is none of the company\'s', () => {
    expect(nextSteps({ ...nothing, reports: [report('expected', 8)], gaps: [{ drug: 'alpha', region: '100000', acts: ['admit', 'report'], population: 1 }] })).toEqual([])
    expect(nextSteps(nothing)).toEqual([])
  })

  test('of two letters the one with fewer days left is first; of two overdue the older', () => {
    const letter = (code: string, workingDaysLeft: number) => ({ case: code, notice: code, dueOn: '2026-07-01', workingDaysLeft })
    expect(nextSteps({ ...nothing, letters: [letter('a', 4), letter('b', 0), letter('c', -1), letter('d', -9)] }).map((one) => one.case)).toEqual(['d', 'c', 'b', 'a'])
  })
})
