import type { Context } from 'hono'
import { undecided, type FactDecision, type FactHolder, type FactKeeping, type FactNotInList, type FactPlace } from '@lastmile/db/query/keep-ladder-fact'
import type { ListRow } from '@lastmile/db/query/lists'
import type { PartialDay } from '@lastmile/shared/day'
import { factDays } from '@lastmile/shared/fact-day'
import type { FactOffice, LadderFactSaid } from '@lastmile/shared/ladder-fact'
import type { Purview } from '@lastmile/shared/purview'
import type { Text } from '@lastmile/shared/text'
import { purviewHere } from '../http/actor.js'
import { companyRungs, rungsToEnter, sayingsOf } from '@lastmile/shared/rung'
import { rungWords } from '@lastmile/shared/rung-words'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** Who enters facts: whose they are, and what is his. */
export interface Entering {
  holder: FactHolder
  office: FactOffice
  purview: Purview
}

/** Whoever asks, as one who enters facts of a list. @throws Refusal 404 where he is of another list */
export function enteringHere(c: Context, list: ListRow): Entering {
  const purview = purviewHere(c, 'ladder.enter', list.code)
  const { role } = c.get('actor')
  switch (purview.of) {
    case 'all': return { purview, holder: { origin: 'regulator', company: null }, office: { role, unit: null, company: null } }
    case 'unit': return { purview, holder: { origin: 'province', company: null }, office: { role, unit: purview.unit, company: null } }
    case 'company': return { purview, holder: { origin: 'company', company: purview.company }, office: { role, unit: null, company: purview.company } }
    default: throw notFound('list', list.code)
  }
}

/** Who does it, and when. */
export function keepingNow({ clock }: Pick<Services, 'clock'>, c: Context, { office }: Pick<Entering, 'office'>): FactKeeping {
  return { at: clock.now(), by: c.get('actor').id, office }
}

/** What a province or the regulator enters is confirmed by that; what a company enters waits. */
export function decisionOf({ holder, office }: Entering, { at, by }: FactKeeping): FactDecision {
  return holder.origin === 'company' ? undecided : { standing: 'confirmed', decidedBy: by, decidedOffice: office, decidedAt: at, reason: null }
}

/** Why a fact is not the asker's to enter; null where it is. What is another's is told as what there is not. */
export function notHis({ purview, holder: { origin } }: Entering, { rung, drug, unit, says }: Pick<LadderFactSaid, 'rung' | 'drug' | 'unit' | 'says'>, place: FactPlace | FactNotInList): { field: 'rung' | 'drug' | 'unit' | 'city' | 'says'; code: string | null; message: Text } | null {
  if ('field' in place) return { ...place, message: { zh: '目录或该省中没有', en: `there is no ${place.field} "${place.code.slice(0, 80)}" ${place.field === 'city' ? 'in the unit' : 'in the list'}` } }
  if (!rungsToEnter(origin).includes(rung)) return { field: 'rung', code: null, message: { zh: `省级措施由省级部门填报；企业可填：${companyRungs.map((one) => rungWords[one].short.zh).join('、')}`, en: `what a province does is for the province to say; a company enters ${companyRungs.join(', ')}` } }
  if (!sayingsOf(rung, origin).includes(says)) return { field: 'says', code: null, message: says === 'required' ? { zh: '“要求执行”由国家监管部门填报，请填“是”“否”或“有条件”', en: 'only the national regulator can enter what is required: say yes, conditional or no' } : { zh: '该项须逐例审核，请填“有条件”或“否”', en: 'it holds case by case, after a review: say conditional or no' } }
  if (purview.of === 'company') {
    if (drug === null) return { field: 'drug', code: null, message: { zh: '请填本企业的药品', en: 'name a drug of your own' } }
    if (place.company !== purview.company) return { field: 'drug', code: drug, message: { zh: '不是本企业的药品', en: `there is no drug "${drug.slice(0, 80)}" of yours in the list` } }
    if (unit === null) return { field: 'unit', code: null, message: { zh: '请填省份，由该省确认', en: 'name the province, which confirms it' } }
  }
  if (purview.of === 'unit' && unit !== purview.unit) return { field: 'unit', code: unit, message: { zh: '只能填报本省', en: unit === null ? `name your own unit, ${purview.unit}` : `there is no unit "${unit.slice(0, 80)}" of yours` } }
  return null
}

/** Why a fact cannot hold from the day that is said; null where it can. */
export function notOnDay({ holder: { origin } }: Entering, { validFrom }: Pick<LadderFactSaid, 'validFrom'>, { today, inForce }: Pick<ListRow, 'today' | 'inForce'>, launched: PartialDay | null): { field: 'validFrom'; code: null; message: Text } | null {
  const { first, last } = factDays({ origin, today, inForce, launched })
  const said = (zh: string, en: string) => ({ field: 'validFrom' as const, code: null, message: { zh, en } })
  if (validFrom > last) return origin === 'company' ? said(`不能晚于今日（${last}）；将来的事项由省级部门填报`, `is after the list's today, ${last}: what is to come is for the province to announce`) : said(`最多提前一年，不晚于${last}`, `is announced a year ahead at most, up to ${last}`)
  if (validFrom < first) return launched === null ? said(`不能早于${first}`, `is before ${first}, which nobody can have known of this list`) : said(`早于该药品上市时间（${launched}）`, `is before the drug was launched (${launched})`)
  return null
}

/** @throws Refusal 404 or 422 for what is not the asker's to enter, or is not in the list */
export function checkHis(entering: Entering, said: LadderFactSaid, place: FactPlace | FactNotInList, list: ListRow): asserts place is FactPlace {
  const wrong = notHis(entering, said, place) ?? ('field' in place ? null : notOnDay(entering, said, list, place.launched))
  if (!wrong) return
  if (wrong.code !== null && wrong.field !== 'says') throw new Refusal(422, `${wrong.field}.not_found`, `${wrong.field}: ${wrong.message.en}.`, { field: wrong.field })
  throw new Refusal(422, `ladder_fact.${wrong.field === 'validFrom' ? 'day' : wrong.field}`, `${wrong.field}: ${wrong.message.en}.`, { field: wrong.field })
}
