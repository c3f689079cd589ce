import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { newQueue } from '@lastmile/db/queue'
import { drugsOf } from '@lastmile/db/query/drugs'
import { factPlaceOf, heldFact, insertFact, sameFact, sayFact, settleLadder, type FactPlace } from '@lastmile/db/query/keep-ladder-fact'
import type { ListRow } from '@lastmile/db/query/lists'
import { regionsOf } from '@lastmile/db/query/regions'
import type { LadderImportAnswer, LadderRowError } from '@lastmile/shared/ladder-answer'
import { fileReasons } from '@lastmile/shared/reading'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { readInThread } from '../reading/in-thread.js'
import { receiveForm, type ReceivedForm } from '../reports/receive-form.js'
import { changeFacts } from './change-facts.js'
import { decisionOf, enteringHere, keepingNow, notHis, notOnDay, type Entering } from './entering.js'
import { factLimits, type FactFile, type FactReading } from './fact-file.js'
import { factsOfRows, type FactInRow, type Named } from './facts-of-rows.js'
import { findOwnFact, newFactCode, saysOtherwise, saysTheSame, speaksOfOther, tellProvince } from './keep-facts.js'

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
 * where any row is wrong, none; of a dry run none. Rows of an export that others said are left out. The file itself is not kept.
 * @throws Refusal for a request that is no form with a file, and for a file that cannot be read
 */
export async function importFacts(services: Services, c: Context, list: ListRow, dryRun: boolean): Promise<LadderImportAnswer> {
  const entering = enteringHere(c, list)
  const form = await receiveForm(c.req.raw, services.files, () => factLimits.maxUploadBytes + aroundTheFile)
  try {
    const { name, received } = fileOf(form)
    const reading = await readings.run(() => readInThread<FactFile, FactReading>(new URL('./fact-thread.js', import.meta.url), { content: { path: received.path }, filename: name }, tooLarge))
    if (reading.outcome === 'rejected') throw new Refusal(fileReasons[reading.reason], `file.${reading.reason.toLowerCase()}`, reading.detail, { field: 'file' }, reading.reason)
    const { facts, leftOut, errors } = factsOfRows(reading.rows, { ...await namesOf(services, list), origin: entering.holder.origin })
    const places = await placesOf(services, list, entering, facts, errors)
    if (errors.length > 0) {
      errors.sort((a, b) => a.row - b.row)
      return { dryRun, rows: reading.rows.length, created: 0, changed: 0, unchanged: 0, leftOut, errors: errors.slice(0, errorsTold), moreErrors: Math.max(0, errors.length - errorsTold) }
    }
    return { dryRun, rows: reading.rows.length, ...await keepAll(services, c, list, entering, facts, places, dryRun), leftOut, errors: [], moreErrors: 0 }
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
    const wrong = notHis(entering, fact.said, place) ?? ('field' in place ? null : notOnDay(entering, fact.said, list, place.launched))
    if (wrong) errors.push({ row: fact.row, column: wrong.field === 'drug' ? 'drug_code' : wrong.field === 'validFrom' ? 'valid_from' : wrong.field, message: wrong.message })
    else if (!('field' in place)) {
      found.set(fact, place)
      errors.push(...await wrongOfNamed(db, list, entering, fact, place))
    }
  }
  return found
}

/** What is wrong with the fact that a row names: it is none of the asker's, speaks of something else, or would say what another of his says. */
async function wrongOfNamed(db: Services['db'], list: ListRow, entering: Entering, { row, fact, said }: FactInRow, place: FactPlace): Promise<LadderRowError[]> {
  if (fact === null) return []
  const own = await findOwnFact(db, list, entering, fact)
  if (own === null) return [{ row, column: 'fact', message: { zh: '没有这条记录，或已撤回；另行填报请清空该列', en: 'there is no such fact of yours, or it was withdrawn: to enter another leave it empty' } }]
  if (speaksOfOther(own, said)) return [{ row, column: 'fact', message: { zh: '更正时环节、药品和地区不变；如有误，请撤回原记录，清空该列后另行填报', en: 'a fact goes on speaking of the same rung, drug and place: withdraw it, and enter another without its code' } }]
  const same = await sameFact(db, list, entering.holder, place, said)
  return same === null || same === fact ? [] : [{ row, column: 'valid_from', message: { zh: `该环节自这一天起已有本单位的另一条记录（${same}）`, en: `another fact of yours speaks from that day (${same})` } }]
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
      const code = one.fact ?? same
      const held = code === null ? null : await heldFact(tx, list, code)
      // Somebody was quicker than this file since its rows were looked at.
      if (one.fact !== null && !held) throw notFound('ladder_fact', one.fact)
      if (one.fact !== null && same !== null && same !== one.fact) throw saysOtherwise(same)
      // A fact of an export that says what it said is no new word: one that was refused is not handed in again by that.
      if (held && saysTheSame(held.fact, said, one.fact !== null)) {
        result.unchanged += 1
        continue
      }
      result[held ? 'changed' : 'created'] += 1
      if (dryRun) continue
      const own = held?.fact.code ?? newFactCode()
      if (held) await sayFact(tx, held.id, held.fact.version + 1, said, keeping, decisionOf(entering, keeping))
      else await insertFact(tx, list, own, entering.holder, place, said, keeping, decisionOf(entering, keeping))
      if (held) await settleLadder(tx, list, { unit: said.unit, code: own, at: keeping.at })
      kept.push({ unit: said.unit, drug: said.drug, code: own })
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
