import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Services } from '../lib/services.js'

const heartbeatMs = 20_000

/** `/api/events`: server-sent events until the server stops. A comment now and then keeps proxies from closing the line. */
export function liveEvents(services: Services, stopping: AbortSignal): Handler {
  const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }))
  return (c) => streamSSE(c, async (stream) => {
    const unsubscribe = services.events.subscribe(({ event, data }) => {
      void stream.writeSSE({ event, data: JSON.stringify(data) })
    })
    stream.onAbort(unsubscribe)
    await stream.write(': open\n\n')
    while (!stream.aborted && !stream.closed && !stopping.aborted) {
      await Promise.race([stream.sleep(heartbeatMs), stopped])
      await stream.write(': still here\n\n')
    }
    unsubscribe()
  })
}
