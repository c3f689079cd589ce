import type { Server } from 'node:http'
import { within } from './within.js'

/**
 * Takes no new connections and waits for what is running, at most so many seconds; then cuts what is left.
 * Answers whether everything came to its end.
 */
export async function drain(server: Pick<Server, 'close' | 'closeIdleConnections' | 'closeAllConnections'>, seconds: number): Promise<boolean> {
  const closed = new Promise<boolean>((resolve) => server.close(() => resolve(true)))
  // A connection that is kept open between requests is idle only after the last of them.
  const sweeping = setInterval(() => server.closeIdleConnections(), 50)
  const isWhole = await within(seconds * 1_000, closed).catch(() => false)
  clearInterval(sweeping)
  if (!isWhole) server.closeAllConnections()
  return isWhole
}
