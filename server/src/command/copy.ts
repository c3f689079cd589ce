import { resolve } from 'node:path'
import { Problem } from '@lastmile/shared/problem'
import { CopyLine } from '../backup/routes.js'
import type { Door } from './door.js'

/** Asks for a copy to be made or put back, and waits for its end. @throws Error with the server's own sentence */
export async function askForCopy(door: Door, path: 'backup' | 'restore', folder: string, onProgress: (what: string) => void): Promise<Extract<CopyLine, { done: unknown }>['done']> {
  const answer = await door.ask(`/api/commands/${path}`, { method: 'POST', body: JSON.stringify({ folder: resolve(folder) }) })
  let rest = ''
  const decoder = new TextDecoder()
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop()!
    for (const text of lines) {
      const line = CopyLine.parse(JSON.parse(text))
      if ('done' in line) return line.done
      if ('error' in line) throw new Error(line.error.message)
      onProgress(line.progress)
    }
  }
  // What is refused before the work begins is answered as everything else is, without an end of line.
  const refused = Problem.safeParse(rest === '' ? null : JSON.parse(rest))
  if (refused.success) throw new Error(refused.data.error.message)
  throw new Error('The server ended before it was done. Begin again.')
}
