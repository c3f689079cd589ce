import { createHash } from 'node:crypto'
import { demonstrationMaster, demonstrationReports, demonstrationToday } from '@lastmile/server/demo/demonstration'
import { periodDays } from '@lastmile/shared/day'
import { describe, expect, test } from 'vitest'
import { editionFiles } from './files.js'
import { dayOf } from './naive.js'
import { files, master, reports } from './world.js'

const hash = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

describe('the files of the demonstration', () => {
  test('are the same bytes on every run', () => {
    const again = editionFiles('commercial-2025')
    expect(hash(demonstrationMaster(again.regions))).toBe(hash(demonstrationMaster(files.regions)))
    const told = (one: (typeof reports)[number] | ReturnType<typeof demonstrationReports>[number]) => [one.filename, one.acceptedAt, one.corrects, hash(one.bytes)]
    expect(demonstrationReports(again, again.regions).map(told)).toEqual(reports.map(told))
  })

  test('are few and small enough to load fast', () => {
    expect(reports.length).toBeLessThanOrEqual(270)
    expect(reports.reduce((sum, report) => sum + report.rows.length, 0)).toBeLessThanOrEqual(45_000)
    for (const report of reports) expect(report.rows.length, report.filename).toBeGreaterThan(0)
  })

  test('are accepted in order, after their as-of day and before the demonstration has its tomorrow', () => {
    const instants = reports.map((report) => report.acceptedAt)
    expect([...new Set(instants)].sort()).toEqual(instants)
    for (const report of reports) expect(report.acceptedAt > new Date(`${report.asOf}T00:00:00+08:00`).toISOString(), report.filename).toBe(true)
    expect((instants.at(-1) ?? '') < new Date('2026-07-01T00:00:00+08:00').toISOString()).toBe(true)
    expect(demonstrationToday).toBe('2026-06-30')
  })

  test('differ, and fill the slot of a source and day once unless they correct it', () => {
    expect(new Set(reports.map((report) => hash(report.bytes))).size).toBe(reports.length)
    const firsts = reports.filter((report) => report.corrects === null).map((report) => `${report.source} ${report.period ?? report.asOf}`)
    expect(new Set(firsts).size).toBe(firsts.length)
    for (const report of reports) {
      if (report.corrects === null) continue
      expect(reports[report.corrects]).toMatchObject({ source: report.source, asOf: report.asOf, period: report.period })
      expect((reports[report.corrects]?.acceptedAt ?? '') < report.acceptedAt).toBe(true)
    }
  })

  test('name institutions of the master that are open, within the scope of their source, each pair once', () => {
    const sources = new Map(files.sources.map((source) => [source.code, source]))
    for (const report of reports) {
      const scope = sources.get(report.source)?.scope
      expect(new Set(report.rows.map((row) => `${row.institution} ${row.drug}`)).size, report.filename).toBe(report.rows.length)
      for (const row of report.rows) {
        const institution = master.get(row.institution)
        const right = institution && (!scope?.drugs || scope.drugs.includes(row.drug)) && (!scope?.regions || scope.regions.includes(institution.unit))
          && (!institution.openedOn || institution.openedOn <= row.day) && (!institution.closedOn || (institution.closedOn > row.day && institution.closedOn > report.asOf))
        if (!right) expect.fail(`${report.filename}: ${row.institution} ${row.drug}`)
      }
    }
  })

  test('state days that lie in their month and not in the future, and few of them', () => {
    for (const report of reports) {
      const filed = new Set(report.rows.map((row) => dayOf(row.cells.reported_on)).filter((day) => day !== null))
      expect(report.rows.every((row) => row.day <= report.asOf), report.filename).toBe(true)
      if (report.period === null) continue
      const { first, last } = periodDays(report.period)
      expect(report.asOf).toBe(last)
      expect([...filed].every((day) => day >= first && day <= last)).toBe(true)
      expect(filed.size).toBeLessThanOrEqual(4)
    }
  })

  test('carry prices of three units, well formed, and such that nobody takes them for real: each digit stands there twice', () => {
    const priced = reports.filter((report) => report.rows.some((row) => row.cells.price !== undefined))
    expect(new Set(priced.map((report) => report.source))).toEqual(new Set(['province-370000', 'province-440000', 'province-640000']))
    for (const row of priced.flatMap((report) => report.rows)) expect(row.cells.price).toMatch(/^((\d)\2(\d)\3\.(\d)\4)?$/)
  })
})
