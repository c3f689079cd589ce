import { z } from 'zod'
import { Attachment } from './attachment.js'
import { CaseGapState, CaseState, CaseSubject } from './case.js'
import { CaseComment, CaseEvent, CaseGap, Notice } from './case-answer.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { NamedGap, Letters } from './notice.js'
import { Role } from './permission.js'
import { StandardRule } from './standard.js'
import { Text } from './text.js'

/*
 * The evidence pack (证据包) of a supervision case: an archive of all that speaks for and against it, as far as whoever makes it
 * sees it. Who keeps a pack can make it again of the day and the instant that it names, as long as nothing is done with the case,
 * and finds the same bytes.
 */

/** `asOf`, `knownOn`: those of a pack that is made again; left out, today and now. `drug`, `region`: of the gaps of this drug, or in this unit, alone. */
export const EvidencePackQuestion = z.object({ asOf: Day.optional(), knownOn: Instant.optional(), drug: z.string().max(80).optional(), region: z.string().max(40).optional() })
export type EvidencePackQuestion = z.infer<typeof EvidencePackQuestion>

/** How many statements a pack holds at most: a sheet of a spreadsheet has hardly more rows. */
export const packStatementsAtMost = 1_000_000
/** How many bytes the files beside its letters have at most. */
export const packAttachmentsAtMost = 1024 * 1024 * 1024

/** The rule that a gap falls short of, and which version of the drug's standard it belongs to. */
export const PackStandard = StandardRule.pick({ from: true, kinds: true, eligibleOnly: true, minInstitutions: true, minCities: true, reach: true, reason: true }).extend({ version: z.int(), knownFrom: Instant })
export type PackStandard = z.infer<typeof PackStandard>

/** A gap of a case: as it was opened, and as it is. `standard` null: none speaks of it any more. `since`: the first day of the gap as it is, `former` how many there were before; null where that was never judged. */
export const PackGap = CaseGap.omit({ mends: true }).extend({
  drugName: Text, unitName: Text, opened: NamedGap.omit({ drug: true, unit: true }), state: CaseGapState, standard: PackStandard.nullable(), since: Day.nullable(), former: z.int().nullable(),
  /** Its pictures in the archive. */
  pictures: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
})
export type PackGap = z.infer<typeof PackGap>

/** A file of the archive that came beside a step of a letter. */
export const PackAttachment = Attachment.extend({ path: z.string(), notice: z.string(), step: z.enum(['send', 'acknowledge', 'answer']) })
export type PackAttachment = z.infer<typeof PackAttachment>

/** A letter as it was sent, what became of it, and its documents in the archive. */
export const PackNotice = Notice.pick({ code: true, to: true, state: true, dueOn: true, round: true, gaps: true, withdrawn: true }).extend({
  letters: Letters,
  number: Text, addressee: Text, sent: Notice.shape.sent.unwrap().omit({ attachments: true }), acknowledged: Notice.shape.acknowledged.unwrap().omit({ attachments: true }).nullable(), answer: Notice.shape.answer.unwrap().omit({ attachments: true }).nullable(),
  documents: z.array(z.string()),
})
export type PackNotice = z.infer<typeof PackNotice>

/** `case.json` of an archive: the case as programs read it. `seenAs`: made by the office that keeps it (or the regulator), or by whom a letter is for. */
export const EvidencePack = z.strictObject({
  madeWith: z.string(), madeBy: z.strictObject({ name: z.string(), role: Role }), demonstration: z.boolean(),
  list: z.string(), listName: Text, asOf: Day, knownOn: Instant, onlyDrug: z.string().nullable(), onlyRegion: z.string().nullable(),
  case: z.string(), state: CaseState, version: z.int(), seenAs: z.enum(['office', 'addressee']), office: z.string().nullable(), about: z.strictObject({ by: CaseSubject, code: z.string() }), evidence: Evidence, openedOn: Day, closedOn: Day.nullable(),
  gaps: z.array(PackGap), notices: z.array(PackNotice), events: z.array(CaseEvent), comments: z.array(CaseComment), attachments: z.array(PackAttachment),
})
export type EvidencePack = z.infer<typeof EvidencePack>
