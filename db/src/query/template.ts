import { dayOfNumber, type Day } from '@lastmile/shared/day'
import { statuses, type Status } from '@lastmile/shared/status'
import type { Text } from '@lastmile/shared/text'
import type { Database } from '../database.js'
import { drugsOf, type DrugRow } from './drugs.js'
import { eachFormLine, institutionsOfLines, type FormFilter, type FormLine } from './form-lines.js'
import type { ListRow } from './lists.js'
import type { SourceRow } from './sources.js'

/** A pair as a template has it. */
export interface TemplatePair {
  institution: string
  institutionName: string
  city: Text | null
  drug: DrugRow
  /** What the source said of it last, and of which day; null where it never did, or left it out last. */
  last: { status: Status; day: Day } | null
}

/** The pairs of a source's template, at most so many of them. `total`: how many there are, told or not. */
export async function templatePairs(db: Database, list: ListRow, source: SourceRow, filter: FormFilter, atMost: number): Promise<{ pairs: TemplatePair[]; total: number }> {
  const lines: FormLine[] = []
  let total = 0
  await eachFormLine(db, list, source, filter, (line) => {
    if (++total <= atMost) lines.push(line)
  })
  const [institutions, drugs] = [await institutionsOfLines(db, lines), new Map((await drugsOf(db, list.id)).map((drug) => [drug.id, drug]))]
  return {
    total, pairs: lines.map(({ institution, drug, word }) => {
      const { code, name, cityName } = institutions.get(institution)!
      return { institution: code, institutionName: name, city: cityName, drug: drugs.get(drug)!, last: word && { status: statuses[word.status]!, day: dayOfNumber(word.day) } }
    }),
  }
}
