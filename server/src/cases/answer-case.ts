import type { Context } from 'hono'
import { commentsOf, eventsOf } from '@lastmile/db/query/case-page'
import { caseRow, type CaseFacts } from '@lastmile/db/query/cases'
import type { Database } from '@lastmile/db/database'
import type { ListRow } from '@lastmile/db/query/lists'
import type { NoticeFacts } from '@lastmile/db/query/notices'
import { followingOf, type Following } from '@lastmile/db/query/supervision'
import { canMoveCase, caseVerbs, officesFor } from '@lastmile/shared/case'
import type { CaseAnswer, CaseGap, Notice } from '@lastmile/shared/case-answer'
import { canMoveNotice, isOverNotice, noticeMoves, noticeVerbs, type NamedGap } from '@lastmile/shared/notice'
import { ladderFor } from '@lastmile/shared/supervision'
import { addWorkingDays, coversDays } from '@lastmile/shared/working-day'
import { purviewHere } from '../http/actor.js'
import { draftsFor, gapsFor, judgeCase, type JudgedCase } from './judge-case.js'
import { lettersFor } from './letters-for.js'
import { mayAnswer, mayKeep } from './case-of.js'
import { namedGap } from './open-cases.js'

/** A case whole, as whoever asks sees it. */
export async function answerCase(db: Database, c: Context, list: ListRow, { found, notices }: { found: CaseFacts; notices: readonly NoticeFacts[] }): Promise<CaseAnswer> {
  const following = await followingOf(db, list)
  const row = caseRow(list, following, found)
  const sight = { purview: purviewHere(c, 'case.read', list.code), notices: notices.map(({ code }) => code) }
  const keeps = mayKeep(c, list, found)
  const answers = mayAnswer(c)
  const judged = await judgeCase(db, list, found)
  return {
    basis: { list: list.code, asOf: list.today, today: list.today, demonstration: list.demonstration },
    case: row, gaps: gapsIn(judged, found), notices: await Promise.all(notices.map((notice) => noticeAnswer(db, list, following, judged, found, notice, { keeps, answers }))),
    events: await eventsOf(db, found.id, sight), comments: await commentsOf(db, found.id, sight),
    may: caseVerbs.filter((verb) => canMoveCase(verb, found.state) && (keeps ? verb !== 'escalate' || isOfficers(following, row.stepDue) : verb === 'comment' && answers && notices.some(({ isAddressee }) => isAddressee))),
    drafts: keeps && following.rules !== null ? draftsFor(judged, found) : [], answerWithin: following.rules?.answerWithin ?? null, ladder: found.isOffice ? [...ladderFor(following.rules, found.unit)] : [], removalNote: following.rules?.removalNote ?? { zh: '未载明', en: 'not said' },
  }
}

function isOfficers({ rules }: Following, step: string | null): boolean {
  return rules?.ladder.some(({ code, by }) => code === step && by === 'officer') ?? false
}

/** The gaps that whoever asks sees, with what is so today. */
function gapsIn({ pairs, today }: JudgedCase, found: CaseFacts): CaseGap[] {
  const seen = new Set(found.pairs.map(({ drug, unit }) => `${drug} ${unit}`))
  return pairs.filter(({ drug, unit }) => seen.has(`${drug} ${unit}`)).map(({ drug, unit, company, opened }) => {
    const gap = today.find(drug, unit)
    return { drug, unit, company, opened, state: today.stateOf(drug, unit), now: gap ? withoutPair(namedGap(gap)) : null, mends: gap ? officesFor(gap.acts) : [] }
  })
}

function withoutPair({ drug: _, unit: __, ...gap }: NamedGap): Omit<NamedGap, 'drug' | 'unit'> {
  return gap
}

/** A letter: of one that is sent what it says stands still; of a draft, what it would say today. */
async function noticeAnswer(db: Database, list: ListRow, { rules, calendar }: Following, judged: JudgedCase, found: CaseFacts, notice: NoticeFacts, { keeps, answers }: { keeps: boolean; answers: boolean }): Promise<Notice> {
  const { code, to, state, round, draftedOn, note, sent, acknowledged, answer, withdrawn, attachments, hasAccount, isAddressee } = notice
  const dueOn = notice.dueOn ?? addWorkingDays(calendar, list.today, rules?.answerWithin ?? 0)
  const gaps = notice.gaps ?? gapsFor(judged, to)
  const letters = notice.letters ?? (rules && await lettersFor(db, list, rules, found, notice, { number: null, day: list.today, dueOn, gaps }))
  const files = (step: 'send' | 'acknowledge' | 'answer') => attachments.filter((one) => one.step === step).map(({ step: _, ...file }) => file)
  const came = ({ on, channel, side }: NonNullable<NoticeFacts['acknowledged']>) => ({ on, channel, onBehalf: side === 'office' })
  return {
    code, number: notice.letters && { zh: notice.letters.zh.number!, en: notice.letters.en.number! }, to, state, dueOn: notice.dueOn, round, draftedOn, note: found.isOffice ? note : null, gaps, letters, hasAccount: hasAccount || !found.isOffice,
    sent: sent && { ...sent, attachments: files('send') },
    acknowledged: acknowledged && { ...came(acknowledged), attachments: files('acknowledge') },
    answer: answer && { ...came(answer), reasons: answer.reasons, plan: answer.plan, doneBy: answer.doneBy, attachments: files('answer') },
    withdrawn, weekdaysAlone: !coversDays(calendar, sent?.on ?? list.today, dueOn < (sent?.on ?? list.today) ? sent?.on ?? list.today : dueOn),
    may: noticeVerbs.filter((verb) => canMoveNotice(verb, state, isOverNotice({ state, round }, { isClosed: found.state === 'closed', round: found.round })) && (verb !== 'send' || rules !== null) && (noticeMoves[verb].action === 'case.keep' ? keeps : keeps || (answers && isAddressee))),
  }
}
