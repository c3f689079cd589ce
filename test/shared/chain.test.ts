import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstSupply, likelier, pairSpans, type Saying, type Snapshot, type Span } from '@lastmile/shared/chain'
import { addDays, dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { stateCode, states, type State } from '@lastmile/shared/state'
import { statuses, type Status } from '@lastmile/shared/status'

/* Source 1 is the province, source 2 the hospital itself. Reports are numbered in the order in which they were accepted. */

/** A span in words. */
interface Told { from: Day; to: Day; state: State; report: number; line: number | null }

const inWords = (spans: readonly Span[]): Told[] => spans.map(({ from, to, state, report, line }) => ({ from: dayOfNumber(from), to: dayOfNumber(to), state: states[state]!, report, line: line || null }))
const says = (report: number, asOf: Day, status: Status, day = asOf, source = 1): Saying => ({ source, report, line: report * 10, status: stateCode(status), day: dayNumber(day), asOf: dayNumber(asOf), order: report })
const leavesOut = (report: number, asOf: Day, source = 1): Snapshot => ({ source, report, asOf: dayNumber(asOf), order: report })
const open: { opened: Day | null; closed: Day | null } = { opened: null, closed: null }
const number = (day: Day | null) => (day === null ? null : dayNumber(day))
const spansOf = (sayings: Saying[], snapshots: Snapshot[] = [], opening = open) => pairSpans(sayings, snapshots, 45, { opened: number(opening.opened), closed: number(opening.closed) })
const spans = (sayings: Saying[], snapshots: Snapshot[] = [], opening = open) => inWords(spansOf(sayings, snapshots, opening))
const spanOn = (own: readonly Told[], day: Day) => own.find((span) => span.from <= day && day < span.to) ?? null
/** Spans as text: `2026-01-31 in_stock 1`, from, state and report, then where nothing holds any more. */
const told = (of: readonly Told[]) => of.map((span) => `${span.from} ${span.state} ${span.report}`)

describe('a statement holds until its source’s next one', () => {
  test('a word a month, each holds until the next', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock'), says(2, '2026-02-28', 'out_of_stock'), says(3, '2026-03-31', 'in_stock')])
    expect(told(own)).toEqual(['2026-01-31 in_stock 1', '2026-02-28 out_of_stock 2', '2026-03-31 in_stock 3', '2026-05-16 stale 3'])
  })

  test('it counts from its own day, the day before nothing is known', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock', '2026-01-20')])
    expect(spanOn(own, '2026-01-19')).toBeNull()
    expect(spanOn(own, '2026-01-20')).toMatchObject({ state: 'in_stock', report: 1, line: 10 })
  })

  test('the report that arrives late is put where its day belongs', () => {
    const own = spans([says(1, '2026-02-28', 'in_stock'), says(2, '2026-01-31', 'out_of_stock')])
    expect(told(own)).toEqual(['2026-01-31 out_of_stock 2', '2026-02-28 in_stock 1', '2026-04-15 stale 1'])
  })

  test('of two words for one day the one accepted later counts', () => {
    expect(told(spans([says(2, '2026-01-31', 'out_of_stock'), says(1, '2026-01-31', 'in_stock')]))[0]).toBe('2026-01-31 out_of_stock 2')
  })
})

describe('a statement grows stale', () => {
  test('it is fresh on the 45th day and stale on the 46th', () => {
    const own = spans([says(1, '2026-01-01', 'in_stock')])
    expect(spanOn(own, '2026-02-15')?.state).toBe('in_stock')
    expect(spanOn(own, '2026-02-16')?.state).toBe('stale')
    expect(own.at(-1)?.to).toBe('9999-12-31')
  })

  test('a word that says no grows stale as well', () => {
    expect(told(spans([says(1, '2026-01-01', 'not_carried')])).at(-1)).toBe('2026-02-16 stale 1')
  })

  test('an old day restated in a new report stays old, and stale', () => {
    const own = spans([says(1, '2026-01-01', 'in_stock'), says(2, '2026-03-31', 'in_stock', '2026-01-01')])
    expect(told(own)).toEqual(['2026-01-01 in_stock 2', '2026-02-16 stale 2'])
  })
})

describe('a pair left out of the next snapshot is not reported, which is not "no"', () => {
  test('from the as-of day of the snapshot that leaves it out', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock')], [leavesOut(2, '2026-02-28')])
    expect(told(own)).toEqual(['2026-01-31 in_stock 1', '2026-02-28 not_reported 2'])
    expect(own[1]).toMatchObject({ line: null, to: '9999-12-31' })
  })

  test('a snapshot before its first mention says nothing of it', () => {
    expect(told(spans([says(2, '2026-02-28', 'in_stock')], [leavesOut(1, '2026-01-31')]))).toEqual(['2026-02-28 in_stock 2', '2026-04-15 stale 2'])
  })

  test('it ends on the day that the source then states', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock'), says(3, '2026-03-31', 'in_stock', '2026-03-10')], [leavesOut(2, '2026-02-28')])
    expect(told(own)).toEqual(['2026-01-31 in_stock 1', '2026-02-28 not_reported 2', '2026-03-10 in_stock 3', '2026-04-25 stale 3'])
  })

  test('an old day restated ends it only on the day of the report that restates it', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock'), says(3, '2026-03-10', 'in_stock', '2026-01-31')], [leavesOut(2, '2026-02-28')])
    expect(told(own)).toEqual(['2026-01-31 in_stock 3', '2026-02-28 not_reported 2', '2026-03-10 in_stock 3', '2026-03-18 stale 3'])
  })

  test('two snapshots leave it out and a later report restates a day between them: it was there between, and missing after', () => {
    const own = spans([says(1, '2026-01-10', 'in_stock'), says(4, '2026-03-31', 'in_stock', '2026-02-15')], [leavesOut(2, '2026-01-31'), leavesOut(3, '2026-02-20')])
    expect(told(own)).toEqual(['2026-01-10 in_stock 1', '2026-01-31 not_reported 2', '2026-02-15 in_stock 4', '2026-02-20 not_reported 3', '2026-03-31 in_stock 4', '2026-04-02 stale 4'])
  })

  test('a day observed within an absence counts from that day, though a report in between named a later one', () => {
    const own = spans([says(1, '2026-01-10', 'in_stock'), says(3, '2026-03-01', 'in_stock'), says(4, '2026-03-31', 'out_of_stock', '2026-02-10')], [leavesOut(2, '2026-01-31')])
    expect(told(own).slice(0, 4)).toEqual(['2026-01-10 in_stock 1', '2026-01-31 not_reported 2', '2026-02-10 out_of_stock 4', '2026-03-01 in_stock 3'])
  })

  test('one source never retracts another’s statement', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock', '2026-01-31', 1), says(2, '2026-01-15', 'in_stock', '2026-01-15', 2)], [leavesOut(3, '2026-02-10', 1)])
    expect(spanOn(own, '2026-02-10')).toMatchObject({ state: 'in_stock', report: 2 })
    expect(told(spans([says(1, '2026-01-31', 'in_stock', '2026-01-31', 1)], [leavesOut(2, '2026-02-28', 2)]))).not.toContain('2026-02-28 not_reported 2')
  })
})

describe('where institution and province both confirm', () => {
  test('the latest day counts, whoever was accepted last', () => {
    const own = spans([says(1, '2026-02-10', 'out_of_stock', '2026-02-10', 2), says(2, '2026-02-28', 'in_stock', '2026-02-01', 1)])
    expect(spanOn(own, '2026-02-28')).toMatchObject({ state: 'out_of_stock', report: 1 })
  })

  test('of one day, the latest acceptance', () => {
    const own = spans([says(1, '2026-02-10', 'out_of_stock', '2026-02-10', 2), says(2, '2026-02-10', 'in_stock', '2026-02-10', 1)])
    expect(spanOn(own, '2026-02-10')).toMatchObject({ state: 'in_stock', report: 2 })
  })

  test('the pair is not reported once both have left it out', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock', '2026-01-31', 1), says(2, '2026-01-31', 'in_stock', '2026-01-31', 2)], [leavesOut(3, '2026-02-10', 1), leavesOut(4, '2026-02-20', 2)])
    expect(told(own)).toEqual(['2026-01-31 in_stock 2', '2026-02-20 not_reported 4'])
  })
})

describe('an institution that is not open counts nowhere', () => {
  test('from the day it closes it has no state', () => {
    const own = spans([says(1, '2026-01-31', 'in_stock')], [], { opened: null, closed: '2026-02-10' })
    expect(own).toEqual([{ from: '2026-01-31', to: '2026-02-10', state: 'in_stock', report: 1, line: 10 }])
  })

  test('what was said before it opened counts from its opening', () => {
    expect(told(spans([says(1, '2026-01-31', 'in_stock')], [], { opened: '2026-02-05', closed: null }))[0]).toBe('2026-02-05 in_stock 1')
  })
})

describe('a supply is an event, of which the first counts', () => {
  const events = [{ day: '2026-03-05', report: 2, line: 4 }, { day: '2026-01-20', report: 1, line: 2 }, { day: '2025-12-30', report: 1, line: 3 }].map((one) => ({ ...one, day: dayNumber(one.day) }))
  const since = (day: Day) => firstSupply(events, dayNumber(day))

  test('it counts from the first one since the list came into force', () => {
    expect(since('2026-01-01')).toEqual({ day: dayNumber('2026-01-20'), report: 1, line: 2 })
  })

  test('since a later day, only later ones count', () => {
    expect(since('2026-02-01')).toMatchObject({ report: 2 })
    expect(since('2026-03-06')).toBeNull()
  })
})

describe('an institution over all drugs', () => {
  const shows = (...drugs: State[]) => states[drugs.map(stateCode).reduce(likelier)]

  test('it stocks while any drug is stocked, and is unknown before it is a no', () => {
    expect(shows('out_of_stock', 'not_known', 'in_stock')).toBe('in_stock')
    expect(shows('out_of_stock', 'not_known')).toBe('not_known')
    expect(shows('not_carried', 'out_of_stock')).toBe('out_of_stock')
  })
})

describe('whatever is said', () => {
  const day = fc.integer({ min: 0, max: 150 }).map((n) => addDays('2026-01-01', n))
  const sayings = fc.array(fc.record({ source: fc.integer({ min: 1, max: 3 }), status: fc.constantFrom(...statuses), asOf: day, back: fc.integer({ min: 0, max: 60 }) }), { maxLength: 8 })
    .map((all) => all.map(({ source, status, asOf, back }, i) => says(i + 1, asOf, status, addDays(asOf, -back), source)))
  const snapshots = fc.array(fc.record({ source: fc.integer({ min: 1, max: 3 }), asOf: day }), { maxLength: 6 }).map((all) => all.map(({ source, asOf }, i) => leavesOut(100 + i, asOf, source)))

  test('spans follow one another without overlap, none is empty, and no two neighbours say the same', () => {
    fc.assert(fc.property(sayings, snapshots, (said, left) => {
      const own = spans(said, left)
      for (const [i, span] of own.entries()) {
        expect(span.from < span.to).toBe(true)
        const next = own[i + 1]
        if (next) expect(next.from >= span.to).toBe(true)
        if (next?.from === span.to) expect(told([next])[0]?.slice(11) === told([span])[0]?.slice(11) && next.line === span.line).toBe(false)
      }
    }))
  })

  test('a pair once stated always has a state, and one never stated has none', () => {
    fc.assert(fc.property(sayings, snapshots, day, (said, left, on) => {
      expect(spanOn(spans(said, left), on) !== null).toBe(said.some((one) => one.day <= dayNumber(on)))
    }))
  })

  test('the order in which statements are read makes no difference', () => {
    fc.assert(fc.property(sayings, snapshots, (said, left) => {
      expect(spans([...said].reverse(), [...left].reverse())).toEqual(spans(said, left))
    }))
  })

  test('a snapshot of another source changes nothing', () => {
    fc.assert(fc.property(sayings, snapshots, (said, left) => {
      expect(spans(said, [...left, leavesOut(200, '2026-03-01', 9)])).toEqual(spans(said, left))
    }))
  })
})
