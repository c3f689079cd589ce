import type { Database } from '@lastmile/db/database'
import type { MasterRow, Unsaid } from '@lastmile/db/load/load-master'
import { Pauses } from '@lastmile/db/pause'
import { regionIndexOf } from '@lastmile/db/query/masters'
import { isDay } from '@lastmile/shared/day'
import { kinds, type Kind } from '@lastmile/shared/kind'
import { BadDataFile } from './bad-data-file.js'
import { datums, toWgs84, type Datum } from './datum.js'
import { parseTable } from './table.js'

/** The columns of a master of institutions, in any order. Those after `unit` may be left out. */
export const masterColumns = [
  'code', 'name', 'kind', 'region', 'unit', 'level', 'address', 'latitude', 'longitude', 'datum', 'telephone', 'dual_channel', 'opened_on', 'closed_on', 'qualifications',
] as const
type Column = (typeof masterColumns)[number]

const required: readonly Column[] = ['code', 'name', 'kind', 'region']
const problemsAtMost = 50

/** What is left unsaid by a master without these columns. A position needs both of its own, and the datum is a part of it. */
const unsaidWithout: readonly [Unsaid, ...Column[]][] = [
  ['unit', 'unit'], ['level', 'level'], ['address', 'address'], ['position', 'latitude', 'longitude'], ['telephone', 'telephone'], ['dualChannel', 'dual_channel'],
  ['openedOn', 'opened_on'], ['closedOn', 'closed_on'], ['qualifications', 'qualifications'],
]

/**
 * Reads and checks a master: UTF-8 or GB18030 CSV with a header row. A row without `unit` belongs to the unit of its
 * province. A column that is not there leaves its matter unsaid; an empty cell says that there is none.
 * @throws BadDataFile naming the wrong rows and columns
 */
export async function readMaster(db: Database, regionSetId: number, bytes: Uint8Array, file: string): Promise<{ rows: MasterRow[]; unsaid: Set<Unsaid> }> {
  const { header, rows } = parseTable(bytes, file)
  const missing = required.filter((column) => !header.includes(column))
  const unknown = header.filter((name) => !(masterColumns as readonly string[]).includes(name))
  if (missing.length + unknown.length > 0) {
    throw new BadDataFile(file, [...missing.map((name) => `column "${name}" is missing`), ...unknown.map((name) => `column "${name}" is not known; the columns are ${masterColumns.join(', ')}`)])
  }
  if (rows.length === 0) throw new BadDataFile(file, ['there is no institution below the header'])
  const regions = await regionIndexOf(db, regionSetId)
  const problems: string[] = []
  const seen = new Set<string>()
  const result: MasterRow[] = []
  const pauses = new Pauses()
  for (const { row, cells } of rows) {
    await pauses.take()
    const cell = (column: Column): string => cells[header.indexOf(column)]?.trim() ?? ''
    const wrong = (column: Column, what: string) => problems.push(`row ${row}, column ${column}: ${what}`)
    const code = cell('code')
    if (!code) wrong('code', 'is empty')
    else if (seen.has(code)) wrong('code', `"${code}" stands there twice`)
    seen.add(code)
    if (!cell('name')) wrong('name', 'is empty')
    if (!(kinds as readonly string[]).includes(cell('kind'))) wrong('kind', `"${cell('kind')}" is none of ${kinds.join(', ')}`)
    const place = regions.places.get(cell('region'))
    if (!place) wrong('region', `"${cell('region')}" is not a region of this set`)
    const unit = cell('unit') || place?.province || ''
    if (place && !regions.units.has(unit)) wrong('unit', `"${unit}" is not a reporting unit`)
    for (const column of ['opened_on', 'closed_on'] as const) if (cell(column) && !isDay(cell(column))) wrong(column, `"${cell(column)}" is not a day (2026-01-31)`)
    if (isDay(cell('opened_on')) && isDay(cell('closed_on')) && cell('closed_on') < cell('opened_on')) wrong('closed_on', `"${cell('closed_on')}" is before opened_on, "${cell('opened_on')}"`)
    const position = positionOf(cell, wrong)
    result.push({
      code, name: cell('name'), kind: cell('kind') as Kind, level: cell('level') || null, unit, place: cell('region') || null, city: place?.city ?? null,
      address: cell('address') || null, ...position, telephone: cell('telephone') || null, dualChannel: ['true', '1', '是'].includes(cell('dual_channel')),
      openedOn: cell('opened_on') || null, closedOn: cell('closed_on') || null, qualifications: cell('qualifications').split(';').map((one) => one.trim()).filter(Boolean),
    })
  }
  if (problems.length > problemsAtMost) problems.splice(problemsAtMost, Infinity, `… and ${problems.length - problemsAtMost} more`)
  if (problems.length > 0) throw new BadDataFile(file, problems)
  return { rows: result, unsaid: new Set(unsaidWithout.flatMap(([what, ...columns]) => (columns.some((column) => header.includes(column)) ? [] : [what]))) }
}

function positionOf(cell: (column: Column) => string, wrong: (column: Column, what: string) => void): Pick<MasterRow, 'latitude' | 'longitude' | 'datum'> {
  if (!cell('latitude') && !cell('longitude')) return { latitude: null, longitude: null, datum: null }
  const [latitude, longitude] = [Number(cell('latitude')), Number(cell('longitude'))]
  const datum = cell('datum') || 'WGS84'
  if (!cell('latitude') || !(Math.abs(latitude) <= 90)) wrong('latitude', `"${cell('latitude')}" is not a latitude in degrees`)
  if (!cell('longitude') || !(Math.abs(longitude) <= 180)) wrong('longitude', `"${cell('longitude')}" is not a longitude in degrees`)
  if (!(datums as readonly string[]).includes(datum)) {
    wrong('datum', `"${datum}" is none of ${datums.join(', ')}`)
    return { latitude: null, longitude: null, datum: null }
  }
  // Kept as the map draws it; the datum says from which the figure came.
  return { ...toWgs84(datum as Datum, latitude, longitude), datum: datum === 'GCJ02' ? 'WGS84 (from GCJ02)' : datum }
}
