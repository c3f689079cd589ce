import { sql } from 'drizzle-orm'
import { arrayOf, rowsOf, textArray, type Database } from '@lastmile/db/database'
import { saveInstitutions } from '@lastmile/db/load/load-master'
import { saveRegions } from '@lastmile/db/load/load-regions'
import type { Instant } from '@lastmile/shared/day'
import type { Provider } from '../reading/provider.js'

/**
 * Institutions that a report brings along become institutions of the region set. What is known of one stays as it was
 * first said (spelling moves from file to file); a position is added when a later file has one. Counties become the
 * set's cities.
 */
export async function saveProviders(db: Database, regionSetId: number, providers: readonly Provider[], at: Instant): Promise<void> {
  const known = new Set((await rowsOf<{ code: string }>(db, sql`
    select code from institution where region_set_id = ${regionSetId} and code = any(${textArray(providers.map((one) => one.code))})`)).map((row) => row.code))
  const fresh = providers.filter((one) => !known.has(one.code))
  const counties = new Map(fresh.flatMap((one) => {
    const code = countyCode(one)
    return code === null ? [] : [[code, one] as const]
  }))
  await saveRegions(db, regionSetId, [...counties].map(([code, one]) => ({ code, level: 'city' as const, parent: one.state!, name: { zh: titled(one.county), en: titled(one.county) } })))
  await saveInstitutions(db, regionSetId, fresh.map((one) => ({
    code: one.code, name: one.name, kind: 'other' as const, level: null, unit: one.state, place: countyCode(one), city: countyCode(one),
    address: [one.address1, one.address2, one.city, `${one.state} ${one.zip}`].map((part) => part.trim()).filter(Boolean).join(', '),
    latitude: one.lat, longitude: one.lng, datum: one.lat === null ? null : 'WGS84', telephone: null, dualChannel: false, openedOn: null, closedOn: null, qualifications: [],
  })), at)
  await fillPositions(db, regionSetId, providers.filter((one) => known.has(one.code) && one.lat !== null))
}

async function fillPositions(db: Database, regionSetId: number, providers: readonly Provider[]): Promise<void> {
  if (providers.length === 0) return
  await db.execute(sql`
    update institution_version v set latitude = n.y, longitude = n.x, datum = 'WGS84'
    from unnest(${textArray(providers.map((one) => one.code))}, ${arrayOf('float8', providers.map((one) => one.lat))}, ${arrayOf('float8', providers.map((one) => one.lng))}) as n(code, y, x)
    join institution i on i.region_set_id = ${regionSetId} and i.code = n.code
    where v.institution_id = i.id and v.known_to is null and v.latitude is null`)
}

function countyCode(provider: Provider): string | null {
  const county = provider.county.trim().toUpperCase()
  return county === '' || provider.state === null ? null : `${provider.state}-${county.replace(/[^A-Z0-9]+/g, '_')}`
}

function titled(text: string): string {
  return text.trim().toLowerCase().replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase())
}
