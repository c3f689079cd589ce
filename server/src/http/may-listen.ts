import { createServer } from 'node:net'
import { CannotStart } from '../lib/cannot-start.js'

/** Finds out whether a port can be listened on, before anything is loaded. @throws CannotStart */
export async function mayListen(port: number, host: string): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.on('error', (error) => reject(cannotListen(port, host, error))).listen(port, host, () => probe.close(() => resolve()))
  })
}

/** Why a port cannot be listened on, and what to do. */
export function cannotListen(port: number, host: string, error: NodeJS.ErrnoException): CannotStart {
  switch (error.code) {
    case 'EADDRINUSE':
      return new CannotStart(`Port ${port} of ${host} is taken by another program, perhaps by a Lastmile that runs already. Set PORT to another, or to 0 for one that is free.`)
    case 'EACCES':
      return new CannotStart(`Port ${port} of ${host} is not open to this user. Set PORT to one from 1024 on.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CannotStart(`HOST is ${host}, and that is no address of this machine. Set HOST to 127.0.0.1, or leave it out.`)
    default:
      return new CannotStart(`Port ${port} of ${host} cannot be listened on: ${error.message}. Set PORT and HOST to others.`)
  }
}
