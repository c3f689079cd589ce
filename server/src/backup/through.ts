import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Pieces as a transform makes them, one way in which an error of either ends the reading. */
export async function* through(pieces: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
  const fed = pipeline(pieces, transform)
  // Whoever reads is told of the error first; `fed` then has it too.
  fed.catch(() => {})
  yield* transform as AsyncIterable<Uint8Array>
  await fed
}
