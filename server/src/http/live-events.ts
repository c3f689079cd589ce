import type { HttpBindings } from '@hono/node-server'
import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Actor } from '@lastmile/shared/account'
import { addressesOf } from '@lastmile/shared/message'
import type { Identity } from '../accounts/accounts.js'
import type { LiveEvent } from '../lib/events.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

const heartbeatMs = 20_000
/** Windows that may be open at once. Each holds a connection. */
const windowsAtMost = 5_000
/** Messages that may wait for a window to read them. */
const waitingAtMost = 500

/**
 * `/api/events`: server-sent events until the server stops, or whoever listens is no longer who he was: then the window is
 * told so (`session`), and opens the line anew as whoever it is now. A comment now and then keeps proxies from closing the line.
 * A window that does not read is let go: its browser opens the line again and asks for everything anew.
 */
export function liveEvents(services: Services, stopping: AbortSignal): Handler {
  const ends = new Set<() => void>()
  stopping.addEventListener('abort', () => {
    for (const end of ends) end()
  }, { once: true })
  return (c) => {
    if (ends.size >= windowsAtMost) throw new Refusal(503, 'events.full', 'As many windows are open as this server tells of changes. Ask again without live changes, or later.')
    const { actor, isOver }: Identity = c.get('identity')
    return streamSSE(c, (stream) => new Promise<void>((resolve) => {
      let waiting = 0
      const end = () => {
        clearInterval(beating)
        unsubscribe()
        ends.delete(end)
        resolve()
      }
      const write = (text: string) => {
        if (waiting >= waitingAtMost) {
          end()
          // What waits would keep the line open for as long as nobody reads it.
          ;(c.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy()
          return
        }
        waiting += 1
        void stream.write(text).finally(() => (waiting -= 1))
      }
      const endAsAnother = () => {
        write('event: session\ndata: {}\n\n')
        end()
      }
      const beating = setInterval(() => (isOver() ? endAsAnother() : write(': still here\n\n')), heartbeatMs)
      const unsubscribe = services.events.subscribe((event) => {
        if (event.event === 'session') {
          if (actor.kind !== 'public' && (event.to === null || event.to === actor.id)) endAsAnother()
          return
        }
        const data = toldTo(actor, event)
        if (data !== null) write(`event: ${event.event}\ndata: ${JSON.stringify(data)}\n\n`)
      })
      ends.add(end)
      stream.onAbort(end)
      write(': open\n\n')
      if (stopping.aborted) end()
    }))
  }
}

/** What an actor hears of an event; null for nothing. That there are messages, whom they are for. That a list has changed, everybody; to which version, by which report and how an upload or a plan gets on, nobody but who sent it: versions count drafts and embargoes too. */
function toldTo(actor: Actor, event: Exclude<LiveEvent, { event: 'session' }>): object | null {
  if (event.event === 'progress' || event.event === 'planner') return event.to === actor.id ? event.data : null
  if (event.event === 'message') return addressesOf(actor).some((one) => event.to.includes(one)) ? {} : null
  return { list: event.data.list }
}
