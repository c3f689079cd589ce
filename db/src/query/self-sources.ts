import { sql } from 'drizzle-orm'
import type { Text } from '@lastmile/shared/text'
import { rowsOf, type Database } from '../database.js'
import type { Source } from '@lastmile/shared/source'
import { evidenceCodes } from '../schema/codes.js'
import type { SelfReports } from '../schema/list.js'
import { source } from '../schema/source.js'
import type { SourceRow } from './sources.js'

/** How institutions report of themselves to a list, or null where they do not. */
export async function selfReportsOf(db: Database, listId: number): Promise<SelfReports | null> {
  const [row] = await rowsOf<{ selfReports: SelfReports | null }>(db, sql`select self_reports as "selfReports" from list where id = ${listId}`)
  return row?.selfReports ?? null
}

/** An institution as its own source needs it: by one of some spellings of its code, or null where none is one. */
export async function institutionNamed(db: Database, regionSetId: number, codes: readonly string[]): Promise<{ code: string; name: string; unit: string | null; city: string | null } | null> {
  const [row] = await rowsOf<{ code: string; name: string; unit: string | null; city: string | null }>(db, sql`
    select i.code, v.name, u.code as unit, c.code as city from institution i join institution_version v on v.institution_id = i.id and v.known_to is null
    left join unit u on u.id = v.unit_id left join region c on c.id = v.city_id
    where i.region_set_id = ${regionSetId} and i.code in (${sql.join(codes.map((code) => sql`${code}`), sql`, `)}) order by i.code collate "C" limit 1`)
  return row ?? null
}

/** The source of an institution that reports of itself. */
export async function sourceOfInstitution(db: Database, listId: number, institution: string): Promise<SourceRow | null> {
  const [row] = await rowsOf<SourceRow>(db, sql`
    select id, data, profile from source where list_id = ${listId} and data->>'institution' = ${institution} and evidence = ${evidenceCodes.code('confirmed')} order by id limit 1`)
  return row ?? null
}

/** Makes a source, unless somebody was quicker. */
export async function insertSource(db: Database, listId: number, data: Source, profile: SourceRow['profile']): Promise<void> {
  await db.insert(source).values({ listId, code: data.code, evidence: evidenceCodes.code(data.evidence), data, profile }).onConflictDoNothing()
}

/** What an institution's own source is called, after what the institution is. */
export function selfName(name: string): Text {
  return { zh: `${name}：机构自报`, en: `${name}: its own word` }
}
