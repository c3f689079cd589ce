import type { Feed, FeedChange, FeedDay, FeedSchedule } from '@lastmile/shared/feed'

/** A feed while it is typed: every field as text. */
export interface FeedDraft {
  name: string
  kind: 'folder' | 'url'
  folder: string
  url: string
  token: string
  file: string
  every: FeedSchedule['every']
  count: string
  at: string
  dayFrom: FeedDay
  enabled: boolean
}

export const emptyDraft: FeedDraft = { name: '', kind: 'folder', folder: '', url: '', token: '', file: '*.csv', every: 'day', count: '1', at: '06:30', dayFrom: 'modified', enabled: true }

/** A feed as it is, to be changed. */
export function draftOf({ name, where, file, schedule, dayFrom, enabled }: Feed): FeedDraft {
  return {
    ...emptyDraft, name, kind: where.kind, ...(where.kind === 'folder' ? { folder: where.folder } : { url: where.url, token: where.token ?? '' }), file,
    every: schedule.every, ...(schedule.every === 'day' ? { at: schedule.at } : { count: String(schedule.count) }), dayFrom, enabled,
  }
}

/** What is said of the feed, but for its list and source. What is no number the server refuses by its field. */
export function saidIn({ name, kind, folder, url, token, file, every, count, at, dayFrom, enabled }: FeedDraft): FeedChange {
  return {
    name: name.trim(), where: kind === 'folder' ? { kind, folder: folder.trim() } : { kind, url: url.trim(), token: token.trim() === '' ? null : token.trim() }, file: file.trim(),
    schedule: every === 'day' ? { every, at } : { every, count: Number(count) }, dayFrom, enabled,
  }
}
