import type { JournalEntry } from '../lib/kept-files.js'
import { decidedSoFar } from './report-facts.js'
import type { SubmissionContext } from './submission.js'

/** How a report was sent, as the journal has it: enough to send it again. `report`: its code; `number`: of its receipt; `waits`: as what it waits for somebody's decision. */
export function journalEntryOf({ submission, list, source, at, asOf, mode }: SubmissionContext, report: string, number: number, waits: JournalEntry['waits'] = null): JournalEntry {
  const { filename, file, period, scope, channel, corrects, publishAt, sentBy, nil = false } = submission
  return { report, number, list: list.code, source: source.data.code, filename, sha256: file.sha256, period, asOf, mode, scope, channel, corrects, acceptedAt: at, publishAt, sentBy, nil, waits, ...decidedSoFar(submission), demonstration: list.demonstration }
}
