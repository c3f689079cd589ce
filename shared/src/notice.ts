import { z } from 'zod'
import { Day } from './day.js'
import type { Evidence } from './evidence.js'
import { GapOnDay, GapReason } from './gap.js'
import { kinds } from './kind.js'
import { onlyFields } from './only-fields.js'
import type { Action } from './permission.js'
import { Reason } from './status.js'
import { usualFigures, type LetterTemplate, type Supervision } from './supervision.js'
import type { Language, Text } from './text.js'
import { paragraphs, words } from './words.js'

/*
 * The letter of a supervision case (督导函): numbered, with a due day, to a company or a province. (A *message* is something
 * else: an entry of an inbox.) What it says is made from the edition's template as long as it is a draft, and stands still
 * from its sending on.
 */

/** `draft`: nobody but its office knows of it. `sent`, `acknowledged`, `answered`: by its addressee, or for him. `withdrawn`: it asks for nothing any more. */
export const noticeStates = ['draft', 'sent', 'acknowledged', 'answered', 'withdrawn'] as const
export const NoticeState = z.enum(noticeStates)
export type NoticeState = z.infer<typeof NoticeState>

export const noticeVerbs = ['change', 'send', 'acknowledge', 'answer', 'withdraw'] as const
export const NoticeVerb = z.enum(noticeVerbs)
export type NoticeVerb = z.infer<typeof NoticeVerb>

interface NoticeMove {
  action: Action
  from: readonly NoticeState[]
  to: NoticeState
}

/** The one table: which verb leads from where to where, and whose it is. None is done in a case that is closed. An answer that comes first acknowledges too. */
export const noticeMoves: Record<NoticeVerb, NoticeMove> = {
  change: { action: 'case.keep', from: ['draft'], to: 'draft' },
  send: { action: 'case.keep', from: ['draft'], to: 'sent' },
  acknowledge: { action: 'notice.answer', from: ['sent'], to: 'acknowledged' },
  answer: { action: 'notice.answer', from: ['sent', 'acknowledged'], to: 'answered' },
  withdraw: { action: 'case.keep', from: ['draft', 'sent', 'acknowledged'], to: 'withdrawn' },
}

/** Whether a verb can be done with a letter as it stands. `isOver`: its case is closed, or has opened again since it was sent: it asks for nothing any more. */
export function canMoveNotice(verb: NoticeVerb, state: NoticeState, isOver: boolean): boolean {
  return !isOver && noticeMoves[verb].from.includes(state)
}

/** Whether a letter asks for nothing any more, as its case stands. A draft is sent in the round that is. */
export function isOverNotice({ state, round }: { state: NoticeState; round: number }, theCase: { isClosed: boolean; round: number }): boolean {
  return theCase.isClosed || (state !== 'draft' && round !== theCase.round)
}

/** States in which a letter waits for its addressee. */
export const waitingNotices: readonly NoticeState[] = ['sent', 'acknowledged']

/** How a letter, or word of it, came: `system`, here on the screen; else outside, entered here by the office for whoever has no account, or answers by post. */
export const noticeChannels = ['system', 'post', 'fax', 'email', 'meeting'] as const
export const NoticeChannel = z.enum(noticeChannels)
export type NoticeChannel = z.infer<typeof NoticeChannel>

/** Whom a letter is for: a company, or the office of a unit. */
export const Addressee = z.strictObject({ office: z.enum(['company', 'province']), code: z.string().max(80) })
export type Addressee = z.infer<typeof Addressee>

/** A gap as a letter names it, with what was counted on the day of the letter, and of whom. What was noted before that was kept says neither that nor the reach. */
export const NamedGap = z.strictObject({
  drug: z.string(), unit: z.string(), reason: GapReason, institutions: z.int(), cities: z.int(), minInstitutions: z.int(), minCities: z.int(),
  kinds: GapOnDay.shape.kinds.optional(), eligibleOnly: z.boolean().optional(), reach: GapOnDay.shape.reach.optional(),
})
export type NamedGap = z.infer<typeof NamedGap>

/** What a letter says, in one language, whole: as it is printed. `number` null: it is a draft. */
export const Letter = z.strictObject({
  issuer: z.string(), number: z.string().nullable(), title: z.string(), salutation: z.string(), paragraphs: z.array(z.string()), closing: z.string(), date: z.string(),
  attachment: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.string())),
})
export type Letter = z.infer<typeof Letter>
export const Letters = z.strictObject({ zh: Letter, en: Letter })
export type Letters = z.infer<typeof Letters>

/** What a letter is made of. */
export interface LetterFacts {
  list: { name: Text; inForce: Day }
  to: Addressee['office']
  addressee: Text
  /** The unit whose office writes; null: the national regulator. */
  unit: Text | null
  /** Null as long as it has none. */
  number: { year: number; number: number } | null
  evidence: Evidence
  /** The day of the letter, of which it speaks. */
  day: Day
  dueOn: Day
  gaps: readonly NamedGap[]
  drugName: (code: string) => Text
  unitName: (code: string) => Text
  /** A paragraph of the officer's own; null: none. */
  note: string | null
}

/** The letter in both languages, from the edition's template. */
export function lettersOf(rules: Supervision, facts: LetterFacts): Letters {
  return { zh: letterIn('zh', rules, facts), en: letterIn('en', rules, facts) }
}

function letterIn(language: Language, rules: Supervision, facts: LetterFacts): Letter {
  const template = rules.letters[facts.to][language]
  const office = facts.unit === null ? 'national' : 'unit'
  const unit = facts.unit?.[language] ?? ''
  const drugs = [...new Set(facts.gaps.map(({ drug }) => drug))]
  const places = new Set(facts.gaps.map((gap) => gap.unit)).size
  const known: Record<string, string> = {
    unit, list: facts.list.name[language], inForce: dayWritten(facts.list.inForce, language), asOf: dayWritten(facts.day, language), dueOn: dayWritten(facts.dueOn, language), addressee: facts.addressee[language],
    evidence: template.evidences[facts.evidence], count: String(facts.gaps.length), places: String(places),
    drugs: String(drugs.length), drug: drugs[0] === undefined ? '' : facts.drugName(drugs[0])[language],
  }
  if (template.extent) known['extent'] = filled(template.extent[facts.gaps.length === 1 ? 'one' : places === 1 ? 'inOne' : 'more'], known)
  known['subject'] = filled(template.subject[drugs.length > 1 ? 'more' : 'one'], known)
  const say = (text: string) => filled(text, known)
  return {
    issuer: say(rules.issuer[office][language]), number: facts.number && filled(rules.noticeNumber[office][language], { unit, year: String(facts.number.year), number: String(facts.number.number) }),
    title: say(template.title), salutation: say(template.salutation),
    paragraphs: [...template.paragraphs.map(say), ...(facts.note === null ? [] : [facts.note])],
    closing: say(template.closing), date: dayWritten(facts.day, language), attachment: say(template.attachment), columns: template.columns,
    rows: facts.gaps.map((gap, i) => rowIn(language, template, facts, gap, i)),
  }
}

function rowIn(language: Language, { figure, counted = usualFigures[language], reasons }: LetterTemplate, { drugName, unitName }: LetterFacts, gap: NamedGap, i: number): string[] {
  const who = whoIsCounted(language, counted, gap)
  const figures = (institutions: number, cities: number, share: number | null) => [
    who === null ? filled(figure.institutions, { n: String(institutions) }) : filled(counted.institutions, { who, n: String(institutions) }),
    ...(gap.minCities === 0 ? [] : [filled(figure.cities, { n: String(cities) })]),
    ...(gap.reach ? [filled(share === null ? counted.reachNotKnown : counted.reach, { km: String(gap.reach.km), share: String(share) })] : []),
  ].join(language === 'zh' ? '，' : ', ')
  return [
    String(i + 1), drugName(gap.drug)[language], unitName(gap.unit)[language], figures(gap.institutions, gap.cities, gap.reach?.reached ?? null), figures(gap.minInstitutions, gap.minCities, gap.reach?.share ?? null), reasons[gap.reason],
  ]
}

/** Of whom a figure is, in a letter's words; null: of all institutions, or nobody noted it. */
function whoIsCounted(language: Language, counted: NonNullable<LetterTemplate['counted']>, { kinds: of, eligibleOnly = false }: NamedGap): string | null {
  if (of === undefined || (!eligibleOnly && of.length === kinds.length)) return null
  const who = of.length === kinds.length ? counted.every : kinds.filter((kind) => of.includes(kind)).map((kind) => counted.kinds[kind]).join(language === 'zh' ? '、' : ', ')
  return eligibleOnly ? filled(counted.eligible, { who }) : who
}

/** A text with its words in braces filled in; one that is not known stays, so that whoever reads the draft sees it. */
function filled(text: string, known: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (braced, name: string) => known[name] ?? braced)
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** A day as a letter writes it: 2026年7月14日, 14 July 2026. */
export function dayWritten(day: Day, language: Language): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${months[month - 1]} ${year}`
}

const attached = z.array(z.string().max(40)).max(10, 'at most ten files').default([])
/** How and when something came that is entered for somebody: left out by whoever says it here himself. */
const outside = { channel: NoticeChannel.optional(), on: Day.optional(), attachments: attached }

/** How many days ahead something may be due, or promised: a year too many is a slip of the hand. */
export const atMostDaysAhead = 731

/** A paragraph that an officer types: several lines, no more than fit on the letter. */
const Note = paragraphs(1_000)

/** What is drafted. Without a day it is due after the edition's working days from its sending on. */
export const NewNotice = onlyFields({ to: Addressee, dueOn: Day.nullable().default(null), note: Note.nullable().default(null) })
export type NewNotice = z.infer<typeof NewNotice>
export const NoticeChange = onlyFields({ dueOn: Day.nullable(), note: Note.nullable() })
export type NoticeChange = z.infer<typeof NoticeChange>
/** `on`: the day of the letter; left out, today. */
export const NoticeSending = onlyFields({ channel: NoticeChannel.default('system'), on: Day.optional(), attachments: attached })
export type NoticeSending = z.infer<typeof NoticeSending>
export const NoticeAcknowledging = onlyFields(outside)
export type NoticeAcknowledging = z.infer<typeof NoticeAcknowledging>
/** Why it is so, by the fixed vocabulary; what is done about it, and by when. */
export const NoticeAnswering = onlyFields({ ...outside, reasons: z.array(Reason).min(1, 'at least one reason').max(10), plan: paragraphs(2_000), doneBy: Day })
export type NoticeAnswering = z.infer<typeof NoticeAnswering>
export const ForReason = onlyFields({ reason: words(500) })
export type ForReason = z.infer<typeof ForReason>
