import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { textOf } from '@lastmile/server/reading/cell'
import { decode } from '@lastmile/server/reading/decode'
import { readCsv } from '@lastmile/server/reading/read-csv'
import { Warnings } from '@lastmile/server/reading/warnings'
import { AuditAnswer } from '@lastmile/shared/audit'
import { EvidencePack } from '@lastmile/shared/evidence-pack'
import { evidences } from '@lastmile/shared/evidence'
import { uploadLimits } from '@lastmile/shared/source'
import { StatementsAnswer, type StatementRow } from '@lastmile/shared/statement'
import { listCode } from '../../support/edition.js'
import { unpacked } from '../../support/unpacked.js'
import { answer, caseIn, caseOffice, casesPath, codeIn, does, looks, opens, post, type CaseOffice } from './case-office.js'
import type { Door } from './door.js'

/* The evidence pack of a supervision case: what it holds for whom, at every step, and that it can be checked and made again. */

const packPath = (code: string, query = '') => `${casesPath}/${code}/evidence-pack/file${query}`

/** A pack as somebody takes it: its bytes, and its files, each held against SHA256SUMS. */
async function takes(door: Door, code: string, query = ''): Promise<{ bytes: Buffer; files: Map<string, Buffer>; pack: EvidencePack; headers: Headers }> {
  const response = await door.ask(packPath(code, query))
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const files = unpacked(bytes)
  const sums = files.get('SHA256SUMS')!.toString().trimEnd().split('\n').map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line)!)
  expect(sums.map(([, , name]) => name)).toEqual([...files.keys()].filter((name) => name !== 'SHA256SUMS'))
  for (const [, sha256, name] of sums) expect(createHash('sha256').update(files.get(name!)!).digest('hex'), name).toBe(sha256)
  return { bytes, files, pack: EvidencePack.parse(JSON.parse(files.get('case.json')!.toString())), headers: response.headers }
}

/** The rows of a table of a pack, by its columns. */
function rowsOf(files: Map<string, Buffer>, name: string): Record<string, string>[] {
  const [head, ...rows] = readCsv(decode(files.get(name)!, new Warnings()), new Map(), uploadLimits).map(({ cells }) => cells.map((cell) => textOf(cell)))
  return rows.filter((cells) => !cells[0]!.startsWith('# ') && cells.some((one) => one !== '')).map((cells) => Object.fromEntries(head!.map((column, i) => [column, cells[i] ?? ''])))
}

/** An office with all kinds of evidence: acme declared, corrected itself, and left a pair out; the North confirmed; something was sold. */
const fullOffice = () => caseOffice({
  reports: [
    { source: 'maker', asOf: '2026-05-31', rows: ['H1 alpha in_stock', 'H3 alpha in_stock', 'H2 alpha in_stock'] },
    { source: 'maker', asOf: '2026-06-10', rows: ['H1 alpha out_of_stock reason=cold_chain', 'H2 alpha in_stock'] },
    { source: 'maker', asOf: '2026-06-10', corrects: 1, accepted: '2026-06-12', rows: ['H1 alpha in_stock', 'H2 alpha in_stock'] },
    { source: 'north', asOf: '2026-06-15', rows: ['H1 alpha not_carried reason=cold_chain quantity=0', 'H3 alpha not_carried', 'H1 gamma not_carried'] },
    { source: 'sales', asOf: '2026-06-20', rows: ['H3 alpha @2026-02-02 quantity=2', 'H3 alpha @2026-06-19 quantity=1'] },
  ],
} as Parameters<typeof caseOffice>[0])

/** A case of two gaps with a letter to acme, posted with a scan, that acme answered with a file; and a word within the office. */
async function answeredCase(office: CaseOffice): Promise<{ code: string; notice: string }> {
  const { operator, acme } = office.doors
  const { cases: [code] } = await opens(operator, ['alpha 100000', 'alpha 200000'])
  const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
  const at = `/${code}/notices/${drafted.notice}`
  const send = async (door: Door, name: string, body: string) => ((await (await door.ask(`${casesPath}${at}/attachments?name=${encodeURIComponent(name)}`, { method: 'POST', body })).json()) as { code: string }).code
  await does(operator, `${at}/sending`, { channel: 'post', on: '2026-06-30', attachments: [await send(operator, '盖章函.pdf', '%PDF-1.7 a letter')] }, drafted.version)
  await does(operator, `/${code}/comments`, { text: '=within the office' })
  await does(acme, `${at}/answer`, { ...answer, attachments: [await send(acme, '=plan.pdf', '%PDF-1.7 a plan')] })
  return { code: code!, notice: drafted.notice! }
}

type Who = keyof CaseOffice['doors']
const roles: Who[] = ['operator', 'colleague', 'reader', 'north', 'south', 'acme', 'bestco', 'city', 'hospital', 'insurer', 'auditor', 'public']

describe.each([['open', 'open'], ['sent', 'notified'], ['answered', 'answered'], ['closed', 'closed']] as const)('of a case whose letter is %s', (made, state) => {
  test('it is made by the regulator, and by whom the letter is for of what he sees; for everybody else there is none', async () => {
    const office = await caseOffice()
    const { code } = await caseIn(office, made)
    const offices: Who[] = ['operator', 'colleague', 'reader']
    const may = (who: Who) => offices.includes(who) || (who === 'acme' && made !== 'open')
    for (const who of roles) {
      if (!may(who)) {
        expect((await office.doors[who].ask(packPath(code))).status, who).toBe(who === 'public' ? 401 : 404)
        continue
      }
      const { pack, files } = await takes(office.doors[who], code)
      expect([pack.case, pack.state, pack.seenAs, pack.notices.length], who).toEqual([code, state, who === 'acme' ? 'addressee' : 'office', made === 'open' ? 0 : 1])
      expect([files.has('notices/1-letter-zh.docx'), files.has('notices/1-answer-en.docx')]).toEqual([made !== 'open', made === 'answered'])
      expect(rowsOf(files, 'timeline.csv').map(({ kind }) => kind)).toEqual((await looks(office.doors[who], code)).events.map(({ kind }) => kind))
    }
    // Nothing that was put aside is left.
    expect(await readdir(office.services.files.path('incoming'))).toEqual([])
  })
})

test('a province makes it of its own case, with what it sees of reports, and not of another\'s', async () => {
  const office = await fullOffice()
  const { north, south, operator } = office.doors
  const { cases: [code] } = await opens(north, ['alpha 100000'])
  const { files, pack } = await takes(north, code!)
  expect([pack.office, pack.seenAs, (await south.ask(packPath(code!))).status]).toEqual(['100000', 'office', 404])
  // It sees its own reports, and of acme's what is public.
  expect(rowsOf(files, 'reports.csv').map(({ source }) => source)).toEqual(['north'])
  expect(rowsOf((await takes(operator, code!)).files, 'reports.csv').map(({ source, corrected_at: at }) => [source, at !== ''])).toEqual([['maker', false], ['maker', true], ['maker', false], ['north', false], ['sales', false]])
})

describe('what it holds', () => {
  test('timeline, gaps, letters, answers and files of the whole case, and nothing that a spreadsheet computes', async () => {
    const office = await fullOffice()
    const { operator } = office.doors
    const { code, notice } = await answeredCase(office)
    const { files, pack } = await takes(operator, code)
    expect([...files.keys()]).toEqual([
      'README.txt', 'case.json', 'timeline.csv', 'gaps.csv', 'courses.csv', 'statements.csv', 'reports.csv', 'notices/1-letter-zh.docx', 'notices/1-letter-en.docx', 'notices/1-answer-zh.docx', 'notices/1-answer-en.docx',
      'attachments.csv', 'attachments/1-send-1.pdf', 'attachments/1-answer-2.pdf', 'pictures/001-alpha-100000-zh.svg', 'pictures/001-alpha-100000-en.svg', 'pictures/002-alpha-200000-zh.svg', 'pictures/002-alpha-200000-en.svg', 'SHA256SUMS',
    ])
    expect(rowsOf(files, 'timeline.csv').map(({ kind, by, letter, detail }) => [kind, by, letter, detail])).toEqual([
      ['open', 'office', '', ''], ['draft', 'office', 'Letter 2026-1', ''], ['send', 'office', 'Letter 2026-1', 'channel: post; due on: 2026-07-14'], ['answer', 'addressee', 'Letter 2026-1', 'channel: system'], ['comment', 'office', '', '\'=within the office'],
    ])
    expect(rowsOf(files, 'gaps.csv').map(({ unit, opened_reason: reason, opened_institutions: institutions, state_now: state, standard_version: version, rule_reason_en: why }) => [unit, reason, institutions, state, version, why])).toEqual([
      ['100000', 'nobody_stocks', '0', 'gap', '1', 'a test'], ['200000', 'declared_only', '', 'gap', '1', 'a test'],
    ])
    expect([files.get('attachments/1-send-1.pdf')!.toString(), files.get('attachments/1-answer-2.pdf')!.toString()]).toEqual(['%PDF-1.7 a letter', '%PDF-1.7 a plan'])
    expect(rowsOf(files, 'attachments.csv').map(({ path, file_name: name }) => [path, name])).toEqual([['attachments/1-send-1.pdf', '盖章函.pdf'], ['attachments/1-answer-2.pdf', '\'=plan.pdf']])
    const { notices: [letter], gaps } = await looks(operator, code)
    expect(pack.notices[0]).toMatchObject({ code: notice, letters: letter!.letters, answer: { plan: answer.plan, doneBy: answer.doneBy } })
    expect(pack.gaps.map(({ opened, now }) => [opened, now])).toEqual(gaps.map(({ opened, now }) => [opened, now]))
    expect(unpacked(files.get('notices/1-letter-en.docx')!).get('word/document.xml')!.toString()).toContain('To company acme:')
    expect(unpacked(files.get('notices/1-answer-zh.docx')!).get('word/document.xml')!.toString()).toContain(answer.plan)
    for (const word of ['不等于零', 'not zero', 'what a company declares is not confirmed', code, pack.knownOn, '2026-06-30']) expect(files.get('README.txt')!.toString().toLowerCase()).toContain(word.toLowerCase())
    for (const [name, content] of files) if (name.endsWith('.csv')) expect(content.toString(), name).not.toMatch(/(?:^|,|\n)"?[=+@]/)
  })

  test('every statement about its pairs, of each kind of evidence, with what was corrected; those that count are the rows behind the numbers', async () => {
    const office = await fullOffice()
    const { operator } = office.doors
    const { code } = await answeredCase(office)
    const { files, pack: { asOf, knownOn } } = await takes(operator, code)
    const rows = rowsOf(files, 'statements.csv')
    expect(rows.filter(({ evidence }) => evidence === 'declared').map(({ institution, status, day, counts_as: counts, corrected, line, reason }) => [institution, status, day, counts, corrected, line, reason])).toEqual([
      ['H1', 'in_stock', '2026-05-31', '', 'no', '2', ''], ['H1', 'out_of_stock', '2026-06-10', '', 'yes', '2', 'cold_chain'], ['H1', 'in_stock', '2026-06-10', 'in_stock', 'no', '2', ''],
      // H3 was left out by the correction as by what it corrected: not reported, which is no zero.
      ['H3', 'in_stock', '2026-05-31', '', 'no', '3', ''], ['H3', '', '2026-06-10', 'not_reported', 'no', '', ''],
      ['H2', 'in_stock', '2026-05-31', '', 'no', '4', ''], ['H2', 'in_stock', '2026-06-10', '', 'yes', '3', ''], ['H2', 'in_stock', '2026-06-10', 'in_stock', 'no', '3', ''],
    ])
    const told: StatementRow[] = []
    for (const region of ['100000', '200000']) {
      for (const evidence of evidences) told.push(...StatementsAnswer.parse(await operator.read(`/api/lists/${listCode}/statements?drug=alpha&region=${region}&evidence=${evidence}&asOf=${asOf}&knownOn=${knownOn}&limit=500`)).rows)
    }
    const key = (...cells: (string | number | null | undefined)[]) => cells.map((one) => one ?? '').join('|')
    expect(rows.filter(({ counts_as: counts }) => counts !== '').map((one) => key(one['institution'], one['evidence'], one['counts_as'], one['status'], one['day'], one['day_basis'], one['reason'], one['quantity'], one['source'], one['report'], one['line'])).sort())
      .toEqual(told.map((one) => key(one.institution, one.evidence, one.state, one.status, one.day, one.dayBasis, one.reason, one.quantity, one.source, one.report, one.line)).sort())
    expect(told.length).toBe(6)
    // Each report that a row names is there, with the digest of its file and the instant at which it was accepted.
    const reports = new Map(rowsOf(files, 'reports.csv').map((one) => [one['report'], one]))
    for (const { report, accepted_at: at } of rows) expect(reports.get(report)).toMatchObject({ accepted_at: at, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(reports.size).toBe(5)
  })

  test('its pictures say where nothing is known, and never draw a line of zero there', async () => {
    const office = await caseOffice()
    const { cases: [code] } = await opens(office.doors.operator, ['alpha 100000', 'alpha 200000'])
    const { files } = await takes(office.doors.operator, code!)
    // Until the North said no on 15 June nothing was reported there; of the South nothing ever was.
    expect(rowsOf(files, 'courses.csv').map(({ unit, from_day: day, institutions_in_stock: count, minimum, gap }) => [unit, day, count, minimum, gap])).toEqual([
      ['100000', '2026-01-01', '', '1', 'not_reported'], ['100000', '2026-06-15', '0', '1', 'nobody_stocks'], ['200000', '2026-01-01', '', '1', 'not_reported'],
    ])
    const line = 'stroke="#164d80" stroke-width="6"'
    const drawn = (name: string) => files.get(name)!.toString().split(line).length - 1
    // One of them is the key.
    expect([drawn('pictures/001-alpha-100000-zh.svg'), drawn('pictures/002-alpha-200000-en.svg')]).toEqual([2, 1])
    expect(files.get('pictures/002-alpha-200000-en.svg')!.toString()).toContain('Not reported or not known: not zero')
  })

  test('whom a letter is for finds what he sees on its page: nothing of the office\'s own, of other letters, or of rivals\' reports', async () => {
    const office = await fullOffice()
    const { operator, acme, south } = office.doors
    // A case of two drugs of two companies, and a letter to each.
    const { cases: [code] } = await opens(operator, ['alpha 100000', 'gamma 100000'], { by: 'province' })
    let version = 1
    for (const company of ['acme', 'bestco']) {
      const { notice, version: drafted } = await does(operator, `/${code}/notices`, { to: { office: 'company', code: company } }, version)
      version = (await does(operator, `/${code}/notices/${notice}/sending`, { channel: 'post' }, drafted)).version
    }
    await does(operator, `/${code}/comments`, { text: 'a secret of the office' })
    const { bytes, files, pack } = await takes(acme, code!)
    const page = await looks(acme, code!)
    expect([pack.gaps.map(({ drug }) => drug), pack.notices.map(({ to }) => to.code), pack.events, pack.comments]).toEqual([['alpha'], ['acme'], page.events, page.comments])
    for (const secret of ['a secret of the office', 'bestco', 'gamma']) expect(bytes.includes(secret), secret).toBe(false)
    // Rows of others are public as far as drug, institution, state, evidence and day.
    const rows = rowsOf(files, 'statements.csv')
    expect([...new Set(rows.map(({ evidence, source }) => `${evidence} ${source}`))].sort()).toEqual(['confirmed ', 'declared maker', 'supplied '])
    expect(rowsOf(files, 'reports.csv').map(({ source }) => source)).toEqual(['maker', 'maker', 'maker'])
    expect((await south.ask(packPath(code!))).status).toBe(404)
  })

  test('of one drug or place alone where it is asked so, and says so; of a gap that the case has not, there is none', async () => {
    const office = await fullOffice()
    const { operator } = office.doors
    const { code } = await answeredCase(office)
    const { files, pack } = await takes(operator, code, '?region=200000&drug=alpha')
    expect([pack.gaps.map(({ unit }) => unit), pack.onlyRegion, [...new Set(rowsOf(files, 'statements.csv').map(({ unit }) => unit))]]).toEqual([['200000'], '200000', ['200000']])
    expect(files.get('README.txt')!.toString()).toContain('仅限 alpha 200000')
    expect(await codeIn(await operator.ask(packPath(code, '?drug=gamma')))).toEqual([404, 'gap.not_found'])
  })

  test('a gap of which no standard speaks any more has no picture, and is said not to be met', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { cases: [code] } = await opens(operator, ['alpha 200000'])
    const before = await takes(operator, code!)
    expect((await operator.ask(`/api/lists/${listCode}/standards/alpha`, { method: 'PUT', headers: { 'content-type': 'application/json', 'if-match': '"1"' }, body: JSON.stringify({ rules: [{ from: '2026-01-01', units: ['100000'], kinds: ['hospital'], eligibleOnly: false, minInstitutions: 1, minCities: 0, reach: null, servedBy: [], reason: { zh: '试', en: 'a test' } }], why: 'a test' }) })).status).toBe(200)
    const { files, pack } = await takes(operator, code!)
    expect([before.pack.gaps[0]!.pictures !== null, pack.gaps[0]!.state, pack.gaps[0]!.pictures, pack.gaps[0]!.standard]).toEqual([true, 'no_standard', null, null])
    expect(files.get('README.txt')!.toString()).toContain('没有标准不等于达标')
  })
})

describe('made again', () => {
  test('of the same day and instant it is the same bytes, whatever came since; of today it is another', async () => {
    const office = await fullOffice()
    const { operator } = office.doors
    const { code } = await answeredCase(office)
    const first = await takes(operator, code)
    expect((await takes(operator, code)).bytes.equals(first.bytes)).toBe(true)
    const { asOf, knownOn } = first.pack
    // What is maintained and what is computed as it was known say the same.
    expect((await takes(operator, code, `?asOf=${asOf}&knownOn=${knownOn}`)).bytes.equals(first.bytes)).toBe(true)
    office.at('2026-07-10')
    await office.arrives('H1,alpha,not_carried', '2026-07-09')
    expect((await takes(operator, code, `?asOf=${asOf}&knownOn=${knownOn}`)).bytes.equals(first.bytes)).toBe(true)
    const now = await takes(operator, code)
    expect([now.pack.asOf, rowsOf(now.files, 'statements.csv').length - rowsOf(first.files, 'statements.csv').length]).toEqual(['2026-07-10', 1])
  })

  test('not of before the last step, nor of what is still to come', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code, version } = await caseIn(office, 'sent')
    const { pack: { asOf, knownOn } } = await takes(operator, code)
    office.at('2026-07-10')
    expect((await post(operator, `/${code}/closing`, { reason: 'done' }, version)).status).toBe(200)
    expect(await codeIn(await operator.ask(packPath(code, `?asOf=${asOf}&knownOn=${knownOn}`)))).toEqual([409, 'pack.before'])
    expect(await codeIn(await operator.ask(packPath(code, `?asOf=${asOf}`)))).toEqual([409, 'pack.before'])
    expect(await codeIn(await operator.ask(packPath(code, '?knownOn=2026-07-11T00:00:00.000Z')))).toEqual([400, 'question.future'])
    expect(await codeIn(await operator.ask(packPath(code, '?asOf=2026-07-11')))).toEqual([400, 'question.future'])
  })
})

describe('an export', () => {
  test('is noted with the digest of its bytes before it goes out, and kept by nobody on the way', async () => {
    const office = await caseOffice()
    const { operator, auditor } = office.doors
    const { code } = await caseIn(office, 'sent')
    const { bytes, pack, headers } = await takes(operator, code)
    expect([headers.get('content-type'), headers.get('cache-control'), headers.get('content-length'), headers.get('etag'), headers.get('content-disposition')]).toEqual(['application/zip', 'no-store', String(bytes.length), null, `attachment; filename="evidence-pack_${listCode}_${code}_2026-06-30.zip"; filename*=UTF-8''evidence-pack_${listCode}_${code}_2026-06-30.zip`])
    expect(await (await operator.ask(packPath(code), { method: 'HEAD' })).text()).toBe('')
    await office.services.audit.close()
    const { entries } = AuditAnswer.parse(await auditor.read('/api/audit?action=export'))
    expect(entries.at(-1)).toMatchObject({ role: 'operator', list: listCode, object: packPath(code), after: { format: 'zip', case: code, version: pack.version, asOf: '2026-06-30', knownOn: pack.knownOn, sha256: createHash('sha256').update(bytes).digest('hex') } })
    expect(await readdir(office.services.files.path('incoming'))).toEqual([])
  })

  test('is refused where a file beside a letter is gone, or where there is more than it holds, and says what to do', async () => {
    const office = await caseOffice()
    const { operator } = office.doors
    const { code } = await answeredCase(office)
    const { pack: { attachments: [scan] } } = await takes(operator, code)
    await rm(office.services.files.path(`files/${scan!.sha256}`))
    const gone = await operator.ask(packPath(code))
    expect([gone.status, ((await gone.json()) as { error: { code: string; message: string } }).error]).toEqual([409, { code: 'pack.file_gone', message: expect.stringContaining('盖章函.pdf') as string }])
    await office.services.db.execute(sql`update attachment set bytes = 600000000`)
    expect(await codeIn(await operator.ask(packPath(code)))).toEqual([413, 'pack.attachments_too_large'])
    expect(await readdir(office.services.files.path('incoming'))).toEqual([])
  })
})
