import type { JournalEntry } from '../lib/kept-files.js'
import type { SubmissionContext } from './submission.js'

/** How a report was sent, as the journal has it: enough to send it again. `report`: its code. */
export function journalEntryOf({ submission, list, source, at, asOf, mode }: SubmissionContext, report: string): JournalEntry {
  const { filename, file, period, scope, channel, corrects, publishAt, sentBy, nil = false } = submission
  return { report, list: list.code, source: source.data.code, filename, sha256: file.sha256, period, asOf, mode, scope, channel, corrects, acceptedAt: at, publishAt, sentBy, nil, demonstration: list.demonstration }
}
