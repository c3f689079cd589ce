import type { Context } from 'hono'
import { answerDuty, OtherEntry, withdrawDuty, type Answered, type Answering, type DutyAt } from '@lastmile/db/query/answer-duty'
import { publishedOn } from '@lastmile/db/query/candidacies'
import type { ListRow } from '@lastmile/db/query/lists'
import { factsFor } from '@lastmile/db/query/question'
import { firstMeetingDay, type DutyEntry, type DutyRowAnswer, type DutySaid } from '@lastmile/shared/duty'
import { eventOf } from '../audit/event-of.js'
import { listChanged } from '../lib/list-changed.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Says how a duty stands at an institution of the asker's. @throws Refusal 404 if it has no such duty or is none of his, 412 if another answered since, 422 for a drug that the duty does not ask, a day to come or one before the list was published */
export async function answeredDuty(services: Services, c: Context, list: ListRow, at: DutyAt, said: DutySaid): Promise<DutyRowAnswer> {
  const before = await answerDuty(services.db, list, at, await checked(services, list, at, said), answering(services, c, list, at, 'duty.answer')).catch(refused)
  return told(services, list, at, before)
}

/** Takes back what was said. @throws Refusal 404 and 412 as above */
export async function withdrawnDuty(services: Services, c: Context, list: ListRow, at: DutyAt): Promise<DutyRowAnswer> {
  return told(services, list, at, await withdrawDuty(services.db, list, at, answering(services, c, list, at, 'duty.withdraw')).catch(refused))
}

async function checked({ db }: Services, list: ListRow, { duty }: DutyAt, said: DutySaid): Promise<DutySaid> {
  if (said.on !== null && said.on > list.today) throw new Refusal(422, 'duty.future', `on: the list's today is ${list.today}; a meeting to come is none that was convened.`, { field: 'on' })
  if (said.on !== null) {
    const first = firstMeetingDay({ inForce: list.inForce, publishedOn: await publishedOn(db, list) })
    if (said.on < first) throw new Refusal(422, 'duty.before_list', `on: ${said.on} is before the list was published; no meeting on its drugs was before ${first}. Say the day of the meeting that decided of them, or that it has not convened.`, { field: 'on' })
  }
  const asked = duty.data.drugs ?? [...(await factsFor(db, list)).drugCodes.values()]
  const missing = said.outcomes.findIndex(({ drug }) => !asked.includes(drug))
  if (missing >= 0) throw new Refusal(422, 'drug.not_found', `outcomes.${missing}.drug: there is no drug "${said.outcomes[missing]!.drug.slice(0, 80)}" among those that the duty asks.`, { field: `outcomes.${missing}.drug` })
  return said
}

function answering({ clock }: Services, c: Context, list: ListRow, { duty, institution }: DutyAt, action: 'duty.answer' | 'duty.withdraw'): Answering {
  const { id: by, role } = c.get('actor')
  return { at: clock.now(), by, role, event: (before, after) => eventOf(c, { action, outcome: 'done', list: list.code, object: `${duty.data.code} ${institution}`, before: before && noted(before), after: after && noted(after) }) }
}

function told(services: Services, list: ListRow, { institution }: DutyAt, answered: Answered | null): DutyRowAnswer {
  if (!answered) throw notFound('institution', institution)
  if (answered.listVersion !== null) {
    services.audit.appended()
    listChanged(services, { list: list.code, version: answered.listVersion, report: null })
  }
  return answered.answer
}

function noted({ version, convened, on, outcomes, note }: DutyEntry): Record<string, unknown> {
  return { version, convened, on, outcomes, note }
}

function refused(error: unknown): never {
  if (error instanceof OtherEntry) throw new Refusal(412, 'duty.version', `Somebody answered since: it is at version ${error.version}. Look at it, and answer again.`, { version: error.version })
  throw error
}
