import type { CandidatesAnswer, PlannerAnswer } from '@lastmile/shared/planner'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** The chosen in their order, with what each adds; what the plan rests on and how good it is stands in the notes. */
export function plannerTable(answer: PlannerAnswer): ExportTable {
  const { basis, drug, region, goal, by, km, count, places, candidates, stocked, before, after, bound, gap, isBest, residents } = answer
  const unit = residents ? 'residents 居民' : 'places 地点'
  const standing = ({ places: reached, residents: people, farthestKm }: PlannerAnswer['before']) => `${reached}/${places.total} places 地点${people === null ? '' : `, ${people} residents 居民`}; farthest 最远 ${farthestKm ?? '–'} km`
  const notes: [string, string][] = [
    ...basisNotes(basis), ...limitNotes({ drug, region }), ['goal 目标', goal === 'most' ? `most ${unit} within ${km} km 范围内最多` : `the farthest nearest 最远者最近`], ['asked for 拟选', String(count)],
    ['places 需求地点', by], ...whomNotes(answer),
    ['candidates 候选', `${candidates.total}${candidates.byEligibility ? ' eligible 具备条件' : ''}; ${candidates.unplaced} without a place 无位置; ${candidates.atMiddle} at the middle of their city 以城市中心计`],
    ['stocked today 当前配备', `${stocked.total}; ${stocked.unplaced} without a place 无位置`], ['today 当前', standing(before)], ['with the chosen 选定后', standing(after)],
    ['how good 优劣', candidates.total === candidates.unplaced ? 'there is nobody to choose 没有可选的候选机构' : isBest ? 'the best possible 已是最优' : goal === 'most' ? `at most ${gap ?? '–'} % more could be reached (${bound}) 最多还可多覆盖` : `no choice brings the farthest below ${bound} km 任何选择都不能低于`],
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

/** The candidates, each with what is said of it today and whether anybody knows where it stands. */
export function candidatesTable(answer: CandidatesAnswer): ExportTable {
  const { basis, drug, region, byEligibility, km, spot, alikeTo, page } = answer
  const notes: [string, string][] = [
    ...basisNotes(basis), ...limitNotes({ drug, region }), ...whomNotes(answer), ['rows 行', `${page.total}${byEligibility ? ' eligible 具备条件' : ''}`],
    ['place known 位置', spot ?? 'all 全部'], ...(alikeTo === null ? [] : [['reach the same as 覆盖相同于', `${alikeTo}, ${km} km`] as [string, string]]), ...cutNotes(page),
  ]
  return {
    name: `planner-candidates-${basis.list}-${drug}-${basis.evidence}-${basis.asOf}`, notes, columns: ['code', 'name', 'kind', 'level', 'unit', 'city', 'place_known', 'state_today'],
    rows: answer.rows.map((one) => [one.code, one.name, one.kind, one.level, one.unit, one.city, placeKnown[one.spot], one.state]),
  }
}

const placeKnown = { own: 'yes', city: 'city', none: 'no' } as const

function whomNotes({ kinds, levels }: Pick<PlannerAnswer, 'kinds' | 'levels'>): [string, string][] {
  return [['kinds 候选机构类型', kinds?.join(', ') ?? 'all 全部'], ['levels 医院等级', levels?.join(', ') ?? 'all 全部']]
}
