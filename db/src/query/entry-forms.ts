import { sql } from 'drizzle-orm'
import type { EntryFormAnswer, EntryRow, Unchanged } from '@lastmile/shared/entry'
import type { Word } from '@lastmile/shared/trail'
import { loadHoldings } from '../coverage/holding.js'
import { rowsOf, textArray, type Database } from '../database.js'
import { eachFormLine, institutionsOfLines, speakerOf, type FormFilter, type FormLine } from './form-lines.js'
import { lastWordOf, saidBy, type Said } from './last-said.js'
import type { ListRow } from './lists.js'
import { factsFor } from './question.js'
import type { SourceRow } from './sources.js'

/** The form of a source on screen, a page of its lines; `said`: of how many of all it spoke last. */
export async function entryFormOf(db: Database, list: ListRow, source: SourceRow, filter: FormFilter, page: { offset: number; limit: number }): Promise<Pick<EntryFormAnswer, 'rows' | 'said' | 'page'>> {
  const lines: FormLine[] = []
  let [total, said] = [0, 0]
  await eachFormLine(db, list, source, filter, (line) => {
    if (line.word !== null) said += 1
    if (total >= page.offset && lines.length < page.limit) lines.push(line)
    total += 1
  })
  return { rows: await rowsOfLines(db, list, lines), said, page: { ...page, total } }
}

async function rowsOfLines(db: Database, list: ListRow, lines: readonly FormLine[]): Promise<EntryRow[]> {
  const facts = await factsFor(db, list)
  const institutions = await institutionsOfLines(db, lines)
  const spoken = lines.filter((line): line is FormLine & { word: Word } => line.word !== null)
  const said = new Map((await saidBy(db, facts, spoken, list.today)).map((one, at) => [spoken[at]! as FormLine, one]))
  return lines.map((line) => {
    const { code, name, kind, city } = institutions.get(line.institution)!
    const { quantity: _, ...last } = said.get(line) ?? { quantity: null }
    return { institution: code, institutionName: name, kind, city, drug: facts.drugCodes.get(line.drug)!, eligible: line.eligible, last: 'status' in last ? last : null }
  })
}

/** What a source said last of some pairs, in their order; null where it never did, has left the pair out since, or there is no such pair. */
export async function lastSaidOf(db: Database, list: ListRow, source: SourceRow, pairs: readonly Pick<Unchanged, 'institution' | 'drug'>[]): Promise<(Said | null)[]> {
  const facts = await factsFor(db, list)
  const ids = new Map((await rowsOf<{ id: number; code: string }>(db, sql`
    select id, code from institution where region_set_id = ${list.regionSetId} and code = any(${textArray([...new Set(pairs.map((pair) => pair.institution))])})`)).map(({ id, code }) => [code, id]))
  const drugs = new Map([...facts.drugCodes].map(([id, code]) => [code, id]))
  const holdings = await loadHoldings(db, list.id, [...ids.values()], null)
  const speaker = speakerOf(source)
  const found = pairs.map(({ institution: code, drug: drugCode }) => {
    const [institution, drug] = [ids.get(code), drugs.get(drugCode)]
    const pair = institution === undefined ? undefined : holdings.get(institution)?.pairs.find((one) => one.drug === drug)
    const word = pair ? lastWordOf(pair, speaker) : null
    return word === null ? null : { institution: institution!, drug: drug!, word }
  })
  const spoken = found.filter((one) => one !== null)
  const said = await saidBy(db, facts, spoken, list.today)
  const bySpoken = new Map(spoken.map((one, at) => [one, said[at]!]))
  return found.map((one) => (one === null ? null : bySpoken.get(one)!))
}
