import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipSpans, pairSpans, type Saying, type Snapshot, type Span } from '@lastmile/shared/chain'
import { endOfDays } from '@lastmile/shared/day'
import { leftOutFrom, statedFrom, trailOf, trailSpans, withStatement, type Trail } from '@lastmile/shared/trail'

/* Going on from a trail, report by report, says what computing from all reports says. */

const freshnessDays = 20
const source = fc.constantFrom(1, 2)
const report = fc.record({ source, later: fc.integer({ min: 0, max: 25 }), says: fc.option(fc.record({ back: fc.integer({ min: 0, max: 30 }), status: fc.integer({ min: 0, max: 5 }) }), { freq: 2 }), snapshot: fc.boolean() })
const opening = fc.record({ opened: fc.option(fc.integer({ min: 0, max: 60 }), { freq: 3 }), closed: fc.option(fc.integer({ min: 100, max: 200 }), { freq: 3 }) })

/** Lives through reports in the order of their as-of days; answers what was kept, what the whole says, and how often it had to be computed anew. */
function live(reports: readonly (typeof report extends fc.Arbitrary<infer One> ? One : never)[], open: { opened: number | null; closed: number | null }) {
  const sayings: Saying[] = []
  const snapshots: Snapshot[] = []
  let trail: Trail | null = null
  let past: Span[] = []
  let anew = 0
  let asOf = 50
  reports.forEach((one, order) => {
    asOf += one.later
    const id = { source: one.source, report: order + 1, asOf, order }
    const lastSnapshot = snapshots.reduce((last, other) => (other.source === one.source ? Math.max(last, other.asOf) : last), -endOfDays)
    if (one.snapshot) snapshots.push(id)
    const day = one.says ? asOf - one.says.back : asOf
    if (one.says) sayings.push({ ...id, line: 7, status: one.says.status, day })
    else if (!one.snapshot || trail === null) return
    const from = trail === null ? day : one.says ? statedFrom(trail, one.source, day, lastSnapshot) : leftOutFrom(trail, one.source, asOf)
    if (from === undefined) return
    if (from === null) {
      anew += 1
      trail = trailOf(sayings, snapshots)!
      past = clipSpans(pairSpans(sayings, snapshots, freshnessDays, open), -endOfDays, trail.from)
      return
    }
    if (trail) past.push(...clipSpans(trailSpans(trail, trail.from, freshnessDays, open), trail.from, from))
    trail = withStatement(trail ?? { from, words: [] }, { ...id, line: one.says ? 7 : 0, status: one.says?.status ?? 0, day }, from)
  })
  const kept = trail === null ? [] : [...past, ...trailSpans(trail, (trail as Trail).from, freshnessDays, open)]
  return { kept: joined(kept), whole: joined(pairSpans(sayings, snapshots, freshnessDays, open)), anew }
}

function joined(spans: readonly Span[]): string[] {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    if (last && last.to === span.from && last.state === span.state && last.report === span.report && last.line === span.line) last.to = span.to
    else result.push({ ...span })
  }
  return result.map(({ from, to, state, report: by, line }) => `${from}–${to} ${state} by ${by}/${line}`)
}

describe('a trail', () => {
  test('goes on to what all reports together say, whatever is stated, restated, left out and taken up again', () => {
    fc.assert(fc.property(fc.array(report, { minLength: 1, maxLength: 12 }), opening, (reports, open) => {
      const { kept, whole } = live(reports, open)
      expect(kept).toEqual(whole)
    }), { numRuns: 3_000 })
  })

  test('is never computed anew where every report speaks of its own day', () => {
    fc.assert(fc.property(fc.array(report, { minLength: 1, maxLength: 12 }), (reports) => {
      const { anew } = live(reports.map((one) => ({ ...one, later: one.later + 1, says: one.says && { ...one.says, back: 0 } })), { opened: null, closed: null })
      expect(anew).toBe(0)
    }))
  })
})
