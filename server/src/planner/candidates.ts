import { institutionIdOf } from '@lastmile/db/query/institution-id'
import { plannerInstitutions, type PlannerWorld } from '@lastmile/db/query/planner'
import type { ListRow } from '@lastmile/db/query/lists'
import { basisOf } from '@lastmile/db/query/question'
import type { CandidatesAnswer, CandidatesQuestion, CandidateSpot } from '@lastmile/shared/planner'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { columns, worldOf, type Planned } from './make-plan.js'
import { planInThread } from './plan-in-thread.js'

/** Those among whom a plan chooses, a page of them. @throws Refusal 404 where `alikeTo` is none of those that stand somewhere on the map */
export async function candidatesOf(services: Services, planned: Planned, { spot, alikeTo, offset, limit }: Pick<CandidatesQuestion, 'spot' | 'alikeTo' | 'offset' | 'limit'>, signal: AbortSignal): Promise<CandidatesAnswer> {
  const { list, when, drug, question: { region, km, kinds, levels } } = planned
  const world = await worldOf(services, planned)
  signal.throwIfAborted()
  const all = alikeTo === undefined ? everyone(world) : await alike(services, list, world, km, alikeTo, signal)
  const asked = all.filter((one) => spot === undefined || one.spot === spot)
  const shown = asked.slice(offset, offset + limit)
  const named = await plannerInstitutions(services.db, shown.map(({ id }) => id))
  return {
    basis: basisOf(list, when), drug: drug.data.code, region: region ?? null, kinds: kinds ?? null, levels: levels ?? null, byEligibility: world.byEligibility, km, spot: spot ?? null, alikeTo: alikeTo ?? null,
    rows: shown.map(({ id, state, spot: own }) => {
      const { code, name, kind, level, unit, city, cityName } = named.get(id)!
      return { code, name, kind, level, unit, city, cityName, spot: own, state }
    }),
    page: { offset, limit, total: asked.length },
  }
}

type One = PlannerWorld['unplacedCandidates'][number] & { spot: CandidateSpot }

function everyone({ candidates, unplacedCandidates }: PlannerWorld): One[] {
  return [...candidates.map(spotted), ...unplacedCandidates.map((one) => ({ ...one, spot: 'none' as const }))]
}

function spotted({ id, state, isAtMiddle }: PlannerWorld['candidates'][number]): One {
  return { id, state, spot: isAtMiddle ? 'city' : 'own' }
}

async function alike({ db }: Services, list: ListRow, { places, stocked, candidates }: PlannerWorld, km: number, code: string, signal: AbortSignal): Promise<One[]> {
  const id = await institutionIdOf(db, list, code)
  const candidate = candidates.findIndex((one) => one.id === id)
  if (candidate < 0) throw new Refusal(404, 'planner.not_candidate', `${code} is not, or no longer, one of the candidates that stand on the map.`, { field: 'alikeTo' })
  const same = await planInThread({ kind: 'alike', work: { problem: { km, points: columns(places), today: columns(stocked), candidates: columns(candidates) }, candidate } }, signal)
  return same.filter((one) => one !== candidate).map((one) => spotted(candidates[one]!))
}
