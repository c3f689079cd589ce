import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Services } from '../lib/services.js'

const heartbeatMs = 20_000

/** `/api/events`: server-sent events. A comment now and then keeps proxies from closing the line. */
export function liveEvents(services: Services): Handler {
  return (c) => streamSSE(c, async (stream) => {
    const unsubscribe = services.events.subscribe(({ event, data }) => {
      void stream.writeSSE({ event, data: JSON.stringify(data) })
    })
    stream.onAbort(unsubscribe)
    await stream.write(': open\n\n')
    while (!stream.aborted && !stream.closed) {
      await stream.sleep(heartbeatMs)
      await stream.write(': still here\n\n')
    }
    unsubscribe()
  })
}
