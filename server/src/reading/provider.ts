import { createHash } from 'node:crypto'
import { cleanProse } from './cell.js'

/** An institution that rows bring along, for sources without a master: all that the file says of it. */
export interface Provider {
  /** The code by which rows name it: `a-` and 16 hexadecimal digits of its identity. */
  readonly code: string
  readonly name: string
  readonly address1: string
  readonly address2: string
  readonly city: string
  /** As written: counties are text, in any case. */
  readonly county: string
  /** Upper case, or null where the file leaves it empty. */
  readonly state: string | null
  /** Five digits, or empty. */
  readonly zip: string
  /** Degrees (WGS84), or null where the file gives none that can be read. */
  readonly lat: number | null
  readonly lng: number | null
}

/** The cells of a row that describe its provider, as read. */
export type ProviderCells = Readonly<Record<'provider_name' | 'address1' | 'address2' | 'city' | 'county' | 'state_code' | 'zip' | 'position', string>>

/**
 * What makes two rows speak of one provider, in one file or in two: name, first address line and five-digit ZIP, without
 * regard to case and runs of white space. Reasons:
 * - NPI is blank in most rows of some files, and `facility_id` was ruined by a spreadsheet (2.78574e+38): neither is an identity.
 * - Case and spacing change from one snapshot to the next; city, county, second line and position come and go.
 * - The last four digits of a ZIP+4 come and go too, and leading zeros were eaten (`802` is 00802): five digits, zeros restored.
 * - Nothing looser (no punctuation, no abbreviations): two wings of one campus must not become one provider by guess.
 * A row without an address is known by its name alone.
 */
export function providerIdentity(name: string, address1: string, zip: string): string {
  return [name, address1].map((text) => cleanProse(text).toLowerCase()).concat(fiveDigits(zip)).join('\n')
}

/** The code of a provider: stable across files, short enough for a URL, silent about the address. */
export function providerCode(identity: string): string {
  return `a-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`
}

/** The first five digits of a ZIP, leading zeros restored where a spreadsheet ate them; empty if there are none. */
export function fiveDigits(zip: string): string {
  const digits = (cleanProse(zip).split('-')[0] as string).replace(/\.0+$/, '').replace(/\D/g, '')
  return digits === '' ? '' : digits.slice(0, 5).padStart(5, '0')
}

/** The provider that a row describes. The state is not checked here. */
export function readProvider(cells: ProviderCells, code: string): Provider {
  const state = cleanProse(cells.state_code).toUpperCase()
  return {
    code,
    name: cleanProse(cells.provider_name),
    address1: cleanProse(cells.address1),
    address2: cleanProse(cells.address2),
    city: cleanProse(cells.city),
    county: cleanProse(cells.county),
    state: state === '' ? null : state,
    zip: fiveDigits(cells.zip),
    ...readPoint(cells.position),
  }
}

/** Fills what the first row of a provider left empty from a later one. */
export function fillProvider(first: Provider, later: Provider): Provider {
  const located = first.lat === null ? later : first
  return {
    ...first,
    address2: first.address2 || later.address2,
    city: first.city || later.city,
    county: first.county || later.county,
    state: first.state ?? later.state,
    lat: located.lat,
    lng: located.lng,
  }
}

/** Reads WKT `POINT (lng lat)`, longitude first. Anything else, a point off the globe and 0 0 are no position. */
export function readPoint(text: string): { lat: number | null; lng: number | null } {
  const match = /^\s*POINT\s*\(\s*(-?\d{1,3}(?:\.\d{1,15})?)\s+(-?\d{1,2}(?:\.\d{1,15})?)\s*\)\s*$/i.exec(text.slice(0, 100))
  const [lng, lat] = match ? [Number(match[1]), Number(match[2])] : [0, 0]
  const somewhere = (lng !== 0 || lat !== 0) && Math.abs(lng) <= 180 && Math.abs(lat) <= 90
  return somewhere ? { lat, lng } : { lat: null, lng: null }
}
