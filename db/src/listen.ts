import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** The channel on which servers tell each other that a list's data, or an account, changed, and that there are new messages. */
export const changeChannel = 'lastmile_change'

/** A change of a list's data, as whoever made it tells it with the commit. */
export interface ListChange {
  list: string
  version: number
  /** The report that made it; '' for anything else (an edition, a master, a recount); null where no open window need ask again (a draft). */
  report: string | null
}

/** Of an account, its sessions, or a key (by its code) something was changed. */
export interface AccountChange {
  account: string
}

/** There are new messages for who is found at these addresses. */
export interface MessageChange {
  addresses: string[]
}

/** Hears what any server of one database does to its lists and accounts. */
export interface ChangeListener {
  /** From now on nothing is missed. What changed before, while nobody listened, is not told again. */
  listening(): void
  /** A change was committed. Null where its words are not understood: anything may have changed. */
  changed(change: ListChange | AccountChange | MessageChange | null): void
  /** From now on changes are missed, until `listening` is called again. */
  lost(error: Error): void
}

/** How often the line is tried, and how long an answer may take: after so much a dead one is known for dead. */
const beat = { everyMs: 10_000, withinMs: 5_000 }

/** Pauses between attempts to get the line back. */
const pause = { firstMs: 250, longestMs: 10_000 }

/**
 * Listens on a connection of its own: LISTEN belongs to a session, and a pool lends sessions out (for the same reason a
 * pooler between must hand out sessions, not transactions). A lost connection is made again; one that is dead without
 * saying so (a cable, a firewall) is found by its silence. Answers how to stop.
 */
export function listenTo(url: string, listener: ChangeListener): () => Promise<void> {
  const stopped = new AbortController()
  const ended = (async () => {
    let pauseMs = pause.firstMs
    while (!stopped.signal.aborted) {
      const error = await listenOnce(url, listener, stopped.signal, () => (pauseMs = pause.firstMs))
      if (stopped.signal.aborted) break
      listener.lost(error)
      await wait(pauseMs, undefined, { signal: stopped.signal }).catch(() => {})
      pauseMs = Math.min(2 * pauseMs, pause.longestMs)
    }
  })()
  return async () => {
    stopped.abort()
    await ended
  }
}

/** One connection, from its beginning to its end. Answers why it ended. */
async function listenOnce(url: string, listener: ChangeListener, signal: AbortSignal, began: () => void): Promise<Error> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: beat.withinMs, query_timeout: beat.withinMs, application_name: 'lastmile listener' })
  const over = new AbortController()
  const stop = () => over.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  client.on('error', (error) => over.abort(error))
  client.on('end', () => over.abort(new Error('the connection ended')))
  client.on('notification', ({ channel, payload }) => {
    if (channel === changeChannel) listener.changed(changeOf(payload))
  })
  try {
    await client.connect()
    await client.query(`listen ${changeChannel}`)
    began()
    listener.listening()
    for (;;) {
      await wait(beat.everyMs, undefined, { signal: over.signal, ref: false })
      await client.query('select 1')
    }
  } catch (error) {
    return (over.signal.aborted ? over.signal.reason : error) as Error
  } finally {
    signal.removeEventListener('abort', stop)
    // A connection that does not answer does not say goodbye either.
    await Promise.race([client.end().catch(() => {}), wait(1_000, undefined, { ref: false })])
    client.connection.stream.destroy()
  }
}

/** What a word on the channel says. */
export function changeOf(payload: string | undefined): ListChange | AccountChange | MessageChange | null {
  try {
    const { account, addresses, list, version, report } = JSON.parse(payload ?? '') as Partial<ListChange & AccountChange & MessageChange>
    if (Array.isArray(addresses)) return { addresses: addresses.map(String) }
    if (typeof account === 'string') return { account }
    return typeof list === 'string' && typeof version === 'number' && (typeof report === 'string' || report === null) ? { list, version, report } : null
  } catch {
    return null
  }
}
