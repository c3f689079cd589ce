import { describe, expect, test } from 'vitest'
import { hasFallen, usualAlerting } from '@lastmile/shared/alerting'
import { endOfDays } from '@lastmile/shared/day'
import { actorsOf, actsOn, gapClassOf } from '@lastmile/shared/gap-act'
import { endToldOn, toldOf, type Stretch } from '@lastmile/shared/gap-episode'
import { isOwn, speaksOfIt, type Happened } from '@lastmile/shared/subscription'

const smoothing = { opensAfterDays: 3, sameWithinDays: 7 }
const told = (...stretches: [number, number][]) => toldOf(stretches.map(([from, to]): Stretch => ({ from, to })), smoothing).map(({ from, to, toldOn }) => [from, to, toldOn])

describe('what is told of gaps that come and go', () => {
  test('one is told once it has lasted three days, and is there on the day after', () => {
    expect(told([10, 13])).toEqual([])
    expect(told([10, 14])).toEqual([[10, 14, 13]])
    expect(told([10, endOfDays])).toEqual([[10, endOfDays, 13]])
  })
  test('one that comes back within a week is the same, told once', () => {
    expect(told([10, 20], [26, 40])).toEqual([[10, 40, 13]])
    expect(told([10, 20], [27, 40])).toEqual([[10, 20, 13], [27, 40, 30]])
  })
  test('one that flickers is told when it first lasts, or never', () => {
    expect(told([10, 11], [12, 13], [14, 15], [16, 17])).toEqual([])
    expect(told([10, 11], [12, 13], [14, 30])).toEqual([[10, 30, 17]])
  })
  test('that it has ended is told when it has stayed away for a week', () => {
    expect([endToldOn({ from: 10, to: 20 }, smoothing), endToldOn({ from: 10, to: endOfDays }, smoothing)]).toEqual([27, null])
  })
  test('a list can tell of all at once', () => {
    expect(toldOf([{ from: 10, to: 11 }, { from: 11, to: 12 }], { opensAfterDays: 0, sameWithinDays: 0 })).toHaveLength(2)
  })
})

describe('what kind of gap it is, and who can act', () => {
  test('a missing report opens no gap in supply, whatever the reason is called', () => {
    for (const evidence of ['declared', 'confirmed'] as const) {
      for (const reason of ['not_reported', 'not_known', 'stale'] as const) expect(gapClassOf({ reason, evidence, couldBeMet: false })).toBe('reporting')
      expect(gapClassOf({ reason: 'too_few', evidence, couldBeMet: true })).toBe('reporting')
    }
    expect(gapClassOf({ reason: 'not_reported', evidence: 'supplied', couldBeMet: false }), 'no sale seen is nobody\'s report').toBe('evidence')
  })
  test('out of stock is for the company, never admitted for the committee, carried nowhere for the platform too', () => {
    const said = { class: 'supply' as const, reason: 'nobody_stocks' as const, evidence: 'confirmed' as const, inStock: 0, onOrder: 0, outOfStock: 0, notCarried: 0 }
    expect(actsOn({ ...said, outOfStock: 2 })).toEqual(['supply'])
    expect(actsOn({ ...said, notCarried: 2 })).toEqual(['apply', 'list', 'admit'])
    expect(actsOn({ ...said, outOfStock: 1, notCarried: 2 })).toEqual(['supply', 'apply', 'admit'])
    expect(actorsOf(actsOn({ ...said, notCarried: 2 }))).toEqual(['company', 'province', 'hospital'])
    expect([actsOn({ ...said, class: 'reporting', evidence: 'declared' }), actsOn({ ...said, class: 'reporting' })]).toEqual([['declare'], ['report']])
  })
})

test('coverage has fallen where it is fewer by so many and by so large a part', () => {
  expect([hasFallen(usualAlerting.fall, 100, 85), hasFallen(usualAlerting.fall, 100, 80), hasFallen(usualAlerting.fall, 10, 6), hasFallen(usualAlerting.fall, 10, 5), hasFallen(usualAlerting.fall, 0, 0)]).toEqual([false, true, false, true, false])
})

test('who hears of what: what he subscribes to, of what is his', () => {
  const happened: Happened = { event: 'gap_opened', evidence: 'declared', drugs: ['alpha'], company: 'acme', unit: '100000', acts: ['supply'] }
  const all = { evidence: 'declared' as const, events: ['gap_opened' as const], drug: null, region: null, company: null }
  expect([all, { ...all, drug: 'alpha', region: '100000' }, { ...all, drug: 'beta' }, { ...all, region: '200000' }, { ...all, evidence: 'confirmed' as const }, { ...all, events: ['gap_closed' as const] }].map((one) => speaksOfIt(one, happened))).toEqual([true, true, false, false, false, false])
  expect(isOwn({ of: 'company', company: 'bestco' }, happened)).toBe(false)
  expect(isOwn({ of: 'city', unit: '100000', city: '100100' }, happened)).toBe(true)
  expect(isOwn({ of: 'insurer', insurer: 'mutual' }, happened)).toBe(false)
})
