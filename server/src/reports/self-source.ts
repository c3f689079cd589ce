import type { Database } from '@lastmile/db/database'
import type { ListRow } from '@lastmile/db/query/lists'
import { insertSource, institutionNamed, selfName, selfReportsOf, sourceOfInstitution } from '@lastmile/db/query/self-sources'
import { findSource, type SourceRow } from '@lastmile/db/query/sources'
import { everything, type Purview } from '@lastmile/shared/purview'
import { Source } from '@lastmile/shared/source'
import type { Submission } from './submission.js'

/** With what the codes of sources begin that institutions have of themselves. */
const prefix = 'self-'

/**
 * The source of an institution that reports of itself and is in no file of the edition, where the edition says that
 * institutions do. Its code tells its institution, so that it is made again where kept reports are accepted into a new
 * database. Null where there is none, or it is not the sender's: nobody makes one for another. It is stored with the first
 * report that is no dry run.
 */
export async function selfSource(db: Database, list: ListRow, { source: code, purview, dryRun }: Pick<Submission, 'source' | 'purview' | 'dryRun'>): Promise<SourceRow | null> {
  if (!code.startsWith(prefix)) return null
  const own = await newSelfSource(db, list, code.slice(prefix.length), purview)
  if (own === null || own.data.code !== code) return null
  // Who has a source in the files of the edition speaks through that one; what was said before it came there is accepted again as it was.
  if (purview.of !== 'all' && await sourceOfInstitution(db, list.id, own.data.institution!)) return null
  if (dryRun) return own
  await insertSource(db, list.id, own.data, own.profile)
  return findSource(db, list.id, code, everything)
}

/** The source through which an institution reports of itself: the one it has, or the one that it would have. Null where institutions do not report of themselves to this list. */
export async function sourceOfItself(db: Database, list: ListRow, institution: string): Promise<SourceRow | null> {
  return await sourceOfInstitution(db, list.id, institution) ?? newSelfSource(db, list, institution, { of: 'institution', institution })
}

/** Made in memory: its id is 0. */
async function newSelfSource(db: Database, list: ListRow, named: string, purview: Purview): Promise<SourceRow | null> {
  const selfReports = await selfReportsOf(db, list.id)
  if (selfReports === null || !/^[A-Za-z0-9-]+$/.test(named)) return null
  const found = await institutionNamed(db, list.regionSetId, [named, named.toUpperCase()])
  if (!found || !(purview.of === 'all' || (purview.of === 'institution' && purview.institution === found.code))) return null
  const { profile, rhythm, graceDays } = selfReports
  return {
    id: 0, profile,
    data: Source.parse({
      code: prefix + found.code.toLowerCase(), name: selfName(found.name), evidence: 'confirmed', profile: profile.code, mode: 'changes',
      // Its province and its city see what it says, by these.
      scope: { drugs: null, regions: found.city === null ? (found.unit === null ? null : [found.unit]) : [found.city], kinds: null }, company: null, unit: found.unit, institution: found.code,
      rhythm, graceDays, sameDay: 'conflict', snapshotOf: 'scope', channels: { form: {}, upload: {} },
    }),
  }
}
