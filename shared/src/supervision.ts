import { z } from 'zod'
import { Evidence } from './evidence.js'
import { GapReason } from './gap.js'
import { Kind } from './kind.js'
import { Text, type Language } from './text.js'

/*
 * By which rules gaps of a list are followed up: how long there is to answer, what happens when nobody does, what letters
 * say, by which procedure a drug may be removed, and how requests of companies are answered. All of it belongs to the edition, with who made it and why.
 */

/**
 * One step up when nobody answers. `overdue`: from so many working days after the due day on. `by`: who takes it: `day`,
 * the list's own day, since all that it does is tell somebody again; `officer`, a person, who decides. `does`: `remind`,
 * the addressee is told once more; `tell_regulator`, the national regulator hears of a province's case; `decide`, what the
 * step is called is done outside, and noted here.
 */
export const LadderStep = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]+$/), overdue: z.int().min(1).max(250), by: z.enum(['day', 'officer']), does: z.enum(['remind', 'tell_regulator', 'decide']), name: Text, means: Text,
}).refine(({ by, does }) => by === 'officer' || does !== 'decide', { message: 'what decides something is taken by an officer' })
export type LadderStep = z.infer<typeof LadderStep>

/** How a figure stands in a letter that is not of all institutions: `{who}` are institutions of some kinds, where the rule says so the eligible alone. And how residents within reach do. */
const CountedFigures = z.strictObject({
  institutions: z.string().min(1), eligible: z.string().min(1), every: z.string().min(1), kinds: z.record(Kind, z.string().min(1)), reach: z.string().min(1), reachNotKnown: z.string().min(1),
})

/** What a letter says, in one language. Words in braces are filled in: see `letterOf` (notice.ts). */
export const LetterTemplate = z.strictObject({
  title: z.string().min(1), salutation: z.string().min(1), paragraphs: z.array(z.string().min(1)).min(1), closing: z.string().min(1),
  attachment: z.string().min(1),
  /** What stands for the drugs in it, where it is one, and where it is more. */
  subject: z.strictObject({ one: z.string().min(1), more: z.string().min(1) }),
  /** Headings of the attachment: number, drug, unit, what there is, what is asked, why; and how a figure stands in it. */
  columns: z.array(z.string().min(1)).length(6),
  figure: z.strictObject({ institutions: z.string().min(1), cities: z.string().min(1) }),
  counted: CountedFigures.optional(),
  /** How far it goes, as `{extent}`: one gap; several in one place; in several places. */
  extent: z.strictObject({ one: z.string().min(1), inOne: z.string().min(1), more: z.string().min(1) }).optional(),
  evidences: z.record(Evidence, z.string().min(1)),
  reasons: z.record(GapReason, z.string().min(1)),
})
export type LetterTemplate = z.infer<typeof LetterTemplate>

/** The same where the edition does not say it: a figure that leaves open of whom it is would accuse of what nobody counted. */
export const usualFigures: Record<Language, z.infer<typeof CountedFigures>> = {
  zh: { institutions: '{who}{n}家', eligible: '符合条件的{who}', every: '机构', kinds: { hospital: '定点医疗机构', pharmacy: '定点零售药店', other: '其他机构' }, reach: '{km}公里内居民{share}%', reachNotKnown: '{km}公里内居民未评定' },
  en: { institutions: '{who}: {n}', eligible: 'eligible {who}', every: 'institutions', kinds: { hospital: 'hospitals', pharmacy: 'pharmacies', other: 'other institutions' }, reach: 'residents within {km} km: {share}%', reachNotKnown: 'residents within {km} km: not judged' },
}

const InBoth = z.strictObject({ zh: LetterTemplate, en: LetterTemplate })

/** How long an office has to answer a company's request, who made that rule and why. */
export const RequestRules = z.strictObject({
  author: z.string(),
  reason: Text,
  /** Working days to answer, from the day of the request on; of an objection, anew. */
  answerWithin: z.int().min(1).max(250),
  /** From how many working days before the due day on its office is told again. */
  dueSoon: z.int().min(0).max(60),
  /** Working days after the due day that was set first, to which an answer can be put off at most. */
  deferAtMost: z.int().min(1).max(250),
})
export type RequestRules = z.infer<typeof RequestRules>

/** `supervision.json` of an edition folder. */
export const Supervision = z.strictObject({
  author: z.string(),
  reason: Text,
  /** Working days to answer a letter, unless the officer says otherwise; from how many before its due day on the addressee is told again. */
  answerWithin: z.int().min(1).max(250),
  dueSoon: z.int().min(0).max(60),
  /** A case that closed itself opens again where a gap of it comes back within so many days. */
  reopenWithin: z.int().min(0).max(3_660),
  /** In the order in which they are taken. */
  ladder: z.array(LadderStep).refine((steps) => steps.every((step, i) => i === 0 || step.overdue >= steps[i - 1]!.overdue), { message: 'each step comes no earlier than the one before' }),
  /** By which procedure, and upon what, a drug may be removed from the list; null where none is published. No counter starts it. */
  removal: z.strictObject({ procedure: Text, trigger: Text, source: Text }).nullable(),
  removalNote: Text,
  /** Who signs, and how letters are numbered: of the regulator, and of a unit's office. */
  issuer: z.strictObject({ national: Text, unit: Text }),
  noticeNumber: z.strictObject({ national: Text, unit: Text }),
  letters: z.strictObject({ company: InBoth, province: InBoth }),
  /** How requests of companies are answered; left out: none is opened. */
  requests: RequestRules.optional(),
})
export type Supervision = z.infer<typeof Supervision>

/** The steps that a case of an office can take: of what the national regulator keeps itself it need not be told. `unit` null: that is whose case it is. */
export function ladderFor(rules: Pick<Supervision, 'ladder'> | null, unit: string | null): readonly LadderStep[] {
  return (rules?.ladder ?? []).filter(({ does }) => unit !== null || does !== 'tell_regulator')
}

/** The next step of a ladder, where its time has come: the first that was not taken, where a letter is overdue by so many working days (or less than one). */
export function stepDue(ladder: readonly LadderStep[], taken: readonly string[], overdue: number): LadderStep | null {
  const step = ladder.find(({ code }) => !taken.includes(code))
  return step !== undefined && overdue >= step.overdue ? step : null
}
