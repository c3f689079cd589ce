import { brotliDecompressSync } from 'node:zlib'
import type { OpenDatabase } from '@lastmile/db/open'
import { newAccounts } from '@lastmile/server/accounts/accounts'
import { newApp } from '@lastmile/server/app'
import { newAuditLog } from '@lastmile/server/audit/audit-log'
import { clockAt } from '@lastmile/server/lib/clock'
import { newEvents } from '@lastmile/server/lib/events'
import { newReadyAnswers } from '@lastmile/server/http/ready-answers'
import { openKeptFiles } from '@lastmile/server/lib/kept-files'
import { newKnownLists } from '@lastmile/server/lib/known-lists'
import type { Services } from '@lastmile/server/lib/services'
import { newStoring } from '@lastmile/server/reports/storing'
import { listCode } from './edition.js'
import { askedAt } from './maintained-load.js'
import type { MaintainedQuestion } from './maintained.js'
import type { Ask } from './timing.js'

const silent = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, () => {}])) as unknown as Services['log']

/** Asks the product by requests to its app, in this process: all of it but the socket. */
export interface OverHttp {
  /** Of a server that holds no answers: each is computed. */
  computed(question: MaintainedQuestion): Ask
  /** The same address again: the answer is held ready. Null for a question that is posted: its answer is never held. */
  ready(question: MaintainedQuestion): Ask | null
}

export async function overHttp(opened: OpenDatabase, folder: string): Promise<OverHttp> {
  const clock = clockAt(() => askedAt)
  const services: Services = {
    db: opened.db, home: opened.home, clock, lists: newKnownLists(opened.db, clock, true), events: newEvents(), files: await openKeptFiles(folder), storing: newStoring(opened), audit: newAuditLog({ db: opened.db, clock, log: silent, headFile: null }), log: silent, accounts: newAccounts(opened.db, clock, silent, { secret: 's'.repeat(32), address: 'http://127.0.0.1', idleMinutes: 30, sessionHours: 12, singleSignOn: null }), trustProxy: false, publicMayLook: true, secretFile: null, commandToken: 'c'.repeat(64),
  }
  const options = { webFolder: null, build: 'bench' }
  const holding = newApp(services, options)
  const forgetful = newApp(services, { ...options, ready: { ...newReadyAnswers(services, options.build), held: { find: () => undefined, hold: () => {} } } })
  const answer = async (app: typeof holding, { path, body: posted, figures }: MaintainedQuestion) => {
    const response = await app.request(`/api/lists/${listCode}${path}`, posted === null ? { headers: { 'accept-encoding': 'br' } }
      : { method: 'POST', headers: { 'accept-encoding': 'br', 'content-type': 'application/json' }, body: JSON.stringify(posted) })
    const body = await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${Buffer.from(body).toString().slice(0, 300)}`)
    return () => figures(JSON.parse(unpacked(body, response.headers.get('content-encoding'))))
  }
  return {
    computed: (question) => () => answer(forgetful, question),
    ready: (question) => (question.body === null ? () => answer(holding, question) : null),
  }
}

function unpacked(body: ArrayBuffer, encoding: string | null): string {
  const bytes = Buffer.from(body)
  return (encoding === 'br' ? brotliDecompressSync(bytes) : bytes).toString()
}
