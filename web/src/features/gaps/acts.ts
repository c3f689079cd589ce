import { actorOf, actorsOf, type GapAct } from '@lastmile/shared/gap-act'
import type { TFunction } from 'i18next'
import type { Format } from '../../lib/format'

/** Who can do what about a gap: a line for each who can. */
export function actsSaid(t: TFunction, format: Format, acts: readonly GapAct[]): string[] {
  return actorsOf(acts).map((actor) => t('gaps.actorAct', { actor: t(`gaps.actors.${actor}`), acts: format.join(acts.filter((act) => actorOf(act) === actor).map((act) => t(`gaps.act.${act}`))) }))
}
