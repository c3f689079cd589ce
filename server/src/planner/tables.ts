import type { PlannerAnswer } from '@lastmile/shared/planner'
import { basisNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** The chosen in their order, with what each adds; what the plan rests on and how good it is stands in the notes. */
export function plannerTable(answer: PlannerAnswer): ExportTable {
  const { basis, drug, region, goal, by, kinds, levels, km, count, places, candidates, stocked, before, after, bound, gap, isBest, residents } = answer
  const unit = residents ? 'residents 居民' : 'places 地点'
  const standing = ({ places: reached, residents: people, farthestKm }: PlannerAnswer['before']) => `${reached}/${places.total} places 地点${people === null ? '' : `, ${people} residents 居民`}; farthest 最远 ${farthestKm ?? '–'} km`
  const notes: [string, string][] = [
    ...basisNotes(basis), ...limitNotes({ drug, region }), ['goal 目标', goal === 'most' ? `most ${unit} within ${km} km 范围内最多` : `the farthest nearest 最远者最近`], ['asked for 拟选', String(count)],
    ['places 需求地点', by], ['kinds 候选机构类型', kinds?.join(', ') ?? 'all 全部'], ['levels 医院等级', levels?.join(', ') ?? 'all 全部'],
    ['candidates 候选', `${candidates.total}${candidates.byEligibility ? ' eligible 具备条件' : ''}; ${candidates.unplaced} without a place 无位置; ${candidates.atMiddle} at the middle of their city 以城市中心计`],
    ['stocked today 当前配备', `${stocked.total}; ${stocked.unplaced} without a place 无位置`], ['today 当前', standing(before)], ['with the chosen 选定后', standing(after)],
    ['how good 优劣', isBest ? 'the best possible 已是最优' : goal === 'most' ? `at most ${gap ?? '–'} % more could be reached (${bound}) 最多还可多覆盖` : `no choice brings the farthest below ${bound} km 任何选择都不能低于`],
    ['what this is 说明', 'a calculation, not an instruction; distances as the crow flies 测算结果，不是要求；距离为直线距离'],
  ]
  notes.push(['residents 居民', residents ? `${answer.populationSource!.en} ${answer.populationSource!.zh}` : `population loaded of ${places.peopled} of ${places.total} places: each place counts the same ${places.total}个地点中${places.peopled}个已载入人口，各地点同等计数`])
  return {
    name: `planner-${basis.list}-${drug}-${basis.evidence}-${basis.asOf}`, notes,
    columns: ['no', 'code', 'name', 'kind', 'level', 'unit', 'city', 'latitude', 'longitude', 'place_known', 'state_today', 'others_alike', 'places_gained', 'residents_gained', 'km_gained', 'places_reached', 'residents_reached', 'farthest_km'],
    rows: answer.chosen.map((one) => [
      one.no, one.code, one.name, one.kind, one.level, one.unit, one.city, one.lat, one.lng, one.isAtMiddle ? 'city' : 'yes', one.state, one.alike,
      one.gained.places, one.gained.residents, one.gained.km, one.after.places, one.after.residents, one.after.farthestKm,
    ]),
  }
}
