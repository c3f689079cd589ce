import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newApp } from '@lastmile/server/app'
import { newListener } from '@lastmile/server/http/listener'
import { newReadyAnswers } from '@lastmile/server/http/ready-answers'
import type { Services } from '@lastmile/server/lib/services'
import { build } from './door.js'

/** An answer as it comes over the wire. */
export interface Heard {
  status: number
  /** All headers but the time of day and the name of the one request that the routes saw. */
  headers: IncomingHttpHeaders
  body: Buffer
  /** The status, method and route under which the listener told that it had the answer ready; null where the routes answered. */
  ready: string | null
}

/** A server that listens on a port of its own, as the product does. */
export interface Listening {
  address: string
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Heard>
  close(): Promise<void>
}

/** Lets a server listen. It holds no answer yet. */
export async function listening(services: Services): Promise<Listening> {
  const served: string[] = []
  const ready = newReadyAnswers(services, build)
  const app = newApp(services, { webFolder: null, build, ready })
  const server = createServer(newListener(app.fetch, ready, { hostname: '127.0.0.1', onServed: (method, route, status) => served.push(`${status} ${method} ${route}`) }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    ask: async (path, headers = {}, method = 'GET') => {
      const before = served.length
      const heard = await askAt(port, path, headers, method)
      return { ...heard, ready: served[before] ?? null }
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

/** Asks without a client's own ideas: no header is added, no body unpacked. */
function askAt(port: number, path: string, headers: Record<string, string>, method: string): Promise<Omit<Heard, 'ready'>> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
        const { date: _, 'x-request-id': __, ...rest } = answer.headers
        resolve({ status: answer.statusCode!, headers: rest, body: Buffer.concat(chunks) })
      })
    })
    asked.on('error', reject).end()
  })
}
