import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A line to a server that can be cut and mended: what goes through it is passed on as it is. */
export interface Line {
  /** The URL of the server, by this line. */
  readonly url: string
  /** Ends every connection at once, and takes no more. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Lays a line to the server of a URL. */
export async function lineTo(url: string): Promise<Line> {
  const target = new URL(url)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on('error', () => {}).on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String(port)
  return {
    url: own.href,
    cut: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const one of open) one.destroy()
    }),
    mend: () => listen(port),
  }
}
