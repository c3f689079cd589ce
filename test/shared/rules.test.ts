import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standingSpans, type Span } from '@lastmile/shared/chain'
import { coverageShare } from '@lastmile/shared/coverage'
import { dayNumber, dayOfNumber, endOfTime } from '@lastmile/shared/day'
import { standingOf, standings } from '@lastmile/shared/standing'
import { certaintyOf, negativeStates, stateCode, statePrecedence, states, unknownStates, type State } from '@lastmile/shared/state'
import { statuses } from '@lastmile/shared/status'

describe('states do not fold into one another', () => {
  test('only "in stock" is a yes; unknown is neither yes nor no', () => {
    expect(states.filter((state) => certaintyOf(state) === 'yes')).toEqual(['in_stock'])
    expect(states.filter((state) => certaintyOf(state) === 'no')).toEqual([...negativeStates])
    expect(states.filter((state) => certaintyOf(state) === 'unknown')).toEqual([...unknownStates])
  })

  test('"not known" is not zero', () => expect(certaintyOf('not_known')).toBe('unknown'))
  test('every status is a state, and time and silence add two', () => expect(states).toEqual([...statuses, 'stale', 'not_reported']))
  test('each state has its place when an institution is looked at over all drugs', () => expect([...statePrecedence].sort()).toEqual([...states].sort()))
})

describe('a share is a range', () => {
  test('low takes unknown as no, high as yes', () => {
    expect(coverageShare({ institutions: 10, stocked: 4, no: 3, unknown: 3 })).toEqual({ low: 0.4, high: 0.7 })
  })

  test('under five eligible they are named, and no share is shown', () => {
    expect(coverageShare({ institutions: 4, stocked: 4, no: 0, unknown: 0 })).toBeNull()
    expect(coverageShare({ institutions: 5, stocked: 5, no: 0, unknown: 0 })).toEqual({ low: 1, high: 1 })
    expect(coverageShare({ institutions: 0, stocked: 0, no: 0, unknown: 0 })).toBeNull()
  })

  test('it lies between 0 and 1, and is as wide as the unknown', () => {
    fc.assert(fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (stocked, no, unknown) => {
      const institutions = stocked + no + unknown
      const share = coverageShare({ institutions, stocked, no, unknown })
      expect(share === null).toBe(institutions < 5)
      if (!share) return
      expect(share.low).toBeGreaterThanOrEqual(0)
      expect(share.high).toBeLessThanOrEqual(1)
      expect(share.high - share.low).toBeCloseTo(unknown / institutions)
    }))
  })
})

describe('the standing of a pair across kinds of evidence', () => {
  const standing = (declared: State | null, confirmed: State | null, supplied = false, everDeclared = declared === 'in_stock') => standingOf({ declared, confirmed, supplied, everDeclared })

  test('a confirmation outweighs everything', () => {
    expect(standing('out_of_stock', 'in_stock')).toBe('confirmed')
    expect(standing('in_stock', 'in_stock', true)).toBe('confirmed')
  })

  test('a supply seen at an institution that the company never declared is a finding of its own', () => {
    expect(standing(null, null, true)).toBe('supplied_never_declared')
    expect(standing('out_of_stock', null, true, false)).toBe('supplied_never_declared')
    expect(standing('stale', null, true, true)).toBe('supplied')
    expect(standing('in_stock', 'out_of_stock', true)).toBe('supplied')
  })

  test('the company’s word alone, and the company contradicted', () => {
    expect(standing('in_stock', null)).toBe('declared_only')
    expect(standing('in_stock', 'stale')).toBe('declared_only')
    expect(standing('in_stock', 'not_known')).toBe('declared_only')
    expect(standing('in_stock', 'not_carried')).toBe('contradicted')
  })

  test('somebody says no, nobody says yes', () => {
    expect(standing(null, 'not_carried')).toBe('absent')
    expect(standing('discontinued', null)).toBe('absent')
  })

  test('what was said is stale, not known or withdrawn: unknown, not absent', () => {
    for (const state of unknownStates) {
      expect(standing(state, null)).toBe('unknown')
      expect(standing(null, state)).toBe('unknown')
    }
  })

  test('of a pair of which nobody ever said anything there is no standing', () => expect(standing(null, null)).toBeNull())

  test('it changes on the day on which one kind of evidence changes', () => {
    const span = (from: string, state: State, to = endOfTime): Span => ({ from: dayNumber(from), to: dayNumber(to), state: stateCode(state), report: 1, line: 1 })
    const over = standingSpans([span('2026-01-10', 'in_stock', '2026-02-25'), span('2026-02-25', 'stale')], [span('2026-02-01', 'out_of_stock')], [span('2026-03-01', 'in_stock')])
    expect(over.map(({ from, state: one }) => `${dayOfNumber(from)} ${standings[one]}`)).toEqual(['2026-01-10 declared_only', '2026-02-01 contradicted', '2026-02-25 absent', '2026-03-01 supplied'])
  })
})
