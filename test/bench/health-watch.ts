import { Agent, request } from 'node:http'
import { quantile } from './timing.js'

const everyMs = 50

/** How long the server took to say that it is well, while it did something else. In milliseconds. */
export interface Health {
  asked: number
  median: number
  p99: number
  max: number
  failed: number
}

/**
 * Asks for the server's health every 50 ms, whether or not the last question was answered: a stalled server is asked
 * all the same, and every wait is counted. Call what it answers to end it.
 */
export function watchHealth(address: string): () => Promise<Health> {
  const agent = new Agent({ keepAlive: true })
  const taken: number[] = []
  const open = new Set<Promise<void>>()
  let failed = 0
  const ask = () => {
    const start = performance.now()
    const one = new Promise<void>((resolve) => {
      const asked = request(`${address}/api/health`, { agent }, (response) => {
        response.resume().on('end', () => {
          taken.push(performance.now() - start)
          resolve()
        })
      })
      asked.on('error', () => {
        failed += 1
        resolve()
      })
      asked.end()
    })
    open.add(one)
    void one.finally(() => open.delete(one))
  }
  const timer = setInterval(ask, everyMs)
  return async () => {
    clearInterval(timer)
    await Promise.all(open)
    agent.destroy()
    return { asked: taken.length + failed, median: quantile(taken, 0.5), p99: quantile(taken, 0.99), max: Math.max(...taken), failed }
  }
}
