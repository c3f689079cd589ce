import { createHash, randomBytes } from 'node:crypto'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { notify, reopenDemands, type NewMessage } from '@lastmile/db/load/notify'
import { areasOfUnits, findArea, isCityOf, type Area } from '@lastmile/db/query/area'
import { findDrug, type DrugRow } from '@lastmile/db/query/drugs'
import { finderWordsOf } from '@lastmile/db/query/finder'
import { institutionByCode } from '@lastmile/db/query/institutions'
import { demandOfKey, insertDemand, withdrawDemand } from '@lastmile/db/query/keep-demand'
import { institutionIdOf } from '@lastmile/db/query/institution-id'
import type { ListRow } from '@lastmile/db/query/lists'
import { addDays } from '@lastmile/shared/day'
import { demandMessageKey, type DemandPlace, type DemandRegistered, type DemandWithdrawn, type NewDemand } from '@lastmile/shared/demand'
import type { Address } from '@lastmile/shared/message'
import { eventBy } from '../audit/event-of.js'
import type { Doing } from '../cases/doing.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { settleDemandMessages } from './follow-demands.js'

/*
 * A demand moves no count of the list, so the list's version stays as it is: whoever has no account must not be able to have
 * everything looked at anew. Whom it concerns hears of it by a message.
 */

type Parts = Pick<Services, 'db' | 'audit' | 'clock'>

const digestOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/**
 * Registers that a drug is wanted: by an institution for itself, or (null) by a doctor for a place. Asked with a key that was used
 * before, it is the same demand again. Of a drug and unit the officers of the unit and the drug's company are told once a day, and of what an institution wants its city's.
 * @throws Refusal 400 or 404 for a place or drug that is none, 409 for a key that asked something else and where the edition takes no demands
 */
export async function registerDemand(services: Parts, doing: Doing, list: ListRow, institution: string | null, wanted: NewDemand, idempotencyKey: string | null): Promise<DemandRegistered & { isNew: boolean }> {
  const openDays = (await finderWordsOf(services.db, list))?.demand?.openDays
  if (openDays === undefined) throw new Refusal(409, 'demand.no_rules', `The edition ${list.code} does not say for how many days a demand stands: give its finder.json "demand", and load it again.`)
  const drug = await findDrug(services.db, list.id, wanted.drug)
  if (!drug) throw notFound('drug', wanted.drug)
  const place = institution === null ? await placeOf(services.db, list, wanted) : await placeOfInstitution(services.db, list, institution, wanted)
  // The header is the one text that whoever asks writes himself: of it a digest alone is kept.
  const key = idempotencyKey === null ? null : digestOf(institution ?? '', idempotencyKey)
  const asked = digestOf(institution ?? '', JSON.stringify(wanted))
  const [code, on, expiresOn] = [randomBytes(10).toString('hex'), list.today, addDays(list.today, openDays)]
  const result = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const row = await insertDemand(tx, list, { code, drugId: drug.id, unitId: place.unitId, cityId: place.cityId, institutionId: place.institutionId, patients: wanted.patients, urgency: wanted.urgency, on, expiresOn, at: doing.at, key, asked })
    if (row === null) return again(await demandOfKey(tx, list, key!), asked)
    const messages = demandMessages(list, drug, place, doing)
    await notify(tx, messages)
    await reopenDemands(tx, { listId: list.id, keys: messages.map((message) => message.key) })
    if (institution !== null) await appendAudit(tx, services.clock.now(), [eventBy(doing.by, { action: 'demand.register', outcome: 'done', list: list.code, object: `${wanted.drug} ${institution}`, after: { drug: wanted.drug, institution, patients: wanted.patients, urgency: wanted.urgency, expiresOn } })])
    return { code, on, expiresOn, isNew: true }
  })
  if (institution !== null && result.isNew) services.audit.appended()
  return result
}

function again(before: Awaited<ReturnType<typeof demandOfKey>>, asked: string): DemandRegistered & { isNew: boolean } {
  if (before?.asked !== asked) throw new Refusal(409, 'demand.key_reused', 'Idempotency-Key: a demand was registered with this key, and asked something else. Take another key.', { field: 'Idempotency-Key' })
  return { code: before.code, on: before.on, expiresOn: before.expiresOn, isNew: false }
}

interface Place { unit: string; unitId: number; city: string | null; cityId: number | null; institutionId: number | null }

async function placeOf(db: Database, list: ListRow, wanted: NewDemand): Promise<Place> {
  if (wanted.unit === null || wanted.city === null) throw new Refusal(400, 'demand.place', 'unit, city: say in which city the drug is wanted.', { field: wanted.unit === null ? 'unit' : 'city' })
  const unit = await unitOf(db, list, wanted.unit)
  const city = await findArea(db, list.regionSetId, wanted.city)
  if (city?.level !== 'city') throw notFound('city', wanted.city)
  // A unit without a polygon has no cities of its own: it is wanted where it has institutions.
  const isThere = isCityOf(city, unit) && (unit.polygon || (await areasOfUnits(db, [unit.unitId])).includes(city.areaId))
  if (!isThere) throw new Refusal(400, 'demand.elsewhere', `city: ${wanted.city} does not lie in ${wanted.unit}.`, { field: 'city' })
  return { unit: unit.code, unitId: unit.unitId, city: city.code, cityId: city.cityId, institutionId: null }
}

async function placeOfInstitution(db: Database, list: ListRow, code: string, wanted: NewDemand): Promise<Place> {
  const found = await institutionByCode(db, list, code, list.today)
  if (!found) throw notFound('institution', code)
  const { unit, city } = found.institution
  if ((wanted.unit !== null && wanted.unit !== unit) || (wanted.city !== null && wanted.city !== city)) throw new Refusal(400, 'demand.elsewhere', 'unit, city: an institution registers what is wanted at itself; leave them out.', { field: wanted.city !== null && wanted.city !== city ? 'city' : 'unit' })
  if (unit === null) throw new Refusal(409, 'demand.no_unit', `${code}: nobody says in which unit it lies, so no office would hear of it.`)
  const own = await unitOf(db, list, unit)
  const area = city === null ? null : await findArea(db, list.regionSetId, city)
  const at = area?.level === 'city' ? area : null
  return { unit, unitId: own.unitId, city: at?.code ?? null, cityId: at?.cityId ?? null, institutionId: await institutionIdOf(db, list, code) }
}

async function unitOf(db: Database, list: ListRow, code: string): Promise<Area & { level: 'unit' }> {
  const unit = await findArea(db, list.regionSetId, code)
  if (unit?.level !== 'unit') throw notFound('unit', code)
  return unit
}

/**
 * The word of it: which drug in which unit, and no more; the same of a day is one message. The office of a city hears of what an
 * institution there wants: of doctors it is told nothing.
 */
function demandMessages(list: ListRow, drug: DrugRow, { unit, city, institutionId }: Place, { by, at }: Doing): NewMessage[] {
  const message = (to: Address[], place: DemandPlace): NewMessage => ({
    kind: 'demand_registered', listId: list.id, sourceId: null, by: by.role === 'public' ? null : by.actor, at, key: demandMessageKey(drug.data.code, place, list.today),
    subject: { drugs: [drug.data.code], regions: [unit], asOf: list.today }, to,
  })
  const offices: Address[] = [{ role: 'province_officer', unit }, { role: 'company', company: drug.company.code }]
  return [message(offices, { unit, city: null }), ...(city === null || institutionId === null ? [] : [message([{ role: 'city_officer', unit, city }], { unit, city })])]
}

/** Withdraws a demand: an institution its own, whoever has no account one that was registered without. Done twice, it is done once. @throws Refusal 404 for a code of none */
export async function endDemand(services: Parts, doing: Doing, list: ListRow, institution: string | null, code: string): Promise<DemandWithdrawn> {
  const done = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    const ended = await withdrawDemand(tx, list, { code, institution, on: list.today })
    if (!ended) throw new Refusal(404, 'demand.not_found', 'There is no demand with this code.', { field: 'code' })
    if (ended.isNew) await settleDemandMessages(tx, list, { id: ended.drugId, code: ended.drug }, doing.at)
    if (institution !== null && ended.isNew) await appendAudit(tx, services.clock.now(), [eventBy(doing.by, { action: 'demand.withdraw', outcome: 'done', list: list.code, object: `${ended.drug} ${institution}`, after: { drug: ended.drug, institution } })])
    return ended
  })
  if (institution !== null && done.isNew) services.audit.appended()
  return { withdrawnOn: done.withdrawnOn }
}
