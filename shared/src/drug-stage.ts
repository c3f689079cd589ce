import { z } from 'zod'
import { Day, Instant } from './day.js'
import { onlyFields } from './only-fields.js'
import { inBoth, words } from './words.js'
import { Text } from './text.js'

/*
 * Stages of a drug in the course of one edition of a list: what is known to have happened, on which day, by which document and on
 * whose word. What these say together is in `drug-standing.ts`, and where they speak against each other in `stage-contradiction.ts`.
 */

/** The course, in its order: each stage presumes the one before. */
export const courseStages = ['applied', 'formal_review', 'expert_evaluation', 'price_consultation', 'listed', 'in_force'] as const
export const CourseStage = z.enum(courseStages)
export type CourseStage = z.infer<typeof CourseStage>

/** How a course ends before the drug is listed: it did not pass, no price was agreed, or its company withdrew. */
export const courseEnds = ['not_passed', 'not_agreed', 'withdrawn'] as const

/** What becomes of a listed drug: its window is renewed, it moves to the basic list, or it leaves. */
export const laterStages = ['renewed', 'transferred', 'removed'] as const

/** All stages; `temporary_inclusion` is outside the course: a drug that is paid for in an emergency, for a time and a reason. */
export const drugStages = [...courseStages, ...courseEnds, ...laterStages, 'temporary_inclusion'] as const
export const DrugStage = z.enum(drugStages)
export type DrugStage = z.infer<typeof DrugStage>

/** Stages that hold for a time: the first day is that of the stage, the last its `until`. */
export const windowStages = ['in_force', 'renewed', 'temporary_inclusion'] as const satisfies readonly DrugStage[]

/** Stages that need a reason in words. */
export const reasonedStages: readonly DrugStage[] = [...courseEnds, 'removed', 'temporary_inclusion']

/** By what a stage is shown: a document with its number, the day it was made public, and where it can be read. */
export const StageEvidence = z.strictObject({ document: Text, number: z.string().nullable(), day: Day.nullable(), url: z.string().nullable() })
export type StageEvidence = z.infer<typeof StageEvidence>

/** The same as it is told: `document` null: it is not told to who asks by which document (then neither its number nor where it is). */
const ToldEvidence = StageEvidence.extend({ document: Text.nullable() })

/** On whose word: the reviewed files of an edition, the company, or the regulator's operators. */
export const stageSpeakers = ['edition', 'company', 'operator'] as const
export type StageSpeaker = (typeof stageSpeakers)[number]

/** What is said of a stage. `on`: null where it is known that it happened and not on which day. `until`: the last day of its window; null where none is known, or it has no window. */
const said = { stage: DrugStage, on: Day.nullable(), until: Day.nullable(), evidence: StageEvidence, reason: Text.nullable() }

/** A stage that is known of a drug in an edition. `no` names it for ever within that course. */
export const StageFact = z.strictObject({ no: z.int().positive(), ...said, evidence: ToldEvidence, by: z.enum(stageSpeakers), at: Instant })
export type StageFact = z.infer<typeof StageFact>

/** A stage as the files of an edition state it. */
export const FiledStage = z.strictObject({ ...said, on: Day.nullable().default(null), until: Day.nullable().default(null), reason: Text.nullable().default(null) }).superRefine(holdsTogether)
export type FiledStage = z.infer<typeof FiledStage>

/** A stage as somebody states it. */
export const StageSaid = onlyFields({
  stage: DrugStage,
  on: Day.nullable().default(null),
  until: Day.nullable().default(null),
  evidence: onlyFields({
    document: inBoth(300), number: words(80).nullable().default(null), day: Day.nullable().default(null),
    url: z.string().max(500).regex(/^https:\/\/[^\s/?#]+(?:[/?#]\S*)?$/, 'an address that begins with https://').nullable().default(null),
  }),
  reason: inBoth(500).nullable().default(null),
}).superRefine(holdsTogether)
export type StageSaid = z.infer<typeof StageSaid>

/** What no field says alone: only what has a window ends, its days are in order, and what needs a reason has one. */
function holdsTogether({ stage, on, until, reason }: Pick<StageFact, 'stage' | 'on' | 'until' | 'reason'>, wrong: z.RefinementCtx): void {
  const say = (path: string, message: string) => wrong.addIssue({ code: 'custom', path: [path], message })
  if (until !== null && !isWindowStage(stage)) say('until', `${stage} has no window: leave the last day out`)
  if (until !== null && on !== null && until < on) say('until', 'the last day is before the first')
  if (stage === 'temporary_inclusion' && on === null) say('on', 'a temporary inclusion names its first day')
  if (reasonedStages.includes(stage) && reason === null) say('reason', `${stage} needs a reason`)
}

/** Whether a stage holds for a time. */
export function isWindowStage(stage: DrugStage): boolean {
  return (windowStages as readonly DrugStage[]).includes(stage)
}

/** The place of a stage in the course, from 0; a renewal stands where being in force does. Null for what is outside it. */
export function courseRank(stage: DrugStage): number | null {
  const rank = courseStages.findIndex((one) => one === (stage === 'renewed' ? 'in_force' : stage))
  return rank < 0 ? null : rank
}

/** The day by which a stage is known to have happened: its own, else that of the document that shows it. Null where neither is known. */
export function dayOfStage({ on, evidence }: Pick<StageFact, 'on' | 'evidence'>): Day | null {
  return on ?? evidence.day
}

/**
 * From which day on a course is everybody's to see: the day on which it was published that the drug is listed or included for a time, or is in force,
 * or its own where that came before; of several the first. Of a stage without any day it is `always`. Null: it is its company's and the regulator's.
 */
export function publicFrom(facts: readonly Pick<StageFact, 'stage' | 'on' | 'evidence'>[], always: Day): Day | null {
  const days = facts.filter(({ stage }) => stage === 'listed' || stage === 'in_force' || stage === 'temporary_inclusion').map(({ on, evidence }) => [on, evidence.day].filter((day) => day !== null).sort()[0] ?? always)
  return days.reduce<Day | null>((first, day) => (first === null || day < first ? day : first), null)
}

/** Whether a stage of a course that is everybody's to see is so itself: what was announced, or has happened. A removal that is decided and neither is not. */
export function isToldOn({ on, evidence }: Pick<StageFact, 'on' | 'evidence'>, day: Day): boolean {
  return [evidence.day, on].every((one) => one === null) || [evidence.day, on].some((one) => one !== null && one <= day)
}

/**
 * A stage as everybody is told it on a day, of a course that is everybody's to see: which, when, and on whose word. The reviewed files
 * of an edition hold what was published, and are told whole. What a company or the regulator wrote beside a stage was written while the
 * course was theirs alone: of it everybody reads the document alone, if the regulator named one that anybody can read on that day, and
 * why a drug is included for a time, which is published with it.
 */
export function publicFact(fact: StageFact, day: Day): StageFact {
  if (fact.by === 'edition') return fact
  const { evidence, stage, by } = fact
  const isPublished = by === 'operator' && evidence.url !== null && (evidence.day === null || evidence.day <= day)
  return {
    ...fact,
    evidence: isPublished ? evidence : { document: null, number: null, day: evidence.day, url: null },
    reason: by === 'operator' && stage === 'temporary_inclusion' ? fact.reason : null,
  }
}
