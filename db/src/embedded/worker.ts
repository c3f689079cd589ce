import { parentPort, workerData } from 'node:worker_threads'
import type { Results } from '@electric-sql/pglite'
import { changeChannel } from '../listen.js'
import { keepPattern, openPGlite } from './new-database.js'
import type { Answer, Failure, Reply, Request } from './wire.js'

/*
 * The thread that holds the embedded database. It does one thing after the other, in the order in which it is asked;
 * who may ask between BEGIN and COMMIT is decided on the other side.
 */

const { folder, pattern } = workerData as { folder: string | null; pattern: string | null }
const port = parentPort!
const say = (reply: Reply) => {
  const blob = 'answer' in reply ? reply.answer.blob : null
  port.postMessage(reply, blob === null ? [] : [blob.buffer])
}
const nothing: Answer = { rows: [], fields: [], blob: null }

const opening = openPGlite(folder, pattern).then(async (database) => {
  await database.listen(changeChannel, (told) => say({ told }))
  return database
})
let before: Promise<void> = opening.then(() => say({ id: 0, answer: nothing }), (error: unknown) => say({ id: 0, failure: failureOf(error) }))

port.on('message', (request: Request) => {
  before = before.then(async () => {
    try {
      say({ id: request.id, answer: await answerTo(request) })
    } catch (error) {
      say({ id: request.id, failure: failureOf(error) })
    }
  })
})

async function answerTo({ kind, statement, params, rowMode, asText, blob }: Request): Promise<Answer> {
  const database = await opening
  if (kind === 'close') {
    await database.close()
    return nothing
  }
  if (kind === 'keep') {
    if (pattern !== null) await keepPattern(database, pattern)
    return nothing
  }
  if (kind === 'exec') {
    await database.exec(statement)
    return nothing
  }
  const parsers = Object.fromEntries(asText.map((oid) => [oid, (text: string) => text]))
  return plain(await database.query(statement, params, { rowMode, parsers, ...(blob ? { blob: new Blob([blob as Uint8Array<ArrayBuffer>]) } : {}) }))
}

async function plain({ rows, fields, affectedRows, rowCount, blob }: Results): Promise<Answer> {
  return { rows, fields, affectedRows, rowCount, blob: blob ? new Uint8Array(await blob.arrayBuffer()) : null }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), fields: {} }
  const fields = Object.entries(error).filter((entry): entry is [string, string | number | boolean] => entry[0] !== 'query' && ['string', 'number', 'boolean'].includes(typeof entry[1]))
  return { message: error.message, fields: Object.fromEntries(fields) }
}
