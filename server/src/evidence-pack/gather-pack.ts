import type { Context } from 'hono'
import type { Database } from '@lastmile/db/database'
import { program } from '@lastmile/db/program'
import { commentsOf, eventsOf, gapsOfCase, type CaseGapFacts } from '@lastmile/db/query/case-page'
import { caseRow } from '@lastmile/db/query/cases'
import { drugsOf } from '@lastmile/db/query/drugs'
import { coursesOf, type GapCourse } from '@lastmile/db/query/gap-courses'
import { gapsToday, type GapsToday } from '@lastmile/db/query/gaps-today'
import { publicVersionNow, type ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { regionsOf } from '@lastmile/db/query/regions'
import { settleKnown } from '@lastmile/db/query/settled'
import { versionsKnown } from '@lastmile/db/query/standard-versions'
import { followingOf } from '@lastmile/db/query/supervision'
import { attachmentTypes } from '@lastmile/shared/attachment'
import type { CaseComment, CaseEvent } from '@lastmile/shared/case-answer'
import type { Day, Instant } from '@lastmile/shared/day'
import type { EvidencePack, EvidencePackQuestion, PackAttachment, PackGap, PackNotice } from '@lastmile/shared/evidence-pack'
import { caseIn, type CaseHere } from '../cases/case-of.js'
import { namedGap } from '../cases/open-cases.js'
import { purviewHere } from '../http/actor.js'
import { listOf, whenOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** A case as it stands at one moment, with all that its asker sees of it. */
interface Standing extends CaseHere {
  gaps: CaseGapFacts[]
  events: CaseEvent[]
  comments: CaseComment[]
}

/** What a pack is made of, and the course of its gaps. */
export interface Gathered {
  list: ListRow
  pack: EvidencePack
  courses: GapCourse[]
}

/**
 * Gathers what a pack says of a case, as far as whoever asks sees it: as of a day, and as it is known at an instant. Without
 * one what is known is settled, so that the same can be gathered again.
 * @throws Refusal 400 for a day or an instant to come, 404 where he may know of no such case or it has no such gap, 409 for a day or an instant before its last step
 */
export async function gatherPack(services: Services, c: Context, path: { list: string; code: string }, asked: EvidencePackQuestion): Promise<Gathered> {
  const { db } = services
  const list = await listOf(services, path.list)
  const standing = await standingOf(db, c, list, path.code)
  const { found } = standing
  const row = caseRow(list, await followingOf(db, list), found)
  const when = whenOf(list, row.evidence, { asOf: asked.asOf })
  checkNotBefore(row.code, standing, asked)
  const gaps = standing.gaps.filter(({ drug, unit }) => (asked.drug === undefined || drug === asked.drug) && (asked.region === undefined || unit === asked.region))
  if (gaps.length === 0) throw notFound('gap', [asked.drug, asked.region].filter((one) => one !== undefined).join(' '))
  const { knownOn, answer: [judged, courses] } = await asKnown(services, list, asked.knownOn ?? null, async (at): Promise<[GapsToday, GapCourse[]]> => [
    await gapsToday(db, { ...list, today: when.asOf }, row.evidence, gaps, at), await coursesOf(db, list, { ...when, knownOn: at }, gaps),
  ])
  const names = { drugs: new Map((await drugsOf(db, list.id)).map(({ data }) => [data.code, data.name])), units: new Map((await regionsOf(db, list)).units.map(({ code, name }) => [code, name])) }
  const versions = await versionsKnown(db, list.id, knownOn)
  const notices = standing.notices.filter(({ letters }) => letters !== null)
  const actor = c.get('actor')
  const pack: EvidencePack = {
    madeWith: program.version, madeBy: { name: actor.name, role: actor.role }, demonstration: list.demonstration, list: list.code, listName: list.name, asOf: when.asOf, knownOn, onlyDrug: asked.drug ?? null, onlyRegion: asked.region ?? null,
    case: row.code, state: row.state, version: row.version, seenAs: row.seenAs, office: row.unit, about: row.about, evidence: row.evidence, openedOn: row.openedOn, closedOn: row.closedOn,
    gaps: gaps.map(({ drug, unit, company, opened }, i): PackGap => {
      const [gap, course] = [judged.find(drug, unit), courses.find((one) => one.drug === drug && one.unit === unit)]
      const { drug: _, unit: __, ...now } = gap ? namedGap(gap) : { drug, unit, ...opened }
      const named = (language: string) => `pictures/${String(i + 1).padStart(3, '0')}-${inAscii(drug)}-${inAscii(unit)}-${language}.svg`
      return {
        drug, drugName: names.drugs.get(drug)!, unit, unitName: names.units.get(unit)!, company, opened, state: judged.stateOf(drug, unit), now: gap ? now : null, standard: course ? ruleOf(course, versions.get(drug)!) : null,
        since: course?.since ?? null, former: course?.former ?? null, pictures: course ? { zh: named('zh'), en: named('en') } : null,
      }
    }),
    notices: notices.map(noticeOf), events: standing.events, comments: standing.comments, attachments: notices.flatMap(attachmentsOf),
  }
  return { list, pack, courses }
}

/** A case as it stands, read at once: no step comes between what is read of it. */
function standingOf(db: Database, c: Context, list: ListRow, code: string): Promise<Standing> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const here = await caseIn(tx, c, list, code)
    const sight = { purview: purviewHere(c, 'case.read', list.code), notices: here.notices.map((one) => one.code) }
    const seen = new Set(here.found.pairs.map(({ drug, unit }) => `${drug} ${unit}`))
    const gaps = (await gapsOfCase(tx, here.found.id)).filter(({ drug, unit }) => seen.has(`${drug} ${unit}`))
    return { ...here, gaps, events: await eventsOf(tx, here.found.id, sight), comments: await commentsOf(tx, here.found.id, sight) }
  }, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

/** What stood before its last step a case does not keep whole: a pack of that would be of no moment that there was. */
function checkNotBefore(code: string, { events, comments }: Standing, { asOf, knownOn }: { asOf?: Day | undefined; knownOn?: Instant | undefined }): void {
  const at = [...events, ...comments].reduce((last, one) => (one.at > last ? one.at : last), '')
  const on = events.reduce((last, one) => (one.on > last ? one.on : last), '')
  if (knownOn !== undefined && knownOn < at) throw new Refusal(409, 'pack.before', `Case ${code} stands as it does since ${at}: a pack is of that instant or later. What was before, its timeline tells.`, { field: 'knownOn' })
  if (asOf !== undefined && asOf < on) throw new Refusal(409, 'pack.before', `The last step of case ${code} is of ${on}: a pack is of that day or later.`, { field: 'asOf' })
}

/** Asks of what was known at an instant. Without one: of what is maintained, where nothing came since what is known was settled, which is the same and costs less. */
async function asKnown<Answer>({ db, clock }: Services, list: ListRow, asked: Instant | null, ask: (knownOn: Instant | null) => Promise<Answer>): Promise<{ knownOn: Instant; answer: Answer }> {
  const knownOn = await settleKnown(db, list.id, clock.now(), asked)
  if (asked !== null) return { knownOn, answer: await ask(asked) }
  const answer = await ask(null)
  return { knownOn, answer: (await publicVersionNow(db, list.id)) === list.publicVersion ? answer : await ask(knownOn) }
}

function ruleOf({ standard: { from, kinds, eligibleOnly, minInstitutions, minCities, reach, reason } }: GapCourse, version: { version: number; knownFrom: Instant }): PackGap['standard'] {
  return { from, kinds, eligibleOnly, minInstitutions, minCities, reach, reason, ...version }
}

function noticeOf({ code, to, addressee, state, round, dueOn, gaps, letters, sent, acknowledged, answer, withdrawn }: NoticeFacts, i: number): PackNotice {
  const onBehalf = (side: 'office' | 'addressee') => side === 'office'
  return {
    code, number: { zh: letters!.zh.number!, en: letters!.en.number! }, to, addressee, state, round, dueOn, gaps: gaps!, letters: letters!, withdrawn, sent: sent!,
    acknowledged: acknowledged && { on: acknowledged.on, channel: acknowledged.channel, onBehalf: onBehalf(acknowledged.side) },
    answer: answer && { on: answer.on, channel: answer.channel, onBehalf: onBehalf(answer.side), reasons: answer.reasons, plan: answer.plan, doneBy: answer.doneBy },
    documents: ['letter', ...(answer ? ['answer'] : [])].flatMap((what) => ['zh', 'en'].map((language) => `notices/${i + 1}-${what}-${language}.docx`)),
  }
}

const endings = new Map<string, string>(Object.entries(attachmentTypes).map(([ending, { type }]) => [type, ending]))

/** Files are called by where they belong: their own names may hold anything, and two the same. */
function attachmentsOf({ code, attachments }: NoticeFacts, i: number): PackAttachment[] {
  return attachments.map(({ step, ...file }, at) => ({ ...file, notice: code, step, path: `attachments/${i + 1}-${step}-${at + 1}.${endings.get(file.type) ?? 'bin'}` }))
}

function inAscii(code: string): string {
  return code.replace(/[^A-Za-z0-9._-]/g, '_')
}
