import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyCoverage } from '@lastmile/db/coverage/verify'
import { findList } from '@lastmile/db/query/lists'
import { loadEditionFolder } from '@lastmile/server/load/load-files'
import { CoverageAnswer, HeadlineAnswer, inNoUnit, StandingsAnswer, TrendAnswer, unpackCoverage, type StateCounts } from '@lastmile/shared/coverage'
import { ReportAnswer, type Report, type ReportReceipt } from '@lastmile/shared/report'
import { states } from '@lastmile/shared/state'
import { StatementsAnswer } from '@lastmile/shared/statement'
import type { ListsAnswer } from '@lastmile/shared/list'
import { asCommand, newServer, repository } from './door.js'

const folder = new URL('../../../../shared/data/us-hhs-locator/', import.meta.url)
const present = existsSync(new URL('counts.json', folder))
if (!present) console.log('skipped: the snapshots of the U.S. locator are not beside the repository (../shared/data)')

interface Published { rows: number; in_stock: number; not_known: number; zero: number; providers_by_name_address_zip: number; whole: boolean }
const published = present ? JSON.parse(readFileSync(new URL('counts.json', folder), 'utf8')) as Record<string, Published> : {}
const all = Object.keys(published).sort()
const whole = present ? readdirSync(folder).filter((name) => published[name]?.whole).sort() : []
const dayOf = (name: string) => name.slice(9, 19)
const instantOf = (name: string) => `${dayOf(name)}T${name.slice(20, 22)}:${name.slice(22, 24)}:00.000Z`
/** Snapshots after which no other of the same day came. */
const lastOfDay = whole.filter((name, i) => !whole[i + 1] || dayOf(whole[i + 1]!) !== dayOf(name))

const list = '/api/lists/us-therapeutics-2022'
const lastDay = '2022-03-16'
let world: Awaited<ReturnType<typeof newServer>>
const receipts = new Map<string, ReportReceipt>()
/** Distinct institutions with the drug in stock before and after each report that counted, on its day. */
const effects = new Map<string, [number, number]>()

beforeAll(async () => {
  if (!present) return
  // The list is closed: its today is the day of its last snapshot, whatever the clock says.
  world = await newServer('2026-11-23T04:00:00.000Z')
  await loadEditionFolder(world.services.db, join(repository, 'db/editions/us-therapeutics-2022'), '2022-01-01T00:00:00.000Z')
  for (const name of all) {
    const { receipt } = await world.send({
      list: 'us-therapeutics-2022', source: 'hhs-locator', file: readFileSync(new URL(name, folder)), filename: name, asOf: dayOf(name),
      acceptedAt: instantOf(name), headers: asCommand(world.services),
    })
    receipts.set(name, receipt)
    if (receipt.outcome !== 'accepted') continue
    const { effect } = await reportOf(name)
    effects.set(name, [effect!.institutionsBefore, effect!.institutionsAfter])
  }
}, 180_000)
afterAll(async () => world?.close())

const reportOf = async (name: string): Promise<Report> => ReportAnswer.parse(await world.read(`${list}/reports/${receipts.get(name)!.id}`)).report
const headline = async (query = '') => HeadlineAnswer.parse(await world.read(`${list}/headline?evidence=confirmed${query}`))
const coverage = async (query = '') => unpackCoverage(CoverageAnswer.parse(await world.read(`${list}/coverage?evidence=confirmed&drug=evusheld${query}`)))
const trend = async (query = '') => TrendAnswer.parse(await world.read(`${list}/trend?evidence=confirmed&drug=evusheld${query}`))
const statements = async (query: string) => StatementsAnswer.parse(await world.read(`${list}/statements?evidence=confirmed&drug=evusheld&limit=500${query}`))
const sum = (rows: readonly StateCounts[], state: keyof StateCounts) => rows.reduce((total, row) => total + row[state], 0)

describe.skipIf(!present)('the whole snapshots of the U.S. locator, replayed in the order in which they were taken', () => {
  test.each(whole)('%s is accepted and counts what was published', async (name) => {
    const expected = published[name]!
    expect(receipts.get(name)).toMatchObject({ outcome: 'accepted', rowsTotal: expected.rows, storedCount: expected.providers_by_name_address_zip })
    expect((await reportOf(name)).parsed).toEqual({ rows: expected.rows, inStock: expected.in_stock, notKnown: expected.not_known, zero: expected.zero })
  })

  test('today is the day of the last snapshot', async () => {
    const { lists } = await world.read<ListsAnswer>('/api/lists')
    expect(lists).toMatchObject([{ code: 'us-therapeutics-2022', clock: 'closed', today: lastDay, demonstration: false }])
    expect((await headline()).basis).toMatchObject({ asOf: lastDay, today: lastDay })
  })

  test('every maintained count is what the statements say', async () => {
    const found = await findList(world.services.db, 'us-therapeutics-2022', world.services.clock.now())
    expect(await verifyCoverage(world.services.db, found!.id)).toEqual([])
  }, 60_000)

  test('a later snapshot of the same day takes the place of the earlier, which stays readable', async () => {
    const [earlier, later] = [await reportOf('evusheld-2022-02-16T1324.csv'), await reportOf('evusheld-2022-02-16T2351.csv')]
    expect(earlier).toMatchObject({ state: 'superseded', supersededBy: later.id, version: 1 })
    expect(later).toMatchObject({ state: 'accepted', corrects: earlier.id, version: 2 })
    const between = await headline('&asOf=2022-02-16&knownOn=2022-02-16T18:00:00.000Z')
    expect(between.unknown.notKnown).toBeLessThan((await headline('&asOf=2022-02-16')).unknown.notKnown)
  })
})

describe.skipIf(!present)('what does not look right', () => {
  const reasons = (name: string) => receipts.get(name)!.suspicions.map(({ code }) => code)

  test('waits in quarantine, and nothing else does: the seven cut at a thousand rows, and the one whose columns are shifted', () => {
    const held = all.filter((name) => receipts.get(name)!.outcome === 'quarantined')
    expect(held).toEqual(all.filter((name) => !published[name]!.whole))
    for (const name of held) expect([name, reasons(name)]).toEqual([name, [name.includes('2022-01-04T2339') ? 'shifted_columns' : 'page_size']])
    expect(all.filter((name) => !held.includes(name)).every((name) => receipts.get(name)!.outcome === 'accepted')).toBe(true)
  })

  test('moves no number while it waits, and stores none of its lines', async () => {
    const { report } = ReportAnswer.parse(await world.read(`${list}/reports/${receipts.get('evusheld-2022-01-13T1524.csv')!.id}`))
    expect(report).toMatchObject({ state: 'quarantined', acceptedAt: null, effect: null, suspicions: [{ code: 'page_size', before: 1020, after: 1000 }] })
    const known = async (instant: string) => (await headline(`&asOf=2022-01-14&knownOn=${instant}`)).institutions
    expect(await known('2022-01-14T23:00:00.000Z')).toBe(await known('2022-01-07T23:00:00.000Z'))
  })

  test('is told of a report that counts all the same where the publisher changed what it reports', () => {
    const told = all.filter((name) => published[name]!.whole && reasons(name).length > 0).map((name) => `${name.slice(9, 24)} ${reasons(name).join(' ')}`)
    expect(told).toEqual([
      '2022-01-05T1030 same_content', '2022-01-05T1120 same_content', '2022-01-29T2244 same_content', '2022-02-02T1420 zeros_left_out', '2022-02-11T0210 unknowns_left_out', '2022-02-16T2351 unknowns_back',
      '2022-02-18T2120 zeros_back', '2022-02-22T1421 zeros_left_out', '2022-03-16T2323 unknowns_left_out',
    ])
  })

  test('prints what became of each, why, and the headline before and after', () => {
    // What is printed is what was answered: this is the table of the proof.
    for (const name of all) console.log([name, receipts.get(name)!.outcome, reasons(name).join(' ') || '-', `${effects.get(name)?.[0] ?? '-'} → ${effects.get(name)?.[1] ?? '-'}`].join('  '))
    expect(all.filter((name) => effects.has(name))).toEqual(whole)
  })
})

describe.skipIf(!present)('across a day on which the publisher changed what it reports', () => {
  const breaksAt = ['2022-02-02', '2022-02-11', '2022-02-16', '2022-02-18', '2022-02-22', '2022-03-16']

  test.each(breaksAt)('%s: the share before and after, each as a range, overlap', async (day) => {
    const { points } = await trend(`&from=2022-01-20&to=${lastDay}`)
    const [before, after] = [points.findLast((point) => point.day < day)!.share!, points.findLast((point) => point.day <= day)!.share!]
    expect(Math.max(before.low, after.low)).toBeLessThanOrEqual(Math.min(before.high, after.high))
  })

  test.each(breaksAt)('%s: no provider comes to be not in stock by being left out', async (day) => {
    for (const row of await everyStatement(day)) if (row.state === 'out_of_stock') expect([row.institution, row.status, row.line === null]).toEqual([row.institution, 'out_of_stock', false])
  })
})

describe.skipIf(!present)('a provider that the next snapshot leaves out', () => {
  test('is not reported, and the row says which snapshot left it out', async () => {
    const [before, after] = await Promise.all([everyStatement('2022-02-09'), everyStatement('2022-02-11')])
    const named = new Set(after.filter((row) => row.state !== 'not_reported').map((row) => row.institution))
    const left = before.filter((row) => row.state !== 'not_reported' && !named.has(row.institution))
    expect(left.length).toBeGreaterThan(400)
    const report = await reportOf('evusheld-2022-02-11T0210.csv')
    for (const { institution } of left) {
      expect(after.find((row) => row.institution === institution)).toMatchObject({ state: 'not_reported', status: null, line: null, report: report.id, day: '2022-02-11' })
    }
  })

  test('is reported again when a later snapshot names it', async () => {
    const away = (await everyStatement('2022-02-14')).filter((row) => row.state === 'not_reported').map((row) => row.institution)
    const later = new Map((await everyStatement('2022-02-16')).map((row) => [row.institution, row.state]))
    expect(away.filter((one) => later.get(one) === 'not_known').length).toBeGreaterThan(300)
  })
})

describe.skipIf(!present)('not known is nowhere counted as zero', () => {
  test.each(['2022-01-19T1616', '2022-02-01T1428', '2022-02-11T0210', '2022-02-18T2120', '2022-03-16T2323'])('known when %s was taken, the states of its day are those that the file gives, stale ones apart', async (taken) => {
    const name = `evusheld-${taken}.csv`
    const expected = published[name]!
    const { totals } = await coverage(`&asOf=${dayOf(name)}&knownOn=${instantOf(name)}`)
    const { in_stock, out_of_stock, not_known, stale, on_order, not_carried, discontinued } = totals[0]!.states
    expect(in_stock + out_of_stock + not_known + stale).toBe(expected.providers_by_name_address_zip)
    expect([on_order, not_carried, discontinued]).toEqual([0, 0, 0])
    // A figure may be stale, or older than the day on which the source said that it does not know: never more than the file says.
    expect(in_stock).toBeLessThanOrEqual(expected.in_stock)
    expect(out_of_stock).toBeLessThanOrEqual(expected.zero)
    expect(in_stock).toBeGreaterThan(0.8 * expected.in_stock)
  })

  test('a share counts what is not known as unknown: between its low and its high end', async () => {
    for (const asOf of ['2022-01-19', '2022-02-01', '2022-02-18', '2022-03-16']) {
      const { cells, totals } = await coverage(`&asOf=${asOf}`)
      for (const { eligible, share, states: counts } of [...cells, ...totals]) {
        expect(eligible!.no).toBe(counts.out_of_stock)
        expect(eligible!.stocked).toBe(counts.in_stock)
        expect(eligible!.unknown).toBe(eligible!.institutions - counts.in_stock - counts.out_of_stock)
        if (eligible!.institutions < 5) expect(share).toBeNull()
        else expect(share).toEqual({ low: eligible!.stocked / eligible!.institutions, high: (eligible!.stocked + eligible!.unknown) / eligible!.institutions })
      }
    }
  })

  test('leaving unknowns out raises the low end of the share by little, though the published figure leapt from 72 to 97 per cent', async () => {
    const { points } = await trend('&from=2022-02-09&to=2022-02-11')
    const [before, after] = [points[0]!, points.at(-1)!]
    expect(after.share!.low).toBeLessThan(before.share!.low + 0.15)
    expect(after.share!.high).toBeGreaterThan(0.9)
  })
})

describe.skipIf(!present)('headline, coverage and trend of the U.S. list', () => {
  test('the headline of the last day counts the providers of the last snapshot', async () => {
    const answer = await headline()
    // No file of the other three was ever sent: that is no "nowhere".
    expect(answer).toMatchObject({ reported: true, drugsListed: 4, drugsStocked: 1, drugsUnstocked: 3, drugsNotReported: 3, institutions: 1573, hospitals: 0, pharmacies: 0, others: 1573, unknown: { notKnown: 0 } })
    expect(answer.provinces).toBeGreaterThan(45)
    expect(answer.drugsInMoreThan).toEqual(Object.fromEntries(Object.keys(answer.drugsInMoreThan).map((threshold) => [threshold, answer.provinces > Number(threshold) ? 1 : 0])))
    expect(answer.unknown.notReported).toBeGreaterThan(900)
  })

  test('the cells of the states add up to the whole, but for providers whose state nobody says', async () => {
    const { cells, totals } = await coverage()
    const nowhere = (await everyStatement(lastDay)).filter((row) => row.unit === null)
    const rest = inNoUnit(await coverage()).get('evusheld')!
    expect(rest.stocked.institutions).toBe(1)
    for (const state of states) {
      expect(sum(cells.map((cell) => cell.states), state) + rest.states[state]).toBe(totals[0]!.states[state])
      expect(rest.states[state]).toBe(nowhere.filter((row) => row.state === state).length)
      const { rows, page } = await statements(`&region=none&state=${state}`)
      expect([page.total, rows.every((row) => row.unit === null)]).toEqual([rest.states[state], true])
    }
    expect(cells.every((cell) => /^[A-Z]{2}$/.test(cell.region))).toBe(true)
  })

  test('what all kinds of evidence together say of the whole is told, not left to be added up from the states', async () => {
    const { cells, totals: [total] } = StandingsAnswer.parse(await world.read(`${list}/standings?drug=evusheld`))
    expect(total).toMatchObject({ drug: 'evusheld', standings: { confirmed: 1573 } })
    expect(cells.reduce((added, cell) => added + cell.standings.confirmed, 0)).toBe(1572)
  })

  test('a number opens as many rows as it says, each with its report and line', async () => {
    const { cells } = await coverage('&asOf=2022-02-18')
    const ids = new Set([...receipts.values()].map((receipt) => receipt.id))
    const florida = cells.find((cell) => cell.region === 'FL')!
    for (const state of ['in_stock', 'out_of_stock', 'not_known'] as const) {
      const { rows, page } = await statements(`&asOf=2022-02-18&region=FL&state=${state}`)
      expect(page.total).toBe(florida.states[state])
      expect(rows.every((row) => ids.has(row.report!) && row.line! > 1 && row.unit === 'FL')).toBe(true)
    }
  })

  test('Micronesia, the Marshall Islands and Palau are units of their own', async () => {
    const { units } = await world.read<{ units: { code: string; polygon: boolean }[] }>(`${list}/regions`)
    expect(units.filter((unit) => ['FM', 'MH', 'PW'].includes(unit.code)).map((unit) => unit.polygon)).toEqual([false, false, false])
  })

  test('the trend has a point for the day of each snapshot that moved it, and ends where the headline stands', async () => {
    const { points } = await trend()
    expect(points.at(-1)).toMatchObject({ day: lastDay, stocked: { institutions: 1573 } })
    for (const name of lastOfDay) expect(points.findLast((point) => point.day <= dayOf(name))!.stocked.institutions).toBe((await headline(`&asOf=${dayOf(name)}`)).institutions)
  })

  test('every day on which the publisher changed what it reports is marked as a break, and no other', async () => {
    const { breaks } = await trend()
    expect(breaks.map(({ day, reason }) => `${day} ${reason}`)).toEqual([
      // Taken a day later, and not a figure is another.
      '2022-01-29 same_content', '2022-02-02 zeros_left_out', '2022-02-11 unknowns_left_out', '2022-02-16 unknowns_back', '2022-02-18 zeros_back', '2022-02-22 zeros_left_out', '2022-03-16 unknowns_left_out',
    ])
    expect(breaks[1]!.report).toBe(receipts.get('evusheld-2022-02-02T1420.csv')!.id)
  })

  test('known on an instant before a snapshot was taken, the former one holds', async () => {
    expect((await headline('&asOf=2022-03-16&knownOn=2022-03-16T12:00:00.000Z')).unknown.notKnown).toBeGreaterThan(400)
    expect((await headline('&asOf=2022-01-03&knownOn=2022-01-03T00:00:00.000Z')).institutions).toBe(0)
  })
})

/** All pairs that have a state on a day. */
async function everyStatement(asOf: string): Promise<StatementsAnswer['rows']> {
  const rows: StatementsAnswer['rows'] = []
  for (;;) {
    const answer = await statements(`&asOf=${asOf}&offset=${rows.length}`)
    rows.push(...answer.rows)
    if (answer.rows.length === 0 || rows.length >= answer.page.total) return rows
  }
}
