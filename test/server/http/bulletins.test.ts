import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, inject, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import type { BulletinFigures, BulletinRows } from '@lastmile/shared/bulletin'
import { rowsBehind } from '@lastmile/shared/bulletin-rows'
import { uploadLimits } from '@lastmile/shared/source'
import { StatementsAnswer } from '@lastmile/shared/statement'
import { readZip } from '@lastmile/server/reading/zip'
import { doorOf } from './door.js'
import { all, bulletinOffice, bulletins, draft, embargo, formOf, kept, post, problemOf, read, remade, slowServer, states, textOf } from './bulletin-office.js'

/*
 * Bulletins: made of what is known of a day, kept with all their bytes, and the same when they are made again.
 */

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const corrected = { source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H3 beta in_stock'], corrects: 1 }
const figuresOf = async (door: Parameters<typeof formOf>[0], code: string) => JSON.parse(Buffer.from(await formOf(door, code, 'data.json')).toString()) as BulletinFigures

test('a bulletin holds the figures of its day, in Chinese and in English, and each number says which rows are behind it', async () => {
  const { operator } = await bulletinOffice()
  const { code, number } = await kept(operator)
  expect([code, number]).toEqual(['2026-1', { zh: '通报〔2026〕1号', en: 'Bulletin [2026] No. 1' }])
  const figures = await figuresOf(operator, code)
  expect(figures.total).toMatchObject({ drugsListed: 3, drugsStocked: 2, drugsUnstocked: 1, institutions: 3, hospitals: 2, pharmacies: 1, units: 1, unknownInstitutions: 1 })
  expect(figures.drugs.map(({ drug, said, institutions, unknown }) => [drug, said, institutions, unknown])).toEqual([['alpha', 'yes', 2, 0], ['beta', 'yes', 1, 1], ['gamma', 'no', 0, 0]])
  const [zh, en] = [await read(operator, code), await read(operator, code, 'en')]
  expect(textOf(zh.document!)).toContain('截至2026年3月10日，据企业申报，《Tiny list》内3种药品中，2种已在各报送单元3家定点医药机构配备，其中定点医疗机构2家、定点零售药店1家')
  expect(textOf(en.document!)).toContain('2 of the 3 drugs of the Tiny list are in stock at 3 designated institutions: 2 hospitals and 1 pharmacy')
  const first = zh.document!.blocks.find(({ block }) => block === 'paragraph') as { runs: unknown[] }
  expect(first.runs).toContainEqual({ text: '2', rows: { kind: 'hospital', state: 'in_stock' } })
  expect(first.runs).toContainEqual({ text: '3', page: 'matrix' })
  for (const { document } of [zh, en]) expect(document!.blocks.filter((one) => one.block === 'paragraph').some(({ runs }) => runs.some((run) => typeof run !== 'string' && 'page' in run && run.text === '1')), document!.language).toBe(true)
})

test('what is not known is said so, and is never zero: a unit of which nothing was said, a drug of which nobody reports, and a kind of evidence that nobody has sent', async () => {
  const { operator } = await bulletinOffice()
  const declared = (await draft(operator, 'evidence=declared&asOf=2026-03-10')).document
  expect(textOf(declared)).toContain('情况不明不等于零')
  const places = declared.blocks.find((one) => one.block === 'table' && one.id === 'places')! as Extract<typeof declared.blocks[number], { block: 'table' }>
  expect(places.rows.find(({ line }) => line === 'place:300000')!.cells.slice(1, 5)).toEqual(['—', '—', '—', '—'])
  const { document, figures } = await draft(operator, 'evidence=confirmed&asOf=2026-03-10')
  expect(figures.reported).toBe(false)
  expect(textOf(document)).toContain('尚无人报送，情况不明。这不等于零。')
})

test('made again after corrections, by what was known then, it is the same byte for byte; by what is known now it is not', async () => {
  const { operator, world, at, public: stranger } = await bulletinOffice()
  const { code, knownOn } = await kept(operator, { issuer: { zh: '某办公室', en: 'An office' }, redHeader: true })
  const bytes = await formOf(operator, code, 'bulletin-zh.docx')
  at('2026-03-20T04:00:00.000Z')
  expect((await world.send({ ...corrected, accepted: '2026-03-20T03:00:00.000Z' })).status).toBe(201)
  await world.send({ source: 'maker', asOf: '2026-03-18', rows: ['H1 beta in_stock'] })

  const then = await remade(operator, code)
  expect([then.knownOn, then.sameFigures, then.sameBytes]).toEqual([knownOn, true, true])
  expect(then.forms.map(({ form }) => form).sort()).toEqual(['bars-en.svg', 'bars-zh.svg', 'bulletin-en.docx', 'bulletin-zh.docx', 'data.csv', 'data.json', 'data.xlsx', 'document-en.json', 'document-zh.json'])
  const now = await remade(operator, code, 'now')
  expect([now.sameFigures, now.sameBytes]).toEqual([false, false])
  expect(sha256(await formOf(operator, code, 'bulletin-zh.docx'))).toBe(sha256(bytes))
  for (const { form, sha256: said } of (await read(operator, code)).forms) expect(sha256(await formOf(operator, code, form)), form).toBe(said)
  expect((await draft(operator, 'asOf=2026-03-10')).figures.total.institutions).toBe(2)
  expect((await draft(operator, `asOf=2026-03-10&knownOn=${knownOn}`)).figures.total.institutions).toBe(3)
  expect((await stranger.ask(`${bulletins}/${code}`)).status).toBe(404)
})

test('a report that arrives in the same instant is known after the bulletin, which stays as it is', async () => {
  const { operator, services } = await bulletinOffice()
  const { code, knownOn } = await kept(operator)
  const { receipt, status } = await operator.send({ list: 'tiny-2026', source: 'maker', asOf: '2026-03-10', file: 'institution_code,drug_code,status\nH1,alpha,in_stock', headers: { 'if-match': '"1"' } })
  expect([status, receipt.version]).toEqual([201, 2])
  expect(services.clock.now()).toBe(knownOn)
  expect((await remade(operator, code)).sameBytes).toBe(true)
  expect((await remade(operator, code, 'now')).sameFigures).toBe(false)
})

test('an instant that is asked for is settled too: a report on its way then is known after it', async () => {
  const { operator, services } = await bulletinOffice()
  const knownOn = services.clock.now()
  const { code } = await kept(operator, { knownOn })
  const { status } = await operator.send({ list: 'tiny-2026', source: 'maker', asOf: '2026-03-10', file: 'institution_code,drug_code,status\nH1,alpha,in_stock', headers: { 'if-match': '"1"' } })
  expect([status, services.clock.now()]).toEqual([201, knownOn])
  const { sameFigures, sameBytes } = await remade(operator, code)
  expect([sameFigures, sameBytes]).toEqual([true, true])
  expect((await remade(operator, code, 'now')).sameFigures).toBe(false)
})

test('one of what was known on a past day leaves alone what was accepted since', async () => {
  const { operator, world } = await bulletinOffice()
  await world.send({ ...corrected, accepted: '2026-03-15T03:00:00.000Z' })
  const { code, knownOn } = await kept(operator, { knownOn: '2026-03-12T00:00:00.000Z' })
  expect([knownOn, (await figuresOf(operator, code)).total.institutions]).toEqual(['2026-03-12T00:00:00.000Z', 3])
  const later = await kept(operator, { asOf: '2026-03-11' })
  expect((await figuresOf(operator, later.code)).total.institutions).toBe(2)
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test.each([['national', {}], ['unit', { region: '100000' }]])('each number of a %s bulletin counts the rows that it opens', async (_, scope) => {
  const { operator } = await bulletinOffice({ reports: [{ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock', 'H2 alpha in_stock', 'P1 beta in_stock', 'H3 beta in_stock', 'H3 alpha in_stock'] }] })
  const { code } = await kept(operator, scope)
  const { basis, document } = await read(operator, code)
  const opened = async (own: BulletinRows) => {
    const asked = Object.entries(rowsBehind(basis, own)).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]))
    return StatementsAnswer.parse(await operator.read(`/api/lists/tiny-2026/statements?${new URLSearchParams(asked).toString()}`)).rows
  }
  const numbers = document!.blocks.flatMap((one) => (one.block === 'paragraph' ? one.runs : one.block === 'table' && one.id === 'drugs' ? one.rows.flatMap(({ cells }) => cells.slice(0, 6)) : [])).filter((run) => typeof run !== 'string' && 'rows' in run)
  expect(numbers.length).toBeGreaterThan(10)
  for (const { text, rows } of numbers) {
    const behind = await opened(rows)
    const counted = [new Set(behind.map(({ institution }) => institution)).size, new Set(behind.map(({ drug }) => drug)).size, new Set(behind.map(({ city }) => city)).size, new Set(behind.map(({ unit }) => unit)).size]
    expect(counted.map(String), `${text} of ${JSON.stringify(rows)}`).toContain(text)
    if (basis.region !== null) expect(behind.every(({ unit }) => unit === basis.region), JSON.stringify(rows)).toBe(true)
  }
})

test('what drugs are called later does not change what was kept', async () => {
  const { operator, world } = await bulletinOffice()
  const { code } = await kept(operator)
  await world.services.db.execute(`update drug set data = jsonb_set(data, '{name,zh}', '"另一个名称"') where code = 'alpha'`)
  world.services.lists.forget()
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test('nor do drugs that the list gets later, or in another order', async () => {
  const { operator, world } = await bulletinOffice()
  const { code } = await kept(operator)
  await world.loadEdition({ drugs: { delta: {}, beta: {}, alpha: {}, gamma: { company: 'bestco' } }, sources: { rival: { evidence: 'declared', company: 'bestco' } } }, '2026-03-19')
  expect((await draft(operator, 'asOf=2026-03-10')).figures.drugs.map(({ drug }) => drug)).toEqual(['delta', 'beta', 'alpha', 'gamma'])
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test('numbers are counted by year, nationally and in each unit; an officer keeps his province\'s and no other', async () => {
  const { operator, north, south, reader, acme, public: stranger } = await bulletinOffice({ reports: [{ source: 'north', asOf: '2026-03-09', rows: ['H1 alpha in_stock'] }, { source: 'south', asOf: '2026-03-09', rows: ['H3 alpha out_of_stock'] }] })
  const own = { evidence: 'confirmed', asOf: '2026-03-09' }
  expect((await kept(operator, own)).code).toBe('2026-1')
  expect((await kept(operator, { ...own, asOf: '2026-03-10' })).code).toBe('2026-2')
  const ofNorth = await kept(north, { ...own, region: '100000' })
  expect([ofNorth.code, ofNorth.number.zh]).toEqual(['100000-2026-1', 'North通报〔2026〕1号'])
  expect((await figuresOf(north, ofNorth.code)).places.map(({ region }) => region)).toEqual(expect.arrayContaining(['100100', '100200']))
  expect(await problemOf(post(south, '', { ...own, region: '100000' }))).toEqual([404, 'region.not_found'])
  expect(await problemOf(post(north, '', own))).toEqual([404, 'region.not_found'])
  for (const door of [reader, acme]) expect(await problemOf(post(door, '', own))).toEqual([404, 'path.not_found'])
  expect(await problemOf(post(stranger, '', own))).toEqual([401, 'session.required'])
  expect([await states(north), await states(south), await states(reader), await states(stranger)]).toEqual([['100000-2026-1 frozen'], [], [], []])
})

test('of two who keep the same at once one does, and the other is told of it', async () => {
  const { operator, colleague } = await bulletinOffice()
  const answers = await Promise.all([operator, colleague, operator].map((door) => post(door, '', { evidence: 'declared', asOf: '2026-03-10' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  expect(await states(operator)).toEqual(['2026-1 frozen'])
})

// Embedded there is one connection, and nothing to wait for.
test.runIf(inject('home') === 'server')('while one is counted nobody waits for it', async () => {
  const { operator, services, world } = await bulletinOffice()
  const { id } = await world.list()
  const isFree = async () => services.db.transaction(async (tx) => ((await tx.execute(sql`select pg_try_advisory_xact_lock(7416, ${id}::int) as free`)) as unknown as { rows: { free: boolean }[] }).rows[0]!.free)
  const waits = async () => ((await services.db.execute(sql`select 1 from pg_locks where not granted and relation = 'source'::regclass`)) as unknown as { rows: unknown[] }).rows.length > 0
  const keeping = await services.db.transaction(async (tx) => {
    await tx.execute(sql`lock table source in access exclusive mode`)
    const asked = kept(operator)
    await expect.poll(waits).toBe(true)
    expect(await isFree()).toBe(true)
    return { asked }
  })
  expect((await keeping.asked).code).toBe('2026-1')
})

test('the next tells what changed since: what entered and left as sets, what was corrected, and which drugs', async () => {
  const { operator, world, at, publish } = await bulletinOffice()
  await embargo(operator, (await kept(operator)).code, '2026-03-20T04:00:00.000Z')
  at('2026-03-24T04:00:00.000Z')
  await publish()
  await world.send({ ...corrected, accepted: '2026-03-20T03:00:00.000Z' })
  await world.send({ source: 'maker', asOf: '2026-03-18', rows: ['H1 alpha in_stock', 'H3 beta in_stock', 'H2 beta in_stock'], accepted: '2026-03-21T03:00:00.000Z' })
  await world.send({ source: 'rival', asOf: '2026-03-18', rows: ['P1 gamma in_stock'], accepted: '2026-03-21T04:00:00.000Z' })
  const { code } = await kept(operator, { asOf: '2026-03-18' })
  const { since } = await figuresOf(operator, code)
  expect(since).toMatchObject({ code: '2026-1', corrected: { entered: 1, left: 2 }, entered: [{ cause: 'new_statement', count: 2 }], left: [], drugsEntered: [{ drug: 'gamma' }], drugsLeft: [], breaks: [] })
  const { document } = await read(operator, code)
  expect(textOf(document!)).toContain('新增机构2家（新增记录2家），退出机构0家')
  expect(document!.blocks.flatMap((one) => (one.block === 'paragraph' ? one.runs : [])).filter((run) => typeof run !== 'string' && 'from' in run)).toEqual(['2', '2', '0'].map((text) => ({ text, page: 'changes', from: '2026-03-10' })))
  expect(textOf(document!)).toContain('其后经更正，该截至日补入机构1家、剔除2家')
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test('one is compared with the last that was published when it was kept, whatever becomes of that, and with none that nobody may read', async () => {
  const { operator, at, publish } = await bulletinOffice()
  const first = await kept(operator, { asOf: '2026-03-09' })
  await embargo(operator, first.code, '2026-03-20T04:00:00.000Z')
  const second = await kept(operator, { asOf: '2026-03-10' })
  expect((await figuresOf(operator, second.code)).since).toBeNull()
  expect(textOf((await read(operator, second.code)).document!)).toContain('此前没有已发布的同一证据、同一范围的通报')
  expect((await draft(operator, 'asOf=2026-03-11')).figures.since).toBeNull()

  at('2026-03-20T04:00:00.000Z')
  await publish()
  const third = await kept(operator, { asOf: '2026-03-11' })
  expect((await figuresOf(operator, third.code)).since).toMatchObject({ code: first.code })
  expect((await draft(operator, 'asOf=2026-03-12')).figures.since).toMatchObject({ code: first.code })
  expect((await remade(operator, second.code)).sameBytes).toBe(true)

  await post(operator, `/${first.code}/withdrawal`, { reason: '数据有误' })
  const fourth = await kept(operator, { asOf: '2026-03-12' })
  expect((await figuresOf(operator, fourth.code)).since).toBeNull()
  for (const { code } of [second, third, fourth]) expect((await remade(operator, code)).sameBytes, code).toBe(true)
})

test('one that is published while another is counted is what that is compared with', async () => {
  const { operator, services, at, publish } = await bulletinOffice()
  const first = await kept(operator, { asOf: '2026-03-09' })
  await embargo(operator, first.code, '2026-03-20T04:00:00.000Z')
  const slow = slowServer(services, 2)
  const keeping = kept(doorOf(slow.services, { role: 'operator' }))
  await slow.arrived
  at('2026-03-20T04:00:00.000Z')
  expect(await publish()).toBe(1)
  slow.go()
  const { code } = await keeping
  expect((await figuresOf(operator, code)).since).toMatchObject({ code: first.code })
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test('across a change in what a source reports totals are not compared, and that is said', async () => {
  const names = Array.from({ length: 60 }, (_, i) => `H${i + 100}`)
  const { operator, world, at, publish } = await bulletinOffice({ institutions: Object.fromEntries(names.map((name) => [name, '100100'])), reports: [{ source: 'maker', asOf: '2026-03-10', rows: names.map((name, i) => `${name} alpha ${i < 30 ? 'in_stock' : 'not_known'}`) }] })
  await embargo(operator, (await kept(operator)).code, '2026-03-20T04:00:00.000Z')
  at('2026-03-24T04:00:00.000Z')
  await publish()
  await world.send({ source: 'maker', asOf: '2026-03-17', rows: names.slice(0, 29).map((name) => `${name} alpha in_stock`), accepted: '2026-03-20T03:00:00.000Z' })
  const { code } = await kept(operator, { asOf: '2026-03-18' })
  expect((await figuresOf(operator, code)).since!.breaks).toMatchObject([{ day: '2026-03-17', reason: 'unknowns_left_out' }])
  expect(textOf((await read(operator, code)).document!)).toContain('不再报送不详的记录')
  expect(textOf((await read(operator, code, 'en')).document!)).toContain('are not compared')
})

test('its document is one that offices can open: the parts that a reader needs, well-formed, with its tables, pictures and page numbers', async () => {
  const { operator } = await bulletinOffice()
  const { code } = await kept(operator, { issuer: { zh: '某某办公室', en: 'Some office' }, redHeader: true })
  for (const language of ['zh', 'en']) {
    const parts = new Map([...readZip(await formOf(operator, code, `bulletin-${language}.docx`), uploadLimits)].map(([name, { data }]) => [name, Buffer.from(data).toString()]))
    expect([...parts.keys()]).toEqual(['[content_types].xml', '_rels/.rels', 'docprops/core.xml', 'word/document.xml', 'word/_rels/document.xml.rels', 'word/styles.xml', 'word/settings.xml', 'word/footer1.xml', 'word/footer2.xml', 'word/media/picture1.emf'])
    for (const [name, xml] of parts) if (/\.(xml|rels)$/.test(name)) expect(openTags(xml), name).toEqual([])
    const document = parts.get('word/document.xml')!
    const styles = new Set([...parts.get('word/styles.xml')!.matchAll(/w:styleId="(\w+)"/g)].map(([, id]) => id))
    for (const [, style] of document.matchAll(/w:pStyle w:val="(\w+)"/g)) expect(styles).toContain(style)
    for (const [, id] of document.matchAll(/r:(?:id|embed)="(\w+)"/g)) expect(parts.get('word/_rels/document.xml.rels')).toContain(`Id="${id}"`)
    expect(document).toContain(language === 'zh' ? '某某办公室' : 'Some office')
    expect(document.match(/<w:tbl>/g)).toHaveLength(2)
    expect(document).toContain('<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"')
    expect(parts.get('word/footer1.xml')).toContain(' PAGE ')
  }
})

test('what is kept is noted, and what cannot be is refused with what is wrong', async () => {
  const { operator, services } = await bulletinOffice()
  const { code } = await kept(operator)
  const auditor = doorOf(services, { role: 'auditor' })
  const { entries } = AuditAnswer.parse(await auditor.read('/api/audit?action=bulletin.keep'))
  expect(entries).toMatchObject([{ outcome: 'done', object: code, after: { evidence: 'declared', asOf: '2026-03-10', region: null } }])
  const refused = async (own: object) => problemOf(post(operator, '', { evidence: 'declared', asOf: '2026-03-09', ...own }))
  expect(await refused({ asOf: '2025-12-31' })).toEqual([400, 'bulletin.before'])
  expect(await refused({ asOf: '2026-03-19' })).toEqual([400, 'question.future'])
  expect(await refused({ knownOn: '2026-03-19T00:00:00.000Z' })).toEqual([400, 'bulletin.future'])
  expect(await refused({ region: '100100' })).toEqual([400, 'bulletin.region'])
  expect(await refused({ region: '999999' })).toEqual([404, 'region.not_found'])
  expect(await refused({ redHeader: true })).toEqual([400, 'bulletin.issuer'])
  expect(await refused({ asOf: '2026-03-10' })).toEqual([409, 'bulletin.exists'])
  expect(await refused({ supersedes: code })).toEqual([409, 'bulletin.not_held'])
  expect(await refused({ number: 7 })).toEqual([400, 'question.invalid'])
  expect(await states(operator)).toEqual(['2026-1 frozen'])
  expect((await all(operator, '?evidence=supplied'))).toEqual([])
})

/** The tags of an XML text that are open at its end, or closed where they are not: none of what is well-formed. */
function openTags(xml: string): string[] {
  const open: string[] = []
  for (const [, end, name, self] of xml.replace(/<\?[^>]*\?>/g, '').matchAll(/<(\/?)([\w:]+)(?:\s[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end) {
      if (open.pop() !== name) return [`</${name}>`]
    } else if (!self) open.push(name!)
  }
  return xml.replace(/<\?[^>]*\?>/g, '').replace(/<\/?[\w:]+(?:\s[\w:]+="[^"<]*")*\s*\/?>/g, '').includes('<') ? ['<'] : open
}
