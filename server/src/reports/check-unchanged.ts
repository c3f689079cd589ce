import type { Database } from '@lastmile/db/database'
import { lastSaidOf } from '@lastmile/db/query/entry-forms'
import type { Said } from '@lastmile/db/query/last-said'
import type { ListRow } from '@lastmile/db/query/lists'
import type { SourceRow } from '@lastmile/db/query/sources'
import type { Day } from '@lastmile/shared/day'
import type { Unchanged } from '@lastmile/shared/entry'
import { Refusal } from '../lib/refusal.js'

/**
 * What a source said last of the pairs that are to hold unchanged as of a day. What its sender was shown must be what it
 * said last; where the same was said again on that day, he may say so once more.
 * @throws Refusal 409 naming the first line that is otherwise by now
 */
export async function unchangedSince(db: Database, list: ListRow, source: SourceRow, lines: readonly Unchanged[], day: Day): Promise<Said[]> {
  const said = source.id === 0 ? lines.map(() => null) : await lastSaidOf(db, list, source, lines)
  return said.map((one, at) => {
    const line = lines[at]!
    const field = `lines.${at}`
    const pair = `${line.institution}, ${line.drug}`
    if (one === null) throw new Refusal(409, 'entry.never_said', `This source says nothing of ${pair} that could be unchanged: state it.`, { field })
    if (one.status !== line.status || (one.day !== line.day && one.day !== day)) {
      throw new Refusal(409, 'entry.changed', `What this source said last of ${pair} is no longer what you were shown (${line.status} of ${line.day}), but ${one.status} of ${one.day}. Look at it again.`, { field })
    }
    if (one.day > day) throw new Refusal(409, 'entry.later', `This source has spoken of ${pair} as of ${one.day}, which is later than ${day}.`, { field })
    return one
  })
}
