import { join } from 'node:path'
import type { Edition } from '@lastmile/db/load/load-edition'
import { daysOfPartial, startOfDocument, type Instant, type PartialDay } from '@lastmile/shared/day'
import type { Text } from '@lastmile/shared/text'
import { BadDataFile } from './bad-data-file.js'

/** Something that a file states by a document. `what`: as it is named to who mends the file. */
interface Stated {
  what: string
  document: Text
  dated: PartialDay | null
}

/**
 * Nobody knows today what a document of a day to come will say: what a file states by one is known from that day on, and whoever asks
 * what is known now would be told it before. So such a file waits for its day. A load that is known since an earlier instant (`--at`)
 * may name documents that came after it, until now: they are known each from its day.
 * @throws BadDataFile naming every document of the first file that has one
 */
export function refuseDocumentsAhead(folder: string, { list: { timeZone }, listings, ladder }: Edition, now: Instant): void {
  const check = (file: string, stated: readonly Stated[]) => {
    const ahead = new Map<string, { one: Stated & { dated: PartialDay }; others: number }>()
    for (const one of stated) {
      const { document, dated } = one
      if (dated === null || startOfDocument(timeZone, dated) <= now) continue
      const key = JSON.stringify([document, dated])
      const found = ahead.get(key)
      if (found) found.others++
      else ahead.set(key, { one: { ...one, dated }, others: 0 })
    }
    const problems = [...ahead.values()].map(({ one: { what, document, dated }, others }) =>
      `${what}${others === 0 ? '' : ` (and ${others} more)`}: its document "${document.en}" (${document.zh}) is dated ${dated}, and it is ${now}: nobody knows what it says before. Load the files on ${daysOfPartial(dated).first} or later (a day in ${timeZone}), until then without what it states; or correct its day`)
    if (problems.length > 0) throw new BadDataFile(join(folder, file), problems)
  }
  check('editions.json', listings.candidacies.flatMap(({ code, stages }) => stages.map(({ stage, evidence }) => ({ what: `candidacy ${code}, stage ${stage}`, document: evidence.document, dated: evidence.day }))))
  check('ladder.json', ladder.map(({ code, source }) => ({ what: `fact ${code}`, document: source.text, dated: source.dated })))
}
