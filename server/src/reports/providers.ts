import type { Database } from '@lastmile/db/database'
import { institutionIds } from '@lastmile/db/load/institution-ids'
import { loadInstitutions } from '@lastmile/db/load/load-master'
import { saveRegions } from '@lastmile/db/load/load-regions'
import { fillPositions, institutionsAmong, knownSince } from '@lastmile/db/query/masters'
import type { Instant } from '@lastmile/shared/day'
import type { Provider } from '../reading/provider.js'

/**
 * Institutions that a report brings along become institutions of the region set. What is known of one stays as it was
 * first said (spelling moves from file to file); a position is added when a later file has one. Counties become the
 * set's cities. Answers their narrow ids, in the order of the providers.
 */
export async function saveProviders(db: Database, regionSetId: number, providers: readonly Provider[], at: Instant): Promise<Int32Array> {
  const known = await institutionsAmong(db, regionSetId, providers.map((one) => one.code))
  await knownSince(db, regionSetId, [...known], at)
  const fresh = providers.filter((one) => !known.has(one.code))
  const counties = new Map(fresh.flatMap((one) => {
    const code = countyCode(one)
    return code === null ? [] : [[code, one] as const]
  }))
  await saveRegions(db, regionSetId, [...counties].map(([code, one]) => ({ code, level: 'city' as const, parent: one.state!, name: { zh: titled(one.county), en: titled(one.county) } })))
  await loadInstitutions(db, regionSetId, fresh.map((one) => ({
    code: one.code, name: one.name, kind: 'other' as const, level: null, unit: one.state, place: countyCode(one), city: countyCode(one),
    address: [one.address1, one.address2, one.city, `${one.state} ${one.zip}`].map((part) => part.trim()).filter(Boolean).join(', '),
    latitude: one.lat, longitude: one.lng, datum: one.lat === null ? null : 'WGS84', telephone: null, dualChannel: false, openedOn: null, closedOn: null, qualifications: [],
  })), at)
  await fillPositions(db, regionSetId, providers.flatMap(({ code, lat, lng }) => (known.has(code) && lat !== null && lng !== null ? [{ code, lat, lng }] : [])))
  return institutionIds(db, regionSetId, providers.map((one) => one.code))
}

function countyCode(provider: Provider): string | null {
  const county = provider.county.trim().toUpperCase()
  return county === '' || provider.state === null ? null : `${provider.state}-${county.replace(/[^A-Z0-9]+/g, '_')}`
}

function titled(text: string): string {
  return text.trim().toLowerCase().replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase())
}
