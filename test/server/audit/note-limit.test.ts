import { expect, test } from 'vitest'
import { eventBy, eventOf, type Deed } from '@lastmile/server/audit/event-of'
import { notedAMinute, NoteLimit } from '@lastmile/server/audit/note-limit'

const deed: Deed = { action: 'request.refused', outcome: 'refused', object: 'GET /api/audit' }
const refusal = eventOf({ get: () => undefined } as unknown as Parameters<typeof eventOf>[0], deed)

test('so many refusals are noted a minute; the rest is told once the minute is over, and the next minute has its own', () => {
  let now = 1_000
  const limit = new NoteLimit(() => now)
  const noted = (times: number) => Array.from({ length: times }, () => limit.take(refusal)).flat()
  expect(noted(notedAMinute + 3)).toHaveLength(notedAMinute)
  now += 45_000
  expect([limit.dueInMs, limit.due(), noted(2)]).toEqual([15_000, [], []])
  now += 15_000
  expect(noted(1).map(({ after }) => after)).toEqual([{ more: 5, withinSeconds: 60 }, null])
  expect([noted(notedAMinute).length, limit.dueInMs]).toEqual([notedAMinute - 1, 60_000])
  now += 60_000
  expect(limit.due().map(({ actor, after }) => [actor, after])).toEqual([['public', { more: 1, withinSeconds: 60 }]])
  expect([limit.due(true), limit.dueInMs]).toEqual([[], null])
})

test('each has a minute of his own: whoever is refused much hides nobody else', () => {
  const now = 1_000
  const limit = new NoteLimit(() => now)
  const of = (actor: string) => eventBy({ ...refusal, actor, requestId: actor }, deed)
  const noted = [...Array.from({ length: notedAMinute + 2 }, () => limit.take(of('loud'))), limit.take(of('quiet'))].flat()
  expect(noted.map(({ actor }) => actor)).toEqual([...Array.from({ length: notedAMinute }, () => 'loud'), 'quiet'])
  expect(limit.due(true).map(({ actor, requestId, after }) => [actor, requestId, after])).toEqual([['loud', null, { more: 2, withinSeconds: 60 }]])
})
