import { gapReasons, type Gap, type GapReason } from '@lastmile/shared/gap'
import type { UnitFacts } from '../coverage/list-facts.js'
import type { Measure } from './measures.js'

/** Stands for the cities of a gap that are not told yet, and for the eligible where none are loaded. */
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

  constructor(readonly measures: readonly Measure[], readonly nowhere: readonly boolean[], readonly units: readonly UnitFacts[]) {
    const most = measures.length * units.length
    const column = () => new Int32Array(most)
    ;[this.measure, this.unit, this.institutions, this.cities, this.reason, this.eligible, this.unknown] = [column(), column(), column(), column(), column(), column(), column()]
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

  /** Keeps those that are gaps now that their cities are told. */
  keep(isGap: (at: number) => boolean): void {
    let kept = 0
    for (let at = 0; at < this.length; at++) {
      if (!isGap(at)) continue
      for (const column of [this.measure, this.unit, this.institutions, this.cities, this.reason, this.eligible, this.unknown]) column[kept] = column[at]!
      kept += 1
    }
    this.length = kept
  }

  /** One of them in words. */
  at(at: number): Gap {
    const measure = this.measure[at]!
    const { standard } = this.measures[measure]!
    const { code, population } = this.units[this.unit[at]!]!
    return {
      drug: standard.drug, region: code, company: standard.company, institutions: this.institutions[at]!, cities: this.cities[at]!, minInstitutions: standard.minInstitutions, minCities: standard.minCities,
      nowhere: this.nowhere[measure]!, reason: gapReasons[this.reason[at]!]!, eligible: this.eligible[at] === untold ? null : this.eligible[at]!, unknown: this.unknown[at]!, population,
    }
  }
}
