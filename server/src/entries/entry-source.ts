import type { ListRow } from '@lastmile/db/query/lists'
import { sourceRows, type SourceRow } from '@lastmile/db/query/sources'
import type { EntrySource } from '@lastmile/shared/entry'
import type { Purview } from '@lastmile/shared/purview'
import type { Scope } from '@lastmile/shared/source'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { sourceOfItself } from '../reports/self-source.js'
import { takesEntries } from './entry-file.js'

/** A source through which somebody states what he sees: of what he speaks, and as whose its reports are sent. */
export interface SpokenThrough {
  source: SourceRow
  /** Narrower than the source's own where an officer of a city speaks through his province's. */
  scope: Scope
  /** Whose the source is. */
  purview: Purview
}

/**
 * The sources through which somebody can state what he sees on screen. An institution speaks of itself. An officer of a
 * city speaks through his city's source, and through his province's of his city alone. A company, a province and the
 * regulator through those whose reports they send. Sources of institutions are theirs, and are offered to nobody else.
 */
export async function spokenThrough({ db }: Services, list: ListRow, purview: Purview): Promise<SpokenThrough[]> {
  if (purview.of === 'institution') {
    const source = await sourceOfItself(db, list, purview.institution)
    return source ? [{ source, scope: source.data.scope, purview }].filter(isOpen) : []
  }
  const as = (own: Purview, narrowed: Scope | null = null) => (source: SourceRow): SpokenThrough => ({ source, scope: narrowed ?? source.data.scope, purview: own })
  const offices = (rows: readonly SourceRow[]) => rows.filter(({ data }) => data.institution === null)
  const own = offices(await sourceRows(db, list.id, purview)).map(as(purview))
  if (purview.of !== 'city') return own.filter(isOpen)
  const unit: Purview = { of: 'unit', unit: purview.unit }
  const ofUnit = offices(await sourceRows(db, list.id, unit)).filter(({ data }) => data.evidence === 'confirmed' && (data.scope.regions === null || data.scope.regions.includes(purview.unit)))
  return [...own, ...ofUnit.map((source) => as(unit, { ...source.data.scope, regions: [purview.city] })(source))].filter(isOpen)
}

/** The source of this code, if somebody can state through it. @throws Refusal 404 where there is none such for him, with whom to ask where an institution has none at all */
export async function spokenThroughOf(services: Services, list: ListRow, purview: Purview, code: string): Promise<SpokenThrough> {
  const all = await spokenThrough(services, list, purview)
  const found = all.find(({ source }) => source.data.code === code)
  if (found) return found
  if (purview.of === 'institution' && all.length === 0) {
    throw new Refusal(404, 'own_source.not_found', 'Institutions do not report of themselves to this list. Tell your province what you stock, or ask the operator of this system for a source of your own.', { field: 'source' })
  }
  throw notFound('source', code)
}

function isOpen({ source: { data, profile } }: SpokenThrough): boolean {
  return data.channels.form !== undefined && data.evidence !== 'supplied' && takesEntries(profile)
}

/** A source as it is shown to who speaks through it. */
export function entrySource({ source: { data }, scope }: SpokenThrough): EntrySource {
  const { code, name, evidence, unit, company, institution, mode, rhythm } = data
  return { code, name, evidence, unit, company, institution, mode, rhythm, scope }
}
