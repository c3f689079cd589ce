import { expect, test } from 'vitest'
import { openCommentsAtMost } from '@lastmile/shared/bulletin'
import type { MessagesAnswer } from '@lastmile/shared/message'
import { messageWords } from '@lastmile/shared/message-words'
import { all, bulletinOffice, bulletins, comment, embargo, kept, lines, post, problemOf } from './bulletin-office.js'
import type { Door } from './door.js'

/*
 * What those named hear of bulletins, and how much they may say. It is Wednesday, 2026-03-18, at noon in Shanghai.
 */

const publishAt = '2026-03-23T02:00:00.000Z'
const previewFrom = '2026-03-18T16:00:00.000Z'
const inbox = async (door: Door) => (await door.read<MessagesAnswer>('/api/messages')).messages.map(({ kind, subject, names }) => [subject.bulletin, kind, names.bulletin?.zh])

test('an inbox names the number of each bulletin, and one that was withdrawn, one that is held back and one whose place was taken are not said alike', async () => {
  const { operator, acme, at, publish } = await bulletinOffice()
  for (const asOf of ['2026-03-09', '2026-03-10', '2026-03-11']) await embargo(operator, (await kept(operator, { asOf })).code, publishAt)
  at(previewFrom)
  await publish()
  expect((await post(operator, '/2026-1/withdrawal', { reason: '数据有误' })).status).toBe(200)
  expect((await operator.ask(`${bulletins}/2026-2/embargo`, { method: 'DELETE' })).status).toBe(200)
  await kept(operator, { asOf: '2026-03-11', supersedes: '2026-3' })
  const heard = await inbox(acme)
  expect(heard.filter(([, kind]) => kind !== 'bulletin_preview').sort()).toEqual([['2026-1', 'bulletin_withdrawn', '通报〔2026〕1号'], ['2026-2', 'bulletin_held', '通报〔2026〕2号'], ['2026-3', 'bulletin_replaced', '通报〔2026〕3号']])
  expect(heard.filter(([, kind]) => kind === 'bulletin_preview').map(([, , number]) => number).sort()).toEqual(['通报〔2026〕1号', '通报〔2026〕2号', '通报〔2026〕3号'])
  const titles = (['bulletin_withdrawn', 'bulletin_held', 'bulletin_replaced'] as const).flatMap((kind) => Object.values(messageWords[kind].title))
  expect(new Set(titles).size).toBe(6)
})

test('so many comments on a line wait for an answer at most; answered, more can be said, and other lines have their own', async () => {
  const { operator, acme, north, at, publish } = await bulletinOffice()
  const { code } = await kept(operator)
  await embargo(operator, code, publishAt)
  at(previewFrom)
  await publish()
  for (let i = 1; i < openCommentsAtMost; i++) expect((await comment(acme, code, 'drug:alpha', i % 2 ? 'comment' : 'correction', `意见${i}`)).status).toBe(201)
  // Of two at once one is the last.
  const last = await Promise.all([comment(acme, code, 'drug:alpha', 'comment', '最后'), comment(acme, code, 'drug:alpha', 'comment', '最后')])
  expect(last.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await problemOf(comment(acme, code, 'drug:alpha', 'correction', '再一条'))).toEqual([409, 'bulletin.comments_full'])
  expect((await lines(acme, code)).comments).toHaveLength(openCommentsAtMost)
  for (const [door, line] of [[acme, 'drug:beta'], [north, 'place:100000']] as const) expect((await comment(door, code, line, 'comment', '另一行')).status).toBe(201)
  expect((await comment(operator, code, 'drug:alpha', 'answer', '已核实')).status).toBe(201)
  expect((await comment(acme, code, 'drug:alpha', 'comment', '又一条')).status).toBe(201)
  expect((await all(operator))[0]!.openComments).toBe(3)
})

test('set on a Friday evening, those named do not have Monday alone: Tuesday morning is too soon, and Tuesday evening is not', async () => {
  const { operator } = await bulletinOffice({}, '2026-03-20T11:02:00.000Z')
  const { code } = await kept(operator)
  expect(await problemOf(embargo(operator, code, '2026-03-23T23:00:00.000Z'))).toEqual([400, 'bulletin.too_soon'])
  expect((await embargo(operator, code, '2026-03-24T11:02:00.000Z')).status).toBe(200)
  expect(await all(operator)).toMatchObject([{ code, state: 'embargoed', previewFrom: '2026-03-20T11:02:00.000Z' }])
})
