import { z } from 'zod'
import { Basis, Format } from './basis.js'
import { Day, Instant, PartialDay } from './day.js'
import { DrugStage, FiledStage, StageEvidence, StageFact, stageSpeakers, StageSaid } from './drug-stage.js'
import { standingStages } from './drug-standing.js'
import { editionPhases, ListingEdition } from './listing-edition.js'
import { Eligibility } from './listing-eligibility.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { stageContradictions } from './stage-contradiction.js'
import { Text } from './text.js'
import { inBoth, words } from './words.js'

/*
 * A candidacy: a drug in the course of one edition, from its application on, whether it comes to be listed or not. The same substance
 * may have one in several editions: together they are the drug's life. It is its company's and the regulator's to see until it is
 * published.
 */

/** Whether commercial insurance covers it, and what shows that; and who said so. */
export const CoverProof = z.strictObject({ proved: z.boolean(), source: Text, by: z.enum(stageSpeakers) })
export type CoverProof = z.infer<typeof CoverProof>

const code = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(80)

/** What is said of the drug itself. Null: not known. `bothLists`: whether it applied to the basic list too. */
const about = { name: Text, categoryCode: z.string().nullable(), bothLists: z.boolean().nullable(), launched: z.strictObject({ on: PartialDay, source: Text }).nullable(), rareDisease: z.boolean().nullable() }

/** A candidacy as the files of an edition state it. Its stages name a document of `documents`. */
export const FiledCandidacy = z.strictObject({
  code, edition: code,
  /** Names the same drug in all editions: reviewed, and never guessed from names. */
  substance: code,
  /** The drug of this list that it is, and the company that answers for it; left out: none. */
  drug: z.string().nullable().default(null),
  company: z.string().nullable().default(null),
  name: Text, categoryCode: about.categoryCode.default(null), bothLists: about.bothLists.default(null), launched: about.launched.default(null), rareDisease: about.rareDisease.default(null),
  stages: z.array(FiledStage),
})
export type FiledCandidacy = z.infer<typeof FiledCandidacy>

/** A stage of a file that names its document. */
const NamedStage = z.strictObject({ stage: DrugStage, on: Day.nullable().optional(), until: Day.nullable().optional(), reason: Text.optional(), document: z.string() })

/** `editions.json`: editions, the documents that its stages name, stages that all candidacies of an edition share, and candidacies, here or in files beside it. */
export const EditionsFile = z.strictObject({
  editions: z.array(ListingEdition),
  documents: z.record(z.string(), StageEvidence),
  shared: z.record(z.string(), z.array(NamedStage)).default({}),
  candidacies: z.array(FiledCandidacy.omit({ stages: true }).extend({ stages: z.array(NamedStage).default([]) })),
  /** Files beside this one, each an array of candidacies. */
  files: z.array(z.string()).default([]),
})
export type EditionsFile = z.infer<typeof EditionsFile>
export const CandidaciesFile = EditionsFile.shape.candidacies

/** A candidacy as it is known. */
export const Candidacy = z.strictObject({
  code: z.string(), edition: z.string(), substance: z.string(), drug: z.string().nullable(), company: z.string().nullable(), companyName: Text.nullable(),
  /** From 1, one more with every change. Who changes it names the version that he saw (`If-Match`). */
  version: z.int(),
  ...about,
  /** `source` null: it is not told to who asks: a company wrote it, or the regulator. */
  launched: z.strictObject({ on: PartialDay, source: Text.nullable() }).nullable(),
  cover: CoverProof.nullable(),
  /** Made up for the demonstration: no such drug was ever applied for. */
  madeUp: z.boolean(),
  /** Whether everybody may see it on the list's today. */
  published: z.boolean(),
  /** What is known of its stages, in the order of their days. */
  facts: z.array(StageFact),
  knownFrom: Instant,
  knownTo: Instant.nullable(),
})
export type Candidacy = z.infer<typeof Candidacy>

const Standing = z.strictObject({ stage: z.enum(standingStages), since: Day.nullable(), endsOn: Day.nullable() })
const Contradiction = z.strictObject({ kind: z.enum(stageContradictions), stage: DrugStage, on: Day.nullable(), against: DrugStage.nullable(), againstOn: Day.nullable() })

/** A candidacy with where it stands on the day of the question, and what of it speaks against itself. */
export const CandidacyRow = Candidacy.extend({ standing: Standing, contradictions: z.array(Contradiction) })
export type CandidacyRow = z.infer<typeof CandidacyRow>

const when = { asOf: Day.optional(), knownOn: Instant.optional() }

/** `drug`: of a drug of the list, by its code. `ofList`: those in the editions whose drugs this list watches, or in the others. `ends`: whose window ends on this day. `contradicted`: of which something speaks against itself. `published`: no: those that are not everybody's to see. `madeUp`: those made up for the demonstration, or all but them, as they are counted. */
export const CandidaciesQuestion = z.object({
  edition: z.string().max(80).optional(), drug: z.string().max(80).optional(), ofList: z.enum(['true', 'false']).optional(), stage: z.enum(standingStages).optional(), search: z.string().max(80).optional(), ends: Day.optional(), contradicted: z.enum(['true', 'false']).optional(), published: z.enum(['true', 'false']).optional(), madeUp: z.enum(['true', 'false']).optional(), ...when,
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type CandidaciesQuestion = z.infer<typeof CandidaciesQuestion>
/** By edition as the files have them, then by code. */
export const CandidaciesAnswer = z.strictObject({ basis: Basis, rows: z.array(CandidacyRow), page: Page })
export type CandidaciesAnswer = z.infer<typeof CandidaciesAnswer>

/** Whether one drug can be applied for to the next edition. `standing`: where it stands in the last of its editions: the rules do not ask, and one that was moved or removed meets them all the same. `plans`: customised insurance plans that name it on the day. */
export const EligibilityRow = z.strictObject({ substance: z.string(), candidacy: z.string(), name: Text, drug: z.string().nullable(), company: z.string().nullable(), madeUp: z.boolean(), standing: Standing, launched: PartialDay.nullable(), plans: z.int(), eligibility: Eligibility })
export type EligibilityRow = z.infer<typeof EligibilityRow>

export const EditionsQuestion = z.object({ ...when, format: Format.default('json') })
export type EditionsQuestion = z.infer<typeof EditionsQuestion>

/** Editions side by side, as far as the asker may see their drugs. `drugs`: how many, and `stages`: how many stand where; `unpublished`, `contradicted`: of them, those that are not published, and of which something speaks against itself. What is made up for the demonstration is counted by itself. `ending`: temporary inclusions by themselves, which are no listing. */
export const EditionsAnswer = z.strictObject({
  basis: Basis,
  editions: z.array(z.strictObject({ edition: ListingEdition, phase: z.enum(editionPhases), drugs: z.int(), madeUp: z.int(), unpublished: z.int(), contradicted: z.int(), stages: z.array(z.strictObject({ stage: z.enum(standingStages), drugs: z.int() })) })),
  ending: z.array(z.strictObject({ edition: z.string(), endsOn: Day, daysLeft: z.int(), madeUp: z.boolean(), temporary: z.boolean(), drugs: z.int() })),
  /** The next edition of the commercial list, and whether its drugs and candidates of before can be applied for; null: none is known. */
  next: z.strictObject({ edition: z.string(), rows: z.array(EligibilityRow) }).nullable(),
})
export type EditionsAnswer = z.infer<typeof EditionsAnswer>

export const LifeQuestion = z.object({ ...when, format: Format.default('json') })
export type LifeQuestion = z.infer<typeof LifeQuestion>

/** A drug's life across editions, the earliest first. `former`: what was known of a candidacy before, for who may see all of it. `firstStocked`: the first day on which each kind of evidence has it in stock, of a drug of this list; none where it is asked what was known on an instant, of which first days are not kept. */
export const LifeAnswer = z.strictObject({
  basis: Basis, substance: z.string(), name: Text, drug: z.string().nullable(),
  editions: z.array(ListingEdition),
  candidacies: z.array(CandidacyRow.extend({ former: z.array(Candidacy), mayKeep: z.boolean() })),
  eligibility: EligibilityRow.extend({ edition: z.string() }).nullable(),
  firstStocked: z.array(z.strictObject({ evidence: z.enum(['declared', 'confirmed', 'supplied']), day: Day.nullable() })),
})
export type LifeAnswer = z.infer<typeof LifeAnswer>

const described = {
  name: inBoth(200), categoryCode: words(20).nullable().default(null), bothLists: z.boolean().nullable().default(null),
  launched: onlyFields({ on: PartialDay, source: inBoth(300) }).nullable().default(null), rareDisease: z.boolean().nullable().default(null),
  cover: onlyFields({ proved: z.boolean(), source: inBoth(300) }).nullable().default(null),
}

/** What is said of a candidacy's drug: all of it, each time. */
export const CandidacyChange = onlyFields(described)
export type CandidacyChange = z.infer<typeof CandidacyChange>

/** A candidacy that is new, with the first stage that is known of it. `substance`: of a drug that has one in another edition; null: of a drug that is new here. `company`: who applied; a company names none, or itself. */
export const NewCandidacy = onlyFields({ edition: code, substance: code.nullable().default(null), company: z.string().max(80).nullable().default(null), ...described, stage: StageSaid })
export type NewCandidacy = z.infer<typeof NewCandidacy>

/** Whether two drugs are called the same, in either language: whatever the width, case and blanks in which it is written. */
export function areCalledTheSame(a: Text, b: Text): boolean {
  const plain = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return plain(a.zh) === plain(b.zh) || plain(a.en) === plain(b.en)
}

/** What a company states itself of its own; the rest is the regulator's to state. */
export const companyStages: readonly DrugStage[] = ['applied', 'withdrawn']
