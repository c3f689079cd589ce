import { expect, test } from 'vitest'
import { publishBulletins } from '@lastmile/server/bulletins/publish-bulletins'
import { BulletinLinesAnswer } from '@lastmile/shared/bulletin'
import { doorOf } from './door.js'
import { all, bulletinOffice, bulletins, comment, embargo, formOf, kept, lines, post, problemOf, read, remade, slowServer, states, told } from './bulletin-office.js'

/*
 * Bulletins under embargo: those named see their own lines two working days before, everybody sees all when the time comes.
 * It is Wednesday, 2026-03-18, at noon in Shanghai. Publication is on Monday the 23rd at ten: the preview opens on Thursday.
 */

const publishAt = '2026-03-23T02:00:00.000Z'
const previewFrom = '2026-03-18T16:00:00.000Z'

test('those named have two whole working days from when it is said: what would leave them fewer is refused, and says which instant is the first', async () => {
  const { operator } = await bulletinOffice()
  const { code } = await kept(operator)
  for (const soon of ['2026-03-18T05:00:00.000Z', '2026-03-19T02:00:00.000Z', '2026-03-17T02:00:00.000Z', '2026-03-20T03:59:00.000Z']) {
    const answer = await embargo(operator, code, soon)
    expect([answer.status, (await answer.json() as { error: { code: string; message: string } }).error]).toMatchObject([400, { code: 'bulletin.too_soon', message: expect.stringContaining('2026-03-20 12:00 (Asia/Shanghai)') as string }])
  }
  expect(await problemOf(embargo(operator, code, '2028-01-01T00:00:00.000Z'))).toEqual([400, 'bulletin.too_late'])
  expect((await embargo(operator, code, '2026-03-20T04:00:00.000Z')).status).toBe(200)
  expect(await all(operator)).toMatchObject([{ state: 'embargoed', previewFrom: '2026-03-18T04:00:00.000Z' }])
})

test('until its preview only its keepers know of it; from then on those named see their own lines and nothing else; at its time everybody sees all', async () => {
  const { operator, reader, north, south, acme, bestco, public: stranger, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)

  at('2026-03-18T15:59:59.999Z')
  expect(await publish()).toBe(0)
  for (const door of [acme, north, reader, stranger]) expect(await states(door)).toEqual([])
  expect(await problemOf(acme.ask(`${bulletins}/${code}/lines`))).toEqual([404, 'bulletin.not_found'])
  expect(await told(acme)).toEqual([])

  at(previewFrom)
  expect(await publish()).toBe(0)
  expect(await all(acme)).toMatchObject([{ code, state: 'embargoed', figures: null, keptBy: null, openComments: null }])
  expect((await read(acme, code)).document).toBeNull()
  expect(await problemOf(acme.ask(`${bulletins}/${code}/forms/data.csv`))).toEqual([404, 'bulletin.not_found'])
  expect(await problemOf(acme.ask(`${bulletins}/${code}/remade`))).toEqual([404, 'path.not_found'])
  const shown = async (door: typeof acme) => (await lines(door, code)).tables.flatMap(({ rows }) => rows.map(({ line }) => line))
  expect([await shown(acme), await shown(bestco), await shown(north), await shown(south)]).toEqual([['drug:alpha', 'drug:beta'], ['drug:gamma'], ['place:100000'], ['place:200000']])
  for (const door of [reader, stranger]) expect(await states(door)).toEqual([])
  for (const door of [acme, bestco, north]) expect(await told(door)).toEqual([`bulletin_preview ${code}`])

  at('2026-03-23T01:59:59.999Z')
  expect([await publish(), await states(stranger)]).toEqual([0, []])
  at(publishAt)
  expect([await publish(), await publish()]).toEqual([1, 0])
  expect(await all(stranger)).toMatchObject([{ code, state: 'published', publishedAt: publishAt, keptBy: null, figures: { institutions: 3 } }])
  expect((await read(stranger, code)).document!.number).toBe('通报〔2026〕1号')
  expect(Buffer.from(await formOf(stranger, code, 'data.csv')).toString()).toContain('drug,alpha')
  expect(await told(acme)).toEqual([`bulletin_preview ${code}`, `bulletin_published ${code}`])
  expect((await remade(operator, code)).sameBytes).toBe(true)
})

test('of several servers one publishes, and those named are told once', async () => {
  const { operator, acme, services, at } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at(previewFrom)
  await Promise.all([publishBulletins(services), publishBulletins(services)])
  at(publishAt)
  const published = await Promise.all([publishBulletins(services), publishBulletins(services), publishBulletins(services)])
  expect(published.reduce((sum, one) => sum + one, 0)).toBe(1)
  expect(await told(acme)).toEqual([`bulletin_preview ${code}`, `bulletin_published ${code}`])
})

test('what a server missed that was down is public from when it is up again', async () => {
  const { operator, public: stranger, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at('2026-03-24T08:00:00.000Z')
  expect(await publish()).toBe(1)
  expect(await all(stranger)).toMatchObject([{ code, publishedAt: '2026-03-24T08:00:00.000Z' }])
})

test('whose a line is corrects or comments, its keeper answers, and nobody else hears of it', async () => {
  const { operator, acme, bestco, north, reader, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  expect(await problemOf(comment(acme, code, 'drug:alpha', 'correction', 'Too early'))).toEqual([404, 'bulletin.not_found'])
  at(previewFrom)
  await publish()
  expect((await comment(acme, code, 'drug:alpha', 'correction', '应为三家')).status).toBe(201)
  expect((await comment(north, code, 'place:100000', 'comment', '无意见')).status).toBe(201)
  for (const [door, line] of [[bestco, 'drug:alpha'], [acme, 'drug:gamma'], [acme, 'place:100000'], [north, 'place:200000'], [north, 'drug:alpha'], [acme, 'drug:none']] as const) expect(await problemOf(comment(door, code, line, 'correction', 'Not mine'))).toEqual([404, 'line.not_found'])
  expect(await problemOf(comment(acme, code, 'drug:alpha', 'answer', 'To myself'))).toEqual([404, 'line.not_found'])
  expect(await problemOf(comment(operator, code, 'drug:alpha', 'comment', 'As one named'))).toEqual([404, 'line.not_found'])
  expect(await problemOf(comment(reader, code, 'drug:alpha', 'comment', 'x'))).toEqual([404, 'path.not_found'])
  expect(await told(operator)).toEqual([`bulletin_commented ${code}`, `bulletin_commented ${code}`])
  expect((await all(operator))[0]!.openComments).toBe(2)

  expect((await comment(operator, code, 'drug:alpha', 'answer', '已核实')).status).toBe(201)
  expect((await all(operator))[0]!.openComments).toBe(1)
  expect((await lines(acme, code)).comments.map(({ kind, text, isOwn }) => [kind, text, isOwn])).toEqual([['correction', '应为三家', true], ['answer', '已核实', false]])
  expect((await lines(bestco, code)).comments).toEqual([])
  expect((await lines(operator, code)).comments).toHaveLength(3)
  expect(await told(acme)).toEqual([`bulletin_answered ${code}`, `bulletin_preview ${code}`])

  at(publishAt)
  await publish()
  expect(await problemOf(comment(acme, code, 'drug:alpha', 'comment', 'Too late'))).toEqual([409, 'bulletin.closed'])
  expect((await lines(acme, code)).mayComment).toBe(false)
  expect((await comment(operator, code, 'place:100000', 'answer', '谢谢')).status).toBe(201)
  // What was to be done is done, for all of them.
  expect(await told(operator, 'open')).toEqual([])
  expect(await told(acme, 'open')).toEqual([`bulletin_answered ${code}`, `bulletin_published ${code}`])
})

test('one that is held back is not published, and those who knew of it are told; it can be put under embargo again', async () => {
  const { operator, acme, at, publish, public: stranger } = await bulletinOffice()
  const { code } = await kept(operator)
  expect(await problemOf(operator.ask(`${bulletins}/${code}/embargo`, { method: 'DELETE' }))).toEqual([409, 'bulletin.moved'])
  await embargo(operator, code, publishAt)
  expect(await problemOf(embargo(operator, code, publishAt))).toEqual([409, 'bulletin.moved'])
  at(previewFrom)
  await publish()
  expect((await operator.ask(`${bulletins}/${code}/embargo`, { method: 'DELETE' })).status).toBe(200)
  expect([await states(operator), await states(acme)]).toEqual([[`${code} frozen`], []])
  expect(await told(acme)).toEqual([`bulletin_held ${code}`, `bulletin_preview ${code}`])
  at(publishAt)
  expect([await publish(), await states(stranger)]).toEqual([0, []])
  expect((await embargo(operator, code, '2026-03-30T02:00:00.000Z')).status).toBe(200)
})

test('those named are told of each embargo, of one to the same instant too, and of each once', async () => {
  const { operator, acme, services, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  const hold = async () => expect((await operator.ask(`${bulletins}/${code}/embargo`, { method: 'DELETE' })).status).toBe(200)
  const previews = async (state = '') => (await told(acme, state)).filter((one) => one.startsWith('bulletin_preview')).length
  await embargo(operator, code, publishAt)
  at(previewFrom)
  await Promise.all([publish(), publishBulletins(services)])
  expect([await publish(), await previews()]).toEqual([0, 1])
  at('2026-03-19T00:00:00.000Z')
  await hold()
  expect(await previews('open')).toBe(0)
  await embargo(operator, code, publishAt)
  await Promise.all([publish(), publishBulletins(services)])
  expect([await publish(), await previews('open'), await previews()]).toEqual([0, 1, 2])
  at('2026-03-19T04:00:00.000Z')
  await hold()
  await embargo(operator, code, '2026-03-24T02:00:00.000Z')
  expect([await publish(), await previews('open')]).toEqual([0, 0])
  at('2026-03-19T16:00:00.000Z')
  expect([await publish(), await publish(), await previews('open'), await previews()]).toEqual([0, 0, 1, 3])
})

test('one that cannot be published is named in the log, and keeps none behind it', async () => {
  const { operator, public: stranger, services, at } = await bulletinOffice()
  const [broken, sound] = [await kept(operator), await kept(operator, { asOf: '2026-03-11' })]
  for (const { code } of [broken, sound]) await embargo(operator, code, publishAt)
  await services.db.execute(`update bulletin set figures = '{}' where code = '${broken.code}'`)
  at(publishAt)
  const logged: object[] = []
  const log = { ...services.log, error: (facts: object) => void logged.push(facts) } as unknown as typeof services.log
  expect(await publishBulletins({ ...services, log })).toBe(1)
  expect(logged).toMatchObject([{ list: 'tiny-2026', bulletin: broken.code, err: expect.any(Error) as Error }])
  expect((await read(stranger, sound.code)).bulletin.state).toBe('published')
})

test('the last two lines answered at once leave nothing to be answered, and each is told how many are left', async () => {
  const { operator, colleague, acme, north, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at(previewFrom)
  await publish()
  await Promise.all([comment(acme, code, 'drug:alpha', 'correction', '应为三家'), comment(north, code, 'place:100000', 'comment', '无意见')])
  const answers = await Promise.all([comment(operator, code, 'drug:alpha', 'answer', '已核实'), comment(colleague, code, 'place:100000', 'answer', '谢谢')])
  const left = await Promise.all(answers.map(async (answer) => BulletinLinesAnswer.parse(await answer.json()).bulletin.openComments))
  expect(left.sort()).toEqual([0, 1])
  expect(await told(operator, 'open')).toEqual([])
})

test('what is said of a line of a bulletin that was held back, published or withdrawn meanwhile does not land', async () => {
  const { operator, services, at, publish } = await bulletinOffice()
  const hold = (code: string) => operator.ask(`${bulletins}/${code}/embargo`, { method: 'DELETE' })
  const cases = [
    { kind: 'correction', meanwhile: hold, refused: [404, 'bulletin.not_found'] },
    { kind: 'correction', meanwhile: async () => { at(publishAt); await publish() }, refused: [409, 'bulletin.closed'] },
    { kind: 'answer', meanwhile: (code: string) => post(operator, `/${code}/withdrawal`, { reason: 'a wrong figure' }), refused: [409, 'bulletin.closed'] },
  ] as const
  for (const [i, { kind, meanwhile, refused }] of cases.entries()) {
    at('2026-03-18T04:00:00.000Z')
    const { code } = await kept(operator, { asOf: `2026-03-1${i}` })
    await embargo(operator, code, publishAt)
    at(previewFrom)
    await publish()
    const slow = slowServer(services)
    const saying = problemOf(comment(doorOf(slow.services, kind === 'answer' ? { role: 'operator' } : { role: 'company', company: 'acme' }), code, 'drug:alpha', kind, 'Too late'))
    await slow.arrived
    await meanwhile(code)
    slow.go()
    expect(await saying, `${kind} ${i}`).toEqual(refused)
    expect((await lines(operator, code)).comments, `${kind} ${i}`).toEqual([])
  }
})

test('one that was published while it was looked at is not withdrawn as one that was not, nor one under another embargo', async () => {
  const { operator, acme, services, at, publish, public: stranger } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  const withdrawing = async (meanwhile: () => Promise<unknown>) => {
    const slow = slowServer(services)
    const answer = problemOf(post(doorOf(slow.services, { role: 'operator' }), `/${code}/withdrawal`, { reason: 'a wrong figure' }))
    await slow.arrived
    await meanwhile()
    slow.go()
    return answer
  }
  expect(await withdrawing(async () => {
    await operator.ask(`${bulletins}/${code}/embargo`, { method: 'DELETE' })
    await embargo(operator, code, '2026-03-24T02:00:00.000Z')
  })).toEqual([409, 'bulletin.moved'])
  at('2026-03-24T02:00:00.000Z')
  expect(await withdrawing(publish)).toEqual([409, 'bulletin.moved'])
  expect(await all(stranger)).toMatchObject([{ code, state: 'published' }])
  // Looked at again it is withdrawn, and whoever read it hears so.
  expect((await post(operator, `/${code}/withdrawal`, { reason: 'a wrong figure' })).status).toBe(200)
  expect(await told(acme)).toEqual([`bulletin_published ${code}`, `bulletin_withdrawn ${code}`])
})

test('those who saw their lines of one whose place another takes hear that it is not published, and nobody waits for answers of it', async () => {
  const { operator, acme, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at(previewFrom)
  await publish()
  await comment(acme, code, 'drug:alpha', 'correction', '应为三家')
  const second = await kept(operator, { supersedes: code })
  expect(await told(acme, 'open')).toEqual([`bulletin_replaced ${code}`])
  expect(await told(operator, 'open')).toEqual([])

  await embargo(operator, second.code, '2026-03-24T02:00:00.000Z')
  at('2026-03-20T02:00:00.000Z')
  await publish()
  await comment(acme, second.code, 'drug:alpha', 'correction', '应为三家')
  at('2026-03-24T02:00:00.000Z')
  await publish()
  expect(await told(operator, 'open')).toEqual([`bulletin_commented ${second.code}`])
  const third = await kept(operator, { supersedes: second.code })
  await embargo(operator, third.code, '2026-03-27T02:00:00.000Z')
  at('2026-03-27T02:00:00.000Z')
  await publish()
  expect(await told(operator, 'open')).toEqual([])
})

test('of two who decide at once one does', async () => {
  const { operator, colleague } = await bulletinOffice()
  const { code } = await kept(operator)
  const answers = await Promise.all([embargo(operator, code, publishAt), embargo(colleague, code, '2026-03-24T02:00:00.000Z'), post(colleague, `/${code}/withdrawal`, { reason: 'a wrong figure' })])
  const done = answers.map(({ status }) => status).filter((status) => status === 200)
  const [{ state } = { state: null }] = await all(operator)
  // One that was put under embargo can still be withdrawn after that.
  expect(done.length === 1 || (done.length === 2 && state === 'withdrawn')).toBe(true)
})

test('a withdrawn one that was public stays readable as withdrawn, with the reason; one that was not is its keepers\'', async () => {
  const { operator, public: stranger, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at(publishAt)
  await publish()
  expect((await post(operator, `/${code}/withdrawal`, { reason: '数据有误' })).status).toBe(200)
  expect((await read(stranger, code)).bulletin).toMatchObject({ state: 'withdrawn', withdrawnReason: '数据有误', withdrawnAt: publishAt })
  expect(await problemOf(post(operator, `/${code}/withdrawal`, { reason: 'again' }))).toEqual([409, 'bulletin.moved'])
  const second = await kept(operator)
  await post(operator, `/${second.code}/withdrawal`, { reason: '未公开即撤回' })
  expect(await states(stranger)).toEqual([`${code} withdrawn`])
  expect(await problemOf(stranger.ask(`${bulletins}/${second.code}`))).toEqual([404, 'bulletin.not_found'])
})

test('another takes the place of a public one when it is public itself; of one that is not, at once', async () => {
  const { operator, public: stranger, at, publish, world } = await bulletinOffice()
  const first = await kept(operator)
  await embargo(operator, first.code, publishAt)
  at(publishAt)
  await publish()
  await world.send({ source: 'maker', asOf: '2026-03-10', rows: ['H1 alpha in_stock'], corrects: 1, accepted: '2026-03-23T01:00:00.000Z' })
  const second = await kept(operator, { supersedes: first.code })
  expect(await states(operator)).toEqual([`${second.code} frozen`, `${first.code} published`])
  await embargo(operator, second.code, '2026-03-25T02:00:00.000Z')
  at('2026-03-25T02:00:00.000Z')
  await publish()
  expect(await all(stranger)).toMatchObject([{ code: second.code, state: 'published', supersedes: first.code }, { code: first.code, state: 'superseded', supersededBy: second.code }])
  expect((await read(stranger, first.code)).document).not.toBeNull()
  expect((await remade(operator, first.code)).sameBytes).toBe(true)

  const third = await kept(operator, { evidence: 'supplied' })
  const fourth = await kept(operator, { evidence: 'supplied', supersedes: third.code })
  expect((await states(operator)).filter((one) => one.startsWith(third.code) || one.startsWith(fourth.code)).sort()).toEqual([`${third.code} superseded`, `${fourth.code} frozen`].sort())
})
