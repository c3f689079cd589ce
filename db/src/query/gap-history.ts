import { dayNumber, dayOfNumber, endOfDays } from '@lastmile/shared/day'
import type { Evidence } from '@lastmile/shared/evidence'
import { isLasting, type GapEpisode, type GapHistoryAnswer } from '@lastmile/shared/gap-episode'
import type { Database } from '../database.js'
import type { UnitArea } from './area.js'
import { atOneVersion } from './at-one-version.js'
import { eachSpans } from './gap-ages.js'
import type { Episode } from './gap-spans.js'
import type { ListRow } from './lists.js'
import { measuresOn } from './measures.js'
import { basisOf, factsFor, type When } from './question.js'

/** The gaps of a drug over time, up to a day: of one unit, or of every unit that ever had one. */
export async function gapHistoryOf(db: Database, list: ListRow, when: When & { evidence: Evidence }, drug: { id: number; code: string; company: string }, area: UnitArea | null): Promise<GapHistoryAnswer> {
  const facts = await factsFor(db, list)
  const measures = (await measuresOn(db, list, when)).filter(({ standard }) => standard.drugId === drug.id)
  const units = await atOneVersion(db, list, async () => {
    const told: GapHistoryAnswer['units'] = []
    await eachSpans(db, list, facts, when, measures, ({ unit }) => area === null || unit.code === area.code, ({ unit, from, episodes, trend }) => {
      if (area !== null || episodes.length > 0) told.push({ region: unit.code, from: from === null ? null : dayOfNumber(from), episodes: episodes.map((one) => episodeOf(one, when, list)), trend })
    })
    return told
  })
  return { basis: basisOf(list, when), drug: drug.code, company: drug.company, region: area?.code ?? null, smoothing: list.alerting.smoothing, units }
}

function episodeOf({ from, to, phases }: Episode, { asOf }: When, { alerting: { smoothing } }: ListRow): GapEpisode {
  const end = Math.min(to, dayNumber(asOf) + 1)
  return {
    ...daysOf({ from, to }), days: end - from, isBrief: !isLasting({ from, to }, smoothing.opensAfterDays),
    phases: phases.map((one) => ({ ...daysOf(one), reason: one.reason, class: one.class, acts: [...one.acts], institutions: { least: one.least, most: one.most } })),
  }
}

/** The first day and the last; null where it lasts. */
function daysOf({ from, to }: { from: number; to: number }): { from: string; to: string | null } {
  return { from: dayOfNumber(from), to: to === endOfDays ? null : dayOfNumber(to - 1) }
}
