import { listFacts } from '@lastmile/db/coverage/list-facts'
import type { Place } from '@lastmile/db/coverage/places'
import { coveringTest } from '@lastmile/db/coverage/reports-known'
import type { Database } from '@lastmile/db/database'
import { Pauses } from '@lastmile/db/pause'
import { drugsOf } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { institutionPlaces, mastersVersion } from '@lastmile/db/query/masters'
import { dayNumber, type Day } from '@lastmile/shared/day'
import { kinds } from '@lastmile/shared/kind'
import type { Scope, Source } from '@lastmile/shared/source'
import { institutionFlags, type Masters } from '../reading/masters.js'

interface Known {
  /** In ascending order of ids, as are `ids` and `codes`. */
  readonly places: readonly Place[]
  readonly ids: Int32Array
  /** A line each. */
  readonly codes: string
}

/** Institutions by region set, as read at a version of its masters: hundreds of reports a day are checked against one master. */
const known = new WeakMap<Database, Map<number, { version: number; institutions: Promise<Known> }>>()

/** Institutions looked at until others may have their turn. */
const placesAtOnce = 10_000

/** What the rows of a report are checked against, as its sender sees it: drugs and institutions of the report's scope that are also in its source's; of an institution that reports of itself, that one. */
export async function mastersFor(db: Database, list: ListRow, { scope: own, institution }: Pick<Source, 'scope' | 'institution'>, scope: Scope, asOf: Day): Promise<Masters> {
  const facts = await listFacts(db, list.id)
  const drugs = await drugsOf(db, list.id)
  const [ownCovers, covers] = [own, scope].map((one) => coveringTest({ ...one, drugs: null }, facts.drugCodes, facts.unitCodes, kinds)) as [ReturnType<typeof coveringTest>, ReturnType<typeof coveringTest>]
  const { ids, codes, places } = await institutionsKnown(db, list.regionSetId)
  // A closed institution cannot be reported on from the day it closed; its earlier statements stay.
  const day = dayNumber(asOf)
  const flags = new Uint8Array(places.length)
  const only = !institution ? null : codes.split('\n').indexOf(institution)
  const pauses = new Pauses()
  for (const [i, place] of places.entries()) {
    if (i % placesAtOnce === 0) await pauses.take()
    flags[i] = institutionFlags(place.closed === null || day < place.closed, (only === null || i === only) && ownCovers(0, place) && covers(0, place), place.kind)
  }
  return {
    drugs: drugs.map(({ id, data }) => ({ id, code: data.code, aliases: data.aliases, inScope: scope.drugs === null || scope.drugs.includes(data.code) })),
    institutions: { ids, codes, flags },
    scopePrefixes: prefixesOf(scope),
    regions: facts.units.map((unit) => unit.code),
  }
}

/** Those who ask while they are being read wait for the same reading. */
async function institutionsKnown(db: Database, regionSetId: number): Promise<Known> {
  const version = await mastersVersion(db, regionSetId)
  let bySet = known.get(db)
  if (!bySet) known.set(db, (bySet = new Map()))
  const held = bySet.get(regionSetId)
  if (held?.version === version) return held.institutions
  const reading = { version, institutions: readInstitutions(db, regionSetId) }
  bySet.set(regionSetId, reading)
  // What failed is read again by who asks next.
  reading.institutions.catch(() => {
    if (bySet.get(regionSetId) === reading) bySet.delete(regionSetId)
  })
  return reading.institutions
}

async function readInstitutions(db: Database, regionSetId: number): Promise<Known> {
  const institutions = (await institutionPlaces(db, regionSetId)).sort((a, b) => a.place.institution - b.place.institution)
  return { places: institutions.map(({ place }) => place), ids: Int32Array.from(institutions, ({ place }) => place.institution), codes: institutions.map(({ code }) => code).join('\n') }
}

/** The digits with which codes of a scope of six-digit regions begin: 370000 is 37, 370100 is 3701. Other scopes have none. */
function prefixesOf(scope: Scope): string[] | null {
  if (scope.regions === null || !scope.regions.every((code) => /^\d{6}$/.test(code))) return null
  return scope.regions.map((code) => code.replace(/(00)+$/, ''))
}
