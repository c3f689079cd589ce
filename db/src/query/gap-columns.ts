import { gapReasons, type GapOnDay, type ServingCentre } from '@lastmile/shared/gap'
import { gapActs, gapClasses, type GapAct } from '@lastmile/shared/gap-act'
import { reachedPercent, type Reached } from '@lastmile/shared/standard'
import type { UnitFacts } from '../coverage/list-facts.js'
import { untold, type GapTold } from './gap-reason.js'
import type { Measure } from './measures.js'

/**
 * Gaps as numbers, a column each: there are as many as drugs times units, and a page of them is answered. `measure` and
 * `unit` are places among those judged; `reason` is one among `gapReasons`, `class` among `gapClasses`, and `acts` has a bit for each
 * of `gapActs`. `nowhere` tells of each measure whether its drug
 * is in stock in no unit at all.
 */
export class GapColumns {
  length = 0
  readonly measure: Int32Array
  readonly unit: Int32Array
  readonly institutions: Int32Array
  readonly cities: Int32Array
  readonly reason: Int32Array
  readonly class: Int32Array
  readonly acts: Int32Array
  readonly eligible: Int32Array
  readonly unknown: Int32Array
  /** Residents within reach, and all of them; {@link untold} where none are asked or can be told. */
  readonly #within: Float64Array
  readonly #residents: Float64Array
  /** Institutions named to serve a gap's unit that do not stock its drug, by measure and unit. */
  readonly #centres = new Map<string, ServingCentre>()

  constructor(readonly measures: readonly Measure[], readonly nowhere: readonly boolean[], readonly units: readonly UnitFacts[]) {
    const most = measures.length * units.length
    const column = () => new Int32Array(most)
    ;[this.measure, this.unit, this.institutions, this.cities, this.reason, this.class, this.acts, this.eligible, this.unknown] = [column(), column(), column(), column(), column(), column(), column(), column(), column()]
    ;[this.#within, this.#residents] = [new Float64Array(most).fill(untold), new Float64Array(most)]
  }

  /** Adds a gap. */
  push(measure: number, unit: number, institutions: number, cities: number, told: GapTold, eligible: number, unknown: number): void {
    const at = this.length++
    this.measure[at] = measure
    this.unit[at] = unit
    this.institutions[at] = institutions
    this.cities[at] = cities
    this.tell(at, told)
    this.eligible[at] = eligible
    this.unknown[at] = unknown
  }

  /** Notes the institution that should serve the unit of a gap, and does not stock its drug. */
  centre(at: number, centre: ServingCentre): void {
    this.#centres.set(`${this.measure[at]!} ${this.unit[at]!}`, centre)
  }

  /** Says how many residents are within reach of one. */
  reach(at: number, { within, all }: Reached): void {
    this.#within[at] = within
    this.#residents[at] = all
  }

  /** How many are; null where none are asked or can be told. */
  reachedAt(at: number): Reached | null {
    return this.#within[at] === untold ? null : { within: this.#within[at]!, all: this.#residents[at]! }
  }

  /** Says what kind of gap one is. */
  tell(at: number, told: GapTold): void {
    this.reason[at] = gapReasons.indexOf(told.reason)
    this.class[at] = gapClasses.indexOf(told.class)
    this.acts[at] = told.acts.reduce((bits, act) => bits | actBit(act), 0)
  }

  /** Keeps those that are gaps now that more is told of them. */
  keep(isGap: (at: number) => boolean): void {
    let kept = 0
    for (let at = 0; at < this.length; at++) {
      if (!isGap(at)) continue
      for (const column of [this.measure, this.unit, this.institutions, this.cities, this.reason, this.class, this.acts, this.eligible, this.unknown, this.#within, this.#residents]) column[kept] = column[at]!
      kept += 1
    }
    this.length = kept
  }

  /** One of them in words, but for what it takes to look at other days. */
  at(at: number): GapOnDay {
    const measure = this.measure[at]!
    const { standard, eligibleOnly } = this.measures[measure]!
    const { code, population } = this.units[this.unit[at]!]!
    const reached = this.reachedAt(at)
    return {
      drug: standard.drug, region: code, company: standard.company, institutions: this.institutions[at]!, cities: this.cities[at]!, minInstitutions: standard.minInstitutions, minCities: standard.minCities, kinds: standard.kinds, eligibleOnly,
      reach: standard.reach && { ...standard.reach, reached: reached && reachedPercent(reached) }, servedBy: this.#centres.get(`${measure} ${this.unit[at]!}`) ?? null,
      nowhere: this.nowhere[measure]!, reason: gapReasons[this.reason[at]!]!, class: gapClasses[this.class[at]!]!, acts: gapActs.filter((act) => (this.acts[at]! & actBit(act)) !== 0), eligible: this.eligible[at] === untold ? null : this.eligible[at]!, unknown: this.unknown[at]!, population,
    }
  }
}

/** The bit of an act. */
export function actBit(act: GapAct): number {
  return 1 << gapActs.indexOf(act)
}
