import type { Message } from '@lastmile/shared/message'
import { placeOf } from '@lastmile/shared/message-place'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ContradictionsSearch } from '../../lib/searches'

/** The way to where something can be done about a message, or looked at. */
export function MessageLink({ message, children }: { message: Message; children: ReactNode }) {
  const place = placeOf(message)
  const params = { list: message.list }
  if (place.page === 'report') return <Link to="/$list/reports/$id" params={{ ...params, id: place.report }}>{children}</Link>
  if (place.page === 'case') return <Link to="/$list/cases/$code" params={{ ...params, code: place.case }}>{children}</Link>
  if (place.page === 'request') return <Link to="/$list/company-requests/$code" params={{ ...params, code: place.request }}>{children}</Link>
  if (place.page === 'contradictions') return <Link to="/$list/contradictions" params={params} search={{ set: ContradictionsSearch.shape.set.safeParse(place.set).data, asked: 'open' }}>{children}</Link>
  if (place.page === 'gaps') return <Link to="/$list/gaps" params={params} search={{ drug: place.drug, region: place.region, evidence: place.evidence, ...(place.drug !== undefined && place.region !== undefined ? { gap: `${place.drug}.${place.region}` } : {}) }}>{children}</Link>
  if (place.page === 'drug') return <Link to="/$list/drugs/$drug" params={{ ...params, drug: place.drug }} search={{ evidence: place.evidence }}>{children}</Link>
  if (place.page === 'duty') return <Link to="/$list/duties" params={params} search={{ duty: place.duty, region: place.region, state: place.state }}>{children}</Link>
  if (place.page === 'bulletin') return <Link to="/$list/bulletins/$number" params={{ ...params, number: place.bulletin }}>{children}</Link>
  if (place.page === 'ladder') return place.drug !== undefined && place.region !== undefined ? <Link to="/$list/ladder/$drug/$unit" params={{ ...params, drug: place.drug, unit: place.region }}>{children}</Link> : <Link to="/$list/ladder/facts" params={params} search={{ standing: 'unconfirmed', unit: place.region }}>{children}</Link>
  return <Link to="/$list/reports" params={params} search={place.page === 'send' ? { send: place.source } : place.source === null ? {} : { source: place.source }}>{children}</Link>
}
