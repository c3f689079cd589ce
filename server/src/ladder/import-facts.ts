import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { newQueue } from '@lastmile/db/queue'
import { drugsOf } from '@lastmile/db/query/drugs'
import { factPlaceOf, heldFact, insertFact, sameFact, sayFact, settleLadder, type FactPlace } from '@lastmile/db/query/keep-ladder-fact'
import type { ListRow } from '@lastmile/db/query/lists'
import { regionsOf } from '@lastmile/db/query/regions'
import type { LadderImportAnswer, LadderRowError } from '@lastmile/shared/ladder-answer'
import { fileReasons } from '@lastmile/shared/reading'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { readInThread } from '../reading/in-thread.js'
import { receiveForm, type ReceivedForm } from '../reports/receive-form.js'
import { changeFacts } from './change-facts.js'
import { decisionOf, enteringHere, keepingNow, notHis, type Entering } from './entering.js'
import { factLimits, type FactFile, type FactReading } from './fact-file.js'
import { factsOfRows, type FactInRow, type Named } from './facts-of-rows.js'
import { newFactCode, saysTheSame, tellProvince } from './keep-facts.js'

/** What a form is beside its file, at most. */
const aroundTheFile = 64 * 1024
/** So many errors are told; of the others how many they are. */
const errorsTold = 200
/** So many facts of a file the audit names; the others are found by who entered them, and when. */
const factsNoted = 200
/** Files read at once: who comes next waits. */
const readings = newQueue(1)
const tooLarge: FactReading = { outcome: 'rejected', reason: 'TOO_LARGE', detail: 'the file takes more memory or time to read than a list of facts may' }

/**
 * Enters the facts of an uploaded file: those that are new, and those that say otherwise of the same from the same day on. All, or,
 * where any row is wrong, none; of a dry run none. The file itself is not kept.
 * @throws Refusal for a request that is no form with a file, and for a file that cannot be read
 */
export async function importFacts(services: Services, c: Context, list: ListRow, dryRun: boolean): Promise<LadderImportAnswer> {
  const entering = enteringHere(c, list)
  const form = await receiveForm(c.req.raw, services.files, () => factLimits.maxUploadBytes + aroundTheFile)
  try {
    const { name, received } = fileOf(form)
    const reading = await readings.run(() => readInThread<FactFile, FactReading>(new URL('./fact-thread.js', import.meta.url), { content: { path: received.path }, filename: name }, tooLarge))
    if (reading.outcome === 'rejected') throw new Refusal(fileReasons[reading.reason], `file.${reading.reason.toLowerCase()}`, reading.detail, { field: 'file' }, reading.reason)
    const { facts, errors } = factsOfRows(reading.rows, await namesOf(services, list))
    const places = await placesOf(services, list, entering, facts, errors)
    if (errors.length > 0) {
      errors.sort((a, b) => a.row - b.row)
      return { dryRun, rows: reading.rows.length, created: 0, changed: 0, unchanged: 0, errors: errors.slice(0, errorsTold), moreErrors: Math.max(0, errors.length - errorsTold) }
    }
    return { dryRun, rows: reading.rows.length, ...await keepAll(services, c, list, entering, facts, places, dryRun), errors: [], moreErrors: 0 }
  } finally {
    if (form.file) await services.files.discard(form.file.received)
  }
}

/** The drugs and units of a list by their codes and names. */
async function namesOf({ db }: Services, list: ListRow): Promise<{ drugs: Named[]; units: Named[] }> {
  const { units } = await regionsOf(db, list)
  return {
    drugs: (await drugsOf(db, list.id)).map(({ data: { code, name } }) => ({ code, names: [name.zh, name.en] })),
    units: units.map(({ code, name, fullName }) => ({ code, names: [name.zh, name.en, fullName.zh, fullName.en] })),
  }
}

/** The places of facts, each looked up once; what is not the asker's, or not in the list, is an error of its row. */
async function placesOf({ db }: Services, list: ListRow, entering: Entering, facts: readonly FactInRow[], errors: LadderRowError[]): Promise<Map<FactInRow, FactPlace>> {
  const known = new Map<string, ReturnType<typeof factPlaceOf>>()
  const found = new Map<FactInRow, FactPlace>()
  for (const fact of facts) {
    const { drug, unit, city } = fact.said
    const key = [drug, unit, city].join('/')
    if (!known.has(key)) known.set(key, factPlaceOf(db, list, fact.said))
    const place = await known.get(key)!
    const wrong = notHis(entering, fact.said, place)
    if (wrong) errors.push({ row: fact.row, column: wrong.field === 'drug' ? 'drug_code' : wrong.field, message: wrong.message })
    else if (!('field' in place)) found.set(fact, place)
  }
  return found
}

async function keepAll(services: Services, c: Context, list: ListRow, entering: Entering, facts: readonly FactInRow[], places: ReadonlyMap<FactInRow, FactPlace>, dryRun: boolean): Promise<Pick<LadderImportAnswer, 'created' | 'changed' | 'unchanged'>> {
  const keeping = keepingNow(services, c, entering)
  const batch = randomBytes(6).toString('hex')
  return changeFacts(services, c, list, async (tx) => {
    const result = { created: 0, changed: 0, unchanged: 0 }
    const kept: { unit: string | null; drug: string | null; code: string }[] = []
    for (const one of facts) {
      const [{ said }, place] = [one, places.get(one)!]
      const same = await sameFact(tx, list, entering.holder, place, said)
      const held = same === null ? null : await heldFact(tx, list, same)
      if (held && saysTheSame(held.fact, said)) {
        result.unchanged += 1
        continue
      }
      result[held ? 'changed' : 'created'] += 1
      const code = held?.fact.code ?? newFactCode()
      if (dryRun) continue
      if (held) await sayFact(tx, held.id, held.fact.version + 1, said, keeping, decisionOf(entering, keeping))
      else await insertFact(tx, list, code, entering.holder, place, said, keeping, decisionOf(entering, keeping))
      if (held) await settleLadder(tx, list, { unit: said.unit, code, at: keeping.at })
      kept.push({ unit: said.unit, drug: said.drug, code })
    }
    await tellProvince(tx, list, entering, kept, { ...keeping, batch: `file ${batch}` })
    const deeds = kept.length === 0 ? [] : [{ action: 'ladder_fact.import' as const, object: `file ${batch}`, after: { ...result, facts: kept.slice(0, factsNoted).map(({ code }) => code) } }]
    return { deeds, result }
  })
}

function fileOf({ fields, file }: ReceivedForm): NonNullable<ReceivedForm['file']> {
  const [unknown] = [...fields.keys()].filter((name) => name !== 'file')
  if (unknown !== undefined) {
    const field = unknown.replaceAll('\0', '').slice(0, 80)
    throw new Refusal(400, 'request.field', `${field}: there is no such field; there is file.`, { field })
  }
  if (!file) throw new Refusal(400, 'request.field', 'file: choose the file to send.', { field: 'file' })
  return file
}
