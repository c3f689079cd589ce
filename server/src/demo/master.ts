import type { Institution } from './institutions.js'

export const masterColumns = [
  'code', 'name', 'kind', 'region', 'unit', 'level', 'address', 'latitude', 'longitude', 'datum', 'telephone', 'dual_channel',
  'opened_on', 'closed_on', 'qualifications',
] as const

/** The institutions as a master file. Telephones stay empty: an invented number may be somebody's. */
export function masterCsv(institutions: readonly Institution[]): string {
  const lines = institutions.map((institution) => [
    institution.code, institution.name, institution.kind, institution.region, institution.unit, institution.level, institution.address,
    institution.latitude.toFixed(4), institution.longitude.toFixed(4), 'WGS84', '', String(institution.dualChannel),
    institution.openedOn ?? '', institution.closedOn ?? '', institution.qualifications.join(';'),
  ].join(','))
  return [masterColumns.join(','), ...lines, ''].join('\n')
}
