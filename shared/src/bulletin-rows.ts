import type { BulletinBasis, BulletinRows } from './bulletin.js'

/** The question for the rows behind a number of a bulletin: on its own basis and, of a unit's, within that unit. */
export function rowsBehind({ evidence, asOf, knownOn, since, region }: BulletinBasis, rows: BulletinRows) {
  return { region: region ?? undefined, ...rows, evidence, asOf, knownOn: knownOn ?? undefined, since: since ?? undefined }
}
