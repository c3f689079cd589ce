import { openDutyStates } from './duty.js'
import type { Evidence } from './evidence.js'
import { placeKindOf, type Message } from './message.js'

/** Where a message leads, below its list: a report; who reports, at a source; sending a report of a source; contradictions of which one was asked; a supervision case; a company request; a bulletin; a duty, at an institution or at those of a unit in a state; or the ladder of a drug in a unit, or what waits for a unit. */
export type MessagePlace = { page: 'case'; case: string } | { page: 'request'; request: string } | { page: 'report'; report: string } | { page: 'sources'; source: string | null } | { page: 'send'; source: string } | { page: 'contradictions'; set: string } | { page: 'gaps'; drug?: string; region?: string; evidence?: Evidence } | { page: 'drug'; drug: string; evidence?: Evidence } | { page: 'bulletin'; bulletin: string } | { page: 'duty'; duty: string; region?: string; state?: (typeof openDutyStates)[number] } | { page: 'ladder'; region?: string; drug?: string }

/** Where a message leads; to who reports, where it does not say what more there is to name. */
export function placeOf({ kind, subject: { report, set, drugs, regions, evidence, case: code, request, bulletin, duty, owed }, source }: Pick<Message, 'kind' | 'subject' | 'source'>): MessagePlace {
  const place = placeKindOf(kind)
  if (place === 'report' && report !== undefined) return { page: 'report', report }
  if (place === 'contradictions' && set !== undefined) return { page: 'contradictions', set }
  const only = (codes: readonly string[] = []) => (codes.length === 1 ? codes[0] : undefined)
  const [drug, region] = [only(drugs), only(regions)]
  if (place === 'drug' && drug !== undefined) return { page: 'drug', drug, ...(evidence === undefined ? {} : { evidence }) }
  if (place === 'gaps' || place === 'drug') return { page: 'gaps', ...(drug === undefined ? {} : { drug }), ...(region === undefined ? {} : { region }), ...(evidence === undefined ? {} : { evidence }) }
  if (place === 'case' && code !== undefined) return { page: 'case', case: code }
  if (place === 'request' && request !== undefined) return { page: 'request', request }
  if (place === 'bulletin' && bulletin !== undefined) return { page: 'bulletin', bulletin }
  if (place === 'ladder') return { page: 'ladder', ...(region === undefined ? {} : { region }), ...(drug === undefined ? {} : { drug }) }
  if (place === 'duty' && duty !== undefined) return { page: 'duty', duty, ...(region === undefined ? {} : { region }), ...(owed === undefined ? {} : { state: openDutyStates.find((one) => owed[one] > 0) ?? 'not_reported' }) }
  return place === 'send' && source !== null ? { page: 'send', source } : { page: 'sources', source }
}

/** The address of the page to which a message leads, from the root of the product, for mail. */
export function addressOfPlace(list: string, place: MessagePlace): string {
  const below = `/${encodeURIComponent(list)}/reports`
  if (place.page === 'case') return `/${encodeURIComponent(list)}/cases/${encodeURIComponent(place.case)}`
  if (place.page === 'request') return `/${encodeURIComponent(list)}/company-requests/${encodeURIComponent(place.request)}`
  if (place.page === 'contradictions') return `/${encodeURIComponent(list)}/contradictions?set=${encodeURIComponent(place.set)}&asked=open`
  if (place.page === 'gaps' || place.page === 'drug') {
    const { page, drug, ...filter } = { region: undefined, ...place }
    const asked = new URLSearchParams(Object.entries(page === 'gaps' ? { drug, ...filter } : filter).filter((one): one is [string, string] => one[1] !== undefined)).toString()
    return `/${encodeURIComponent(list)}/${page === 'gaps' ? 'gaps' : `drugs/${encodeURIComponent(drug!)}`}${asked === '' ? '' : `?${asked}`}`
  }
  if (place.page === 'duty') return `/${encodeURIComponent(list)}/duties?${new URLSearchParams({ duty: place.duty, ...(place.region === undefined ? {} : { region: place.region }), ...(place.state === undefined ? {} : { state: place.state }) }).toString()}`
  if (place.page === 'ladder') return `/${encodeURIComponent(list)}/ladder${place.drug !== undefined && place.region !== undefined ? `/${encodeURIComponent(place.drug)}/${encodeURIComponent(place.region)}` : `/facts?${new URLSearchParams({ standing: 'unconfirmed', ...(place.region === undefined ? {} : { unit: place.region }) }).toString()}`}`
  if (place.page === 'bulletin') return `/${encodeURIComponent(list)}/bulletins/${encodeURIComponent(place.bulletin)}`
  if (place.page === 'report') return `${below}/${encodeURIComponent(place.report)}`
  return place.source === null ? below : `${below}?${place.page === 'send' ? 'send' : 'source'}=${encodeURIComponent(place.source)}`
}
