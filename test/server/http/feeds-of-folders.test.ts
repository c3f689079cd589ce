import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { listCode } from '../../support/edition.js'
import { doorOf } from './door.js'
import { asked, became, refusal, rows, withFeeds } from './feed-world.js'

/*
 * Feeds of a folder: files that the server fetches itself when the clock says so.
 */

describe('a feed of a folder', () => {
  test('takes what is called as its pattern says, the earlier day first, each file once, and leaves all files where they are', async () => {
    const { begun, put, fetchedAt, reports, shown } = await withFeeds()
    await put('stock-2026-06-29.csv', rows('H1 alpha in_stock', 'H2 alpha in_stock'))
    await put('stock-2026-06-28.csv', rows('H1 alpha in_stock'))
    await put('other-2026-06-28.csv', rows('H1 beta in_stock'))
    await put('.stock-2026-06-27.csv', rows('H1 beta in_stock'))
    const feed = await begun({ file: 'stock-{yyyy}-{MM}-{dd}.csv', dayFrom: 'name' })
    expect(feed).toMatchObject({ nextAt: '2026-06-30T05:00:00.000Z', last: null })

    const run = await fetchedAt(feed, '2026-06-30T05:00:00.000Z')
    expect([run.outcome, became(run)]).toEqual(['done', [['stock-2026-06-28.csv', 'accepted', '2026-06-28', null], ['stock-2026-06-29.csv', 'accepted', '2026-06-29', null]]])
    expect((await reports()).map(({ asOf, channel, filename, id }) => [asOf, channel, filename, id])).toEqual(run.files.map(({ asOf, filename, report }) => [asOf, 'feed', filename, report]))
    expect(await shown()).toMatchObject({ nextAt: '2026-06-30T06:00:00.000Z', failures: 0, last: { id: run.id } })

    expect((await fetchedAt(feed, '2026-06-30T06:00:00.000Z'))).toMatchObject({ outcome: 'nothing_new', files: [] })
    // Bytes that were a report, under another name and copied there anew.
    await put('stock-2026-06-30.csv', rows('H1 alpha in_stock'), '2026-06-30T06:30:00.000Z')
    expect((await fetchedAt(feed, '2026-06-30T07:00:00.000Z'))).toMatchObject({ outcome: 'nothing_new', files: [] })
    expect(await reports()).toHaveLength(2)
  })

  test('finds the day of which a file speaks in its name, by when it was changed, or takes the day of the run; a month where the name names one', async () => {
    const { begun, put, fetchedAt, system } = await withFeeds()
    await put('june.csv', rows('H1 alpha in_stock'), '2026-06-28T17:00:00.000Z')
    const feed = await begun({ dayFrom: 'modified' })
    // In the list's time zone it was the next day already.
    expect(became(await fetchedAt(feed, '2026-06-30T05:00:00.000Z'))).toEqual([['june.csv', 'accepted', '2026-06-29', null]])
    await asked(system, feed, 'DELETE')
    await put('june.csv', rows('H1 alpha in_stock', 'H2 alpha in_stock'), '2026-06-30T05:30:00.000Z')
    const other = await begun({ dayFrom: 'run' })
    expect(became(await fetchedAt(other, '2026-06-30T17:00:00.000Z'))).toEqual([['june.csv', 'accepted', '2026-07-01', null]])
    await asked(system, other, 'DELETE')
    await put('may 202605.csv', rows('H1 beta in_stock'))
    const months = await begun({ file: 'may {yyyy}{MM}.csv', dayFrom: 'name' })
    expect(became(await fetchedAt(months, '2026-07-01T05:00:00.000Z'))).toEqual([['may 202605.csv', 'accepted', '2026-05', null]])
  })

  test('a file with wrong rows is a draft and not sent again, until somebody asks by hand: then it is, once its rows are known', async () => {
    const world = await withFeeds()
    const { begun, put, fetchedAt, system, runs, worker, loadMaster } = world
    await put('2026-06-29.csv', rows('H1 alpha in_stock', 'H3 alpha in_stock'))
    const feed = await begun({ file: '{yyyy}-{MM}-{dd}.csv', dayFrom: 'name' })
    const first = await fetchedAt(feed, '2026-06-30T05:00:00.000Z')
    expect(first.files).toMatchObject([{ outcome: 'row_errors', errors: 1, rows: 2, report: expect.any(String) as string }])
    expect((await fetchedAt(feed, '2026-06-30T06:00:00.000Z')).outcome).toBe('nothing_new')
    expect((await asked(system, feed, 'POST')).status).toBe(200)
    expect(await refusal(await asked(system, feed, 'POST'))).toEqual([409, 'feed.running'])
    await Promise.all(await worker.fetchDue())
    const [byHand] = await runs(feed)
    expect(byHand).toMatchObject({ askedBy: 'system_administrator', outcome: 'done', files: [{ outcome: 'row_errors' }] })
    await loadMaster({ H3: '100100' }, '2026-06-29')
    await asked(system, feed, 'POST')
    await Promise.all(await worker.fetchDue())
    expect((await runs(feed))[0]!.files).toMatchObject([{ outcome: 'accepted', rows: 2 }])
  })

  test('a file that names no day, speaks of one to come, or cannot be read is refused with the reason; a second file of one day too, and changes nothing', async () => {
    const { begun, put, fetchedAt, reports } = await withFeeds()
    await put('2026-13-01.csv', rows('H2 beta in_stock'))
    await put('2026-07-09.csv', rows('H1 beta in_stock'))
    await put('2026-06-27.csv', 'nothing of the kind')
    await put('2026-06-28.csv', rows('H1 alpha in_stock'))
    const feed = await begun({ file: '{yyyy}-{MM}-{dd}.csv', dayFrom: 'name' })
    expect(became(await fetchedAt(feed, '2026-06-30T05:00:00.000Z'))).toEqual([
      ['2026-13-01.csv', 'rejected', null, 'NO_DAY'], ['2026-06-27.csv', 'rejected', '2026-06-27', 'HEADER_MISSING_COLUMN'], ['2026-06-28.csv', 'accepted', '2026-06-28', null], ['2026-07-09.csv', 'rejected', '2026-07-09', 'REPORT_FUTURE'],
    ])
    await put('2026-06-28.csv', rows('H1 alpha out_of_stock'), '2026-06-30T05:30:00.000Z')
    const mayPass = [['2026-07-09.csv', 'rejected', '2026-07-09', 'REPORT_FUTURE'], ['2026-06-28.csv', 'rejected', '2026-06-28', 'CORRECTION_NAMES_NO_VERSION']]
    expect(became(await fetchedAt(feed, '2026-06-30T06:00:00.000Z'))).toEqual(mayPass)
    expect(await reports()).toMatchObject([{ asOf: '2026-06-28', version: 1 }])
    // Called rightly, it is taken without a hand.
    await put('2026-06-26.csv', 'nothing of the kind')
    expect(became(await fetchedAt(feed, '2026-06-30T07:00:00.000Z'))).toEqual([['2026-06-26.csv', 'rejected', '2026-06-26', 'HEADER_MISSING_COLUMN'], ...mayPass])
  })

  test('a file that is refused for a reason that passes is taken once it has passed, without a hand', async () => {
    const { begun, put, fetchedAt } = await withFeeds()
    await put('2026-07-02.csv', rows('H1 alpha in_stock'))
    const feed = await begun({ file: '{yyyy}-{MM}-{dd}.csv', dayFrom: 'name' })
    expect(became(await fetchedAt(feed, '2026-06-30T05:00:00.000Z'))).toEqual([['2026-07-02.csv', 'rejected', '2026-07-02', 'REPORT_FUTURE']])
    expect(became(await fetchedAt(feed, '2026-07-02T05:00:00.000Z'))).toEqual([['2026-07-02.csv', 'accepted', '2026-07-02', null]])
    expect((await fetchedAt(feed, '2026-07-02T06:00:00.000Z')).outcome).toBe('nothing_new')
  })

  test('bytes that were sent by another door are no second report, and are opened as the first', async () => {
    const { begun, put, fetchedAt, services, reports } = await withFeeds()
    const { receipt } = await doorOf(services).send({ list: listCode, source: 'north', asOf: '2026-06-29', file: rows('H1 alpha in_stock') })
    await put('2026-06-29.csv', rows('H1 alpha in_stock'))
    const feed = await begun({ file: '{yyyy}-{MM}-{dd}.csv', dayFrom: 'name' })
    expect((await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).files).toMatchObject([{ outcome: 'duplicate', report: receipt.id }])
    expect(await reports()).toHaveLength(1)
  })

  test('reads nothing outside the folders that are open: no other folder, no way out of one, no link', async () => {
    const { begin, begun, folder, open, fetchedAt, put, shown } = await withFeeds()
    await mkdir(join(folder, 'shut'))
    await writeFile(join(folder, 'shut', 'secret.csv'), rows('H1 alpha in_stock'))
    await symlink(join(folder, 'shut'), join(open, 'way-out'))
    for (const where of [join(folder, 'shut'), folder, `${open}/../shut`, join(open, 'way-out'), '/', 'open', `${open}x`]) expect(await refusal(await begin({ where: { kind: 'folder', folder: where } }))).toEqual([422, 'feed.folder_not_allowed'])
    expect(await refusal(await begin({ where: { kind: 'folder', folder: join(open, 'none') } }))).toEqual([422, 'feed.folder_missing'])
    // A link to a file, and a folder that becomes a link after it was allowed.
    await symlink(join(folder, 'shut', 'secret.csv'), join(open, 'link.csv'))
    await put('own.csv', rows('H2 alpha in_stock'))
    const feed = await begun({ name: 'Own' })
    expect((await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).files.map(({ filename }) => filename)).toEqual(['own.csv'])
    await mkdir(join(open, 'later'))
    const later = await begun({ name: 'Later', where: { kind: 'folder', folder: join(open, 'later') } })
    await rm(join(open, 'later'), { recursive: true })
    await symlink(join(folder, 'shut'), join(open, 'later'))
    expect(await fetchedAt(later, '2026-06-30T06:00:00.000Z')).toMatchObject({ outcome: 'failed', reason: 'FOLDER_NOT_ALLOWED', files: [] })
    expect((await shown()).name).toBe('Later')
  })

  test('does not take a file that is still being written', async () => {
    const { begun, put, fetchedAt } = await withFeeds()
    await put('2026-06-30.csv', rows('H1 alpha in_stock'), '2026-06-30T04:59:55.000Z')
    const feed = await begun({})
    expect((await fetchedAt(feed, '2026-06-30T05:00:00.000Z')).outcome).toBe('nothing_new')
    expect((await fetchedAt(feed, '2026-06-30T06:00:00.000Z')).outcome).toBe('done')
  })

  test('is known as who sent what it fetched', async () => {
    const { begun, put, fetchedAt, services } = await withFeeds()
    await put('june.csv', rows('H1 alpha in_stock'))
    const feed = await begun({})
    const run = await fetchedAt(feed, '2026-06-30T05:00:00.000Z')
    await services.audit.close()
    const { entries } = AuditAnswer.parse(await doorOf(services, { role: 'auditor' }).read('/api/audit'))
    const noted = entries.filter(({ action }) => action.startsWith('feed.') || action === 'report.accept').map(({ action, object, actor, actorName, role }) => [action, object, actor === `feed:${feed.code}`, actorName, role])
    expect(noted).toEqual([['report.accept', run.files[0]!.report, true, 'North', 'machine'], ['feed.create', feed.code, false, 'system_administrator', 'system_administrator']])
  })
})
