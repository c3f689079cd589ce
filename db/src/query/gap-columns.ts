import { gapReasons, type Gap, type GapReason, type ServingCentre } from '@lastmile/shared/gap'
import type { UnitFacts } from '../coverage/list-facts.js'
import type { Measure } from './measures.js'

/** Stands for the cities of a gap that are not told yet, for the eligible where none are loaded, and for the share of residents within reach where none is asked or can be told. */
export const untold = -1

/**
 * Gaps as numbers, a column each: there are as many as drugs times units, and a page of them is answered. `measure` and
 * `unit` are places among those judged; `reason` is one among `gapReasons`. `nowhere` tells of each measure whether its drug
 * is in stock in no unit at all.
 */
export class GapColumns {
  length = 0
  readonly measure: Int32Array
  readonly unit: Int32Array
  readonly institutions: Int32Array
  readonly cities: Int32Array
  readonly reason: Int32Array
  readonly eligible: Int32Array
  readonly unknown: Int32Array
  /** Percent of residents within reach. */
  readonly reached: Float64Array
  /** Institutions named to serve a gap's unit that do not stock its drug, by measure and unit. */
  readonly #centres = new Map<string, ServingCentre>()

  constructor(readonly measures: readonly Measure[], readonly nowhere: readonly boolean[], readonly units: readonly UnitFacts[]) {
    const most = measures.length * units.length
    const column = () => new Int32Array(most)
    ;[this.measure, this.unit, this.institutions, this.cities, this.reason, this.eligible, this.unknown] = [column(), column(), column(), column(), column(), column(), column()]
    this.reached = new Float64Array(most).fill(untold)
  }

  /** Adds a gap. */
  push(measure: number, unit: number, institutions: number, cities: number, reason: GapReason, eligible: number, unknown: number): void {
    const at = this.length++
    this.measure[at] = measure
    this.unit[at] = unit
    this.institutions[at] = institutions
    this.cities[at] = cities
    this.reason[at] = gapReasons.indexOf(reason)
    this.eligible[at] = eligible
    this.unknown[at] = unknown
  }

  /** Notes the institution that should serve the unit of a gap, and does not stock its drug. */
  centre(at: number, centre: ServingCentre): void {
    this.#centres.set(`${this.measure[at]!} ${this.unit[at]!}`, centre)
  }

  /** Keeps those that are gaps now that more is told of them. */
  keep(isGap: (at: number) => boolean): void {
    let kept = 0
    for (let at = 0; at < this.length; at++) {
      if (!isGap(at)) continue
      for (const column of [this.measure, this.unit, this.institutions, this.cities, this.reason, this.eligible, this.unknown, this.reached]) column[kept] = column[at]!
      kept += 1
    }
    this.length = kept
  }

  /** One of them in words. */
  at(at: number): Gap {
    const measure = this.measure[at]!
    const { standard } = this.measures[measure]!
    const { code, population } = this.units[this.unit[at]!]!
    const reached = this.reached[at]!
    return {
      drug: standard.drug, region: code, company: standard.company, institutions: this.institutions[at]!, cities: this.cities[at]!, minInstitutions: standard.minInstitutions, minCities: standard.minCities,
      reach: standard.reach && { ...standard.reach, reached: reached === untold ? null : Math.floor(reached * 10) / 10 }, servedBy: this.#centres.get(`${measure} ${this.unit[at]!}`) ?? null,
      nowhere: this.nowhere[measure]!, reason: gapReasons[this.reason[at]!]!, eligible: this.eligible[at] === untold ? null : this.eligible[at]!, unknown: this.unknown[at]!, population,
    }
  }
}
