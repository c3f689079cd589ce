/**
 * Sends statements of one transaction one after the other while whoever wants them goes on: the database stores one piece
 * of work, and looks up another, while a third is computed. Once one has failed, the others fail with the same error and
 * are not sent.
 */
export interface StatementQueue {
  /** Has work done behind all that was asked for before. Who does not wait for it is told of its failure by what comes later. */
  run<Result>(work: () => Promise<Result>): Promise<Result>
}

/**
 * Does work with a queue. Ends when all that was asked for is done, or, where something has failed, when nothing is under
 * way any more: what waits is not sent, since the transaction it belongs to is over.
 * @throws what failed first
 */
export async function withQueue<Result>(work: (queue: StatementQueue) => Promise<Result>): Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false
  const run = <Own>(one: () => Promise<Own>): Promise<Own> => {
    const own = last.then(() => {
      if (isOver) throw new Error('the transaction is over')
      return one()
    })
    own.catch(() => {})
    last = own
    return own
  }
  try {
    const result = await work({ run })
    await last
    return result
  } catch (error) {
    isOver = true
    await last.catch(() => {})
    throw error
  }
}

/** What is looked up of each piece, in order: that of the next is under way while one is worked on. */
export async function* lookedUpAhead<Piece, Found>(pieces: Iterable<Piece>, lookUp: (piece: Piece) => Promise<Found>): AsyncGenerator<[Piece, Found]> {
  let ahead: [Piece, Promise<Found>] | null = null
  for (const piece of pieces) {
    const next: [Piece, Promise<Found>] = [piece, lookUp(piece)]
    if (ahead) yield [ahead[0], await ahead[1]]
    ahead = next
  }
  if (ahead) yield [ahead[0], await ahead[1]]
}
