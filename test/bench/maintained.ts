import type { Database } from '@lastmile/db/database'
import { coverageOf } from '@lastmile/db/query/coverage'
import { findDrug } from '@lastmile/db/query/drugs'
import { gapsOf } from '@lastmile/db/query/gaps'
import { headlineOf } from '@lastmile/db/query/headline'
import type { ListRow } from '@lastmile/db/query/lists'
import { nearestOf } from '@lastmile/db/query/nearest'
import { trendOf } from '@lastmile/db/query/trend'
import { CoverageAnswer, HeadlineAnswer, TrendAnswer, unpackCoverage } from '@lastmile/shared/coverage'
import type { Day } from '@lastmile/shared/day'
import { GapsAnswer } from '@lastmile/shared/gap'
import { NearestAnswer } from '@lastmile/shared/nearest'
import { inForce } from './edition.js'
import { monthEnds, today } from './history.js'
import { drugCode, type Nation } from './nation.js'
import { add, drugsAsked, here, nearestCount, pastDay, withinKm, type Figures } from './questions.js'
import type { Ask } from './timing.js'

/** A question to the product: its query, its address, and how its answer (parsed or as it came) reads into figures. */
export interface MaintainedQuestion {
  ask: Ask
  /** Below `/api/lists/{list}`. */
  path: string
  /** What is posted there; null where the question stands in the address, and its answer can be held ready. */
  body: object | null
  figures(answer: unknown): Figures
}

/** The same questions through the product's query functions, by the codes of `questions.ts`. */
export async function maintainedQuestions(db: Database, list: ListRow, nation: Nation): Promise<Map<string, MaintainedQuestion>> {
  const evidence = 'confirmed'
  const when = (asOf: Day) => ({ evidence, asOf, knownOn: null, since: null }) as const
  const common = drugCode(drugsAsked(nation).common)
  const drug = (await findDrug(db, list.id, common))!
  const everywhere = { by: 'province', area: null, drug: null } as const

  const question = <Answer>(path: string, ask: () => Promise<Answer>, schema: { parse(value: unknown): Answer }, figures: (answer: Answer) => Figures, body: object | null = null): MaintainedQuestion => ({
    path, body, figures: (answer) => figures(schema.parse(answer)),
    ask: async () => {
      const answer = await ask()
      return () => figures(answer)
    },
  })
  const nearest = async (code: string, within: number | null) => {
    const own = (await findDrug(db, list.id, code))!
    const position = { lat: here.latitude, lng: here.longitude }
    return question('/nearest', () => nearestOf(db, list, evidence, today, { drug: own, position, kind: null, count: nearestCount, within }), NearestAnswer,
      ({ rows }) => new Map(rows.map((row, i) => [row.code, i + 1])), { drug: code, evidence, position, count: nearestCount, ...(within === null ? {} : { within }) })
  }
  const matrix = question(`/coverage?evidence=${evidence}&by=province`, () => coverageOf(db, list, when(today), everywhere), CoverageAnswer, matrixFigures)
  const past = question(`/coverage?evidence=${evidence}&by=province&asOf=${pastDay}`, () => coverageOf(db, list, when(pastDay), everywhere), CoverageAnswer, matrixFigures)
  const headline = question(`/headline?evidence=${evidence}`, () => headlineOf(db, list, when(today), null), HeadlineAnswer, headlineFigures)
  return new Map([
    ['matrix', matrix], ['matrix-cities', matrix], ['matrix-past', past], ['matrix-past-spans', past], ['institutions', headline], ['reach', headline],
    ['gaps', question(`/gaps?evidence=${evidence}`, () => gapsOf(db, list, when(today), { drug: null, company: null, area: null }, { reason: null, class: null, actor: null, sort: null, offset: 0, limit: 100 }), GapsAnswer,
      // A page of them is answered, and how many there are.
      ({ page }) => new Map([['gaps', page.total]]))],
    ['trend', question(`/trend?evidence=${evidence}&drug=${common}&from=${inForce}`, () => trendOf(db, list, evidence, { drug: { id: drug.id, code: common }, area: null, from: inForce, to: today }), TrendAnswer, trendFigures)],
    ['nearest', await nearest(common, withinKm)], ['nearest-rare', await nearest(drugCode(drugsAsked(nation).rare), null)],
  ])
}

function matrixFigures(answer: CoverageAnswer): Figures {
  const figures: Figures = new Map()
  for (const { drug, region, stocked, states } of unpackCoverage(answer).cells) {
    for (const name of ['hospitals', 'pharmacies', 'cities'] as const) add(figures, `${drug}/${region}/${name}`, stocked[name])
    for (const [state, count] of Object.entries(states)) add(figures, `${drug}/${region}/${state}`, count)
  }
  return figures
}

function headlineFigures(answer: HeadlineAnswer): Figures {
  return new Map([
    ['hospitals', answer.hospitals], ['pharmacies', answer.pharmacies], ['drugs', answer.drugsStocked],
    ...Object.entries(answer.drugsInMoreThan).map(([units, drugs]): [string, number] => [`in more than ${units}`, drugs]),
  ])
}

/** Of a step series the figures of month ends: those of the last point on or before each. */
function trendFigures({ points }: TrendAnswer): Figures {
  const figures: Figures = new Map()
  for (const day of monthEnds()) {
    const point = points.filter((one) => one.day <= day).at(-1)
    for (const name of ['hospitals', 'pharmacies', 'cities'] as const) add(figures, `${day}/${name}`, point?.stocked[name])
  }
  return figures
}
