import { isDiskFull } from '@lastmile/db/disk-full'
import { noteFile, noteLooks, takenBy, type BegunRun, type EndOfRun } from '@lastmile/db/query/feed-runs'
import { findList } from '@lastmile/db/query/lists'
import { findSource } from '@lastmile/db/query/sources'
import { daySaidBy, nextFetch, nextTry, passingReasons, type FeedFile } from '@lastmile/shared/feed'
import { everything } from '@lastmile/shared/purview'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { limitsOf } from '../reports/submission.js'
import { CannotFetch, type FeedBounds } from './feed-bounds.js'
import { fetchAddress } from './fetch-address.js'
import { Changed, folderFiles, type FolderFile } from './folder-files.js'
import { takeFile } from './take-file.js'

/** A run was told to stop: by somebody, since the server stops, or since another has the feed. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** How far a run has come. */
export interface Progress {
  bytes: number
  rows: number
}

/** What a run works with. */
interface Work {
  services: Services
  bounds: FeedBounds
  run: BegunRun
  signal: AbortSignal
  progress: Progress
  largest: number
  /** How many files were tried that had been before. */
  tried: number
}

/**
 * Fetches what is new of a feed and sends each file as a report. What was taken before, by its bytes, is not sent again;
 * what then became no report is tried once more under another name, or where somebody asks by hand, and each time where the reason may pass. Answers how the run ended, and when the
 * feed's time comes next: as its schedule says, or, after a failure, after a wait that grows. Throws nothing.
 * @param progress is kept up to date while it runs
 */
export async function runFeed(services: Services, bounds: FeedBounds, run: BegunRun, signal: AbortSignal, progress: Progress): Promise<EndOfRun> {
  const { feed } = run
  const ended = (outcome: EndOfRun['outcome'], own: Partial<EndOfRun> = {}): EndOfRun => {
    const at = services.clock.now()
    return { at, outcome, ...progress, reason: null, detail: null, nextAt: nextFetch(feed.schedule, at, feed.timeZone), failures: 0, remembered: null, ...own }
  }
  const failed = (reason: NonNullable<EndOfRun['reason']>, detail: string) => ended('failed', { reason, detail, failures: feed.failures + 1, nextAt: nextTry(feed.failures + 1, services.clock.now()) })
  const unsubscribe = services.events.subscribe((event) => {
    if (event.event === 'progress' && event.data.upload === uploadOf(run)) progress.rows = Math.max(progress.rows, event.data.rows)
  })
  try {
    signal.throwIfAborted()
    const list = (await findList(services.db, feed.list, services.clock.now()))!
    const source = (await findSource(services.db, list.id, feed.source, everything))!
    const work: Work = { services, bounds, run, signal, progress, largest: limitsOf(source, 'feed').maxUploadBytes, tried: 0 }
    const { taken, remembered } = feed.where.kind === 'folder' ? await fromFolder(work, feed.where.folder) : await fromAddress(work, feed.where)
    return ended(taken > 0 ? 'done' : 'nothing_new', { remembered })
  } catch (error) {
    if (error instanceof Stopped) return ended('stopped', { failures: feed.failures })
    if (error instanceof CannotFetch) return failed(error.reason, error.message)
    if (isDiskFull(error)) return failed('DISK_FULL', 'The disk of this server is full.')
    // The source takes no feeds any more.
    if (error instanceof Refusal) return failed('CHANNEL_CLOSED', error.message)
    services.log.error({ err: error, feed: feed.code }, 'a run of a feed failed')
    return failed('SERVER_FAILED', 'Something went wrong here; the log of the server says what.')
  } finally {
    unsubscribe()
  }
}

/** Under which name the progress of a run's files is told. */
const uploadOf = ({ id, feed }: BegunRun) => `${feed.code}/${id}`

type Done = { taken: number; remembered: EndOfRun['remembered'] }

async function fromFolder(work: Work, folder: string): Promise<Done> {
  const { services, bounds, run } = work
  const { feed } = run
  const known = await takenBy(services.db, feed.id)
  const looks = new Map([...known.values()].map((one) => [`${one.filename}/${one.mark}`, one]))
  const files = await folderFiles(bounds, folder, feed.file, services.clock.ms())
  let taken = 0
  for (const one of inTheirOrder(files, feed.file)) {
    work.signal.throwIfAborted()
    const before = looks.get(`${one.filename}/${one.mark}`)
    // Of two names for the same bytes the one that was seen last stands there.
    if (before && (before.isReport || !run.byHand)) continue
    if (one.bytes > work.largest) throw new CannotFetch('TOO_LARGE', `"${one.filename}" is larger than the ${work.largest} bytes that its source's feed may have.`)
    const became = await take(work, known, { filename: one.filename, mark: one.mark, modified: one.modified, read: one.read }).catch((error: unknown) => {
      if (error instanceof Changed) return null
      throw error
    })
    if (became !== null) taken += 1
  }
  return { taken, remembered: null }
}

/** By the day that their names say, and by name: what comes later speaks last. */
function inTheirOrder(files: readonly FolderFile[], pattern: string): FolderFile[] {
  const dayOf = ({ filename }: FolderFile) => {
    const said = daySaidBy(pattern, filename)
    return said === null ? '' : 'asOf' in said ? said.asOf : said.period
  }
  return files.map((file) => ({ file, day: dayOf(file) })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.file.filename < b.file.filename ? -1 : 1)).map(({ file }) => file)
}

async function fromAddress(work: Work, { url, token }: { url: string; token: string | null }): Promise<Done> {
  const { services, bounds, run: { feed, byHand }, signal, largest } = work
  // Who asks by hand wants to see it come.
  const held = byHand ? { etag: null, lastModified: null } : { etag: feed.etag, lastModified: feed.lastModified }
  const answer = await fetchAddress(bounds, { url, token, ...held, largest, signal })
  if (answer === null) return { taken: 0, remembered: null }
  const { filename, modified, etag, lastModified, read } = answer
  const became = await take(work, await takenBy(services.db, feed.id), { filename, mark: null, modified, read })
  // What may be taken later is to be sent again, not answered as unchanged.
  return { taken: became === null ? 0 : 1, remembered: became !== null && mayPass(became) ? null : { etag, lastModified } }
}

const mayPass = ({ reason }: FeedFile) => reason !== null && passingReasons.includes(reason)

/** Takes one file: to the disk, and on as a report. Null where its bytes were taken before. */
async function take(work: Work, known: Awaited<ReturnType<typeof takenBy>>, { filename, mark, modified, read }: { filename: string; mark: string | null; modified: string | null; read(): AsyncGenerator<Uint8Array> }): Promise<FeedFile | null> {
  const { services, run, signal, progress } = work
  const { db, files } = services
  const file = await files.receive(counted(read(), progress, signal))
  try {
    const before = known.get(file.sha256)
    if (before && (before.isReport || (!run.byHand && before.filename === filename))) {
      if (mark !== before.mark || filename !== before.filename) await noteLooks(db, run.feed.id, { sha256: file.sha256, filename, mark })
      return null
    }
    const list = (await findList(db, run.feed.list, services.clock.now()))!
    const became = await takeFile(services, run.feed, list, { filename, file, modified, upload: uploadOf(run), again: before ? `:${run.id}.${(work.tried += 1)}` : '' }, signal)
    await noteFile(db, run, { ...became, sha256: file.sha256, mark })
    if (!mayPass(became)) known.set(file.sha256, { sha256: file.sha256, filename, mark, isReport: became.report !== null && became.outcome !== 'row_errors' })
    return became
  } finally {
    await files.discard(file)
  }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, progress: Progress, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    signal.throwIfAborted()
    progress.bytes += piece.byteLength
    yield piece
  }
}
