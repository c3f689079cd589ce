import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carry } from '@lastmile/db/coverage/carry'
import { Changes } from '@lastmile/db/coverage/changes'
import { width } from '@lastmile/db/coverage/counts'
import { Tally } from '@lastmile/db/coverage/tally'
import { addCountsOn, timelineOf, type StoredRow } from '@lastmile/db/coverage/timeline'

const slots = 3
const cells = slots * width

/** Institutions in stock in one slot from a day until another, as reports tell of them: a report at a time. */
const stays = fc.array(fc.record({ slot: fc.nat(slots - 1), counter: fc.constantFrom(0, 8, 24, 2), from: fc.nat(400), lasts: fc.integer({ min: 1, max: 120 }) }), { minLength: 1, maxLength: 60 })
const reports = fc.array(stays, { minLength: 1, maxLength: 30 })

function changesOf(report: readonly { slot: number; counter: number; from: number; lasts: number }[], sign: 1 | -1 = 1): Tally {
  const tally = new Tally()
  for (const { slot, counter, from, lasts } of report) {
    tally.add(from, slot * width + counter, sign)
    tally.add(from + lasts, slot * width + counter, -sign)
  }
  return tally
}

/** The rows that a list of changes touches: the last on or before its first day, and all later ones. */
function touched(rows: readonly StoredRow[], first: number): StoredRow[] {
  const start = rows.findLastIndex((row) => row.from <= first)
  return rows.slice(Math.max(0, start))
}

/** Carries reports one after the other, as the database does, and adds up in how many slots something is in stock. */
function carried(all: readonly Tally[]): { rows: StoredRow[]; slotsOn: Tally } {
  let rows: StoredRow[] = []
  const slotsOn = new Tally()
  for (const tally of all) {
    const fresh = tally.sortedInto(new Changes())
    if (fresh.first === null) continue
    const own = touched(rows, fresh.first)
    const kept = rows.slice(0, rows.length - own.length)
    rows = [...kept, ...carry(own, fresh, slots, (day, _, measure, on, sign) => {
      if (measure === 0) slotsOn.add(day, 0, on ? sign : -sign)
    })]
  }
  return { rows, slotsOn }
}

function countsOn(rows: readonly StoredRow[], day: number): number[] {
  const counts = new Int32Array(cells)
  const row = rows.findLast((one) => one.from <= day)
  if (row) addCountsOn(counts, row, day)
  return [...counts]
}

const days = (changes: Changes) => [...changes.days.subarray(0, changes.length)]

test('reports carried one after the other make what they make together, on every day', () => {
  fc.assert(fc.property(reports, (own) => {
    const { rows, slotsOn } = carried(own.map((report) => changesOf(report)))
    const together = carried([changesOf(own.flat())])
    for (let day = 0; day <= 520; day++) expect(countsOn(rows, day)).toEqual(countsOn(together.rows, day))
    expect(days(timelineOf(rows, cells)!.changes)).toEqual(days(timelineOf(together.rows, cells)!.changes))
    let on = 0
    const turns = slotsOn.sortedInto(new Changes())
    for (let day = 0, at = 0; day <= 520; day++) {
      for (; at < turns.length && turns.days[at]! <= day; at++) on += turns.counts[at]!
      const counts = countsOn(rows, day)
      expect(on, `day ${day}`).toBe([0, 1, 2].filter((slot) => counts[slot * width]! + counts[slot * width + 8]! > 0).length)
    }
  }), { numRuns: 40 })
})

test('what is taken back leaves nothing behind', () => {
  fc.assert(fc.property(reports, (own) => {
    const { rows, slotsOn } = carried([...own.map((report) => changesOf(report)), ...own.map((report) => changesOf(report, -1))])
    expect(rows).toEqual([])
    expect(slotsOn.sortedInto(new Changes()).length).toBe(0)
  }), { numRuns: 60 })
})
