import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { dayNumber, dayOfNumber, type Day } from '@lastmile/shared/day'
import { statuses } from '@lastmile/shared/status'
import { dice } from './dice.js'
import { drugCode, drugsNamed, institutionCode, type Nation } from './nation.js'

/** A file to be sent, and of which day it speaks. */
export interface IntakeFile {
  path: string
  source: string
  rows: number
  asOf: Day
}

/** As-of days of the feed's report and of the provinces': both after the history. */
export const feedAsOf = '2026-07-15'
export const provincesAsOf = '2026-07-31'

/** The feed's report: so many of the nation's pairs, in no order, each with a status drawn anew. */
export async function writeFeed(path: string, source: string, nation: Nation, wanted: number): Promise<IntakeFile> {
  const rows = Math.min(wanted, nation.pairs)
  await write(path, feedLines(nation, rows))
  return { path, source, rows, asOf: feedAsOf }
}

/** A province's report: so many pairs of its institutions, those too of which nobody spoke before, by institution. */
export async function writeProvince(path: string, source: string, nation: Nation, unit: number, wanted: number): Promise<IntakeFile> {
  const first = nation.firstOfUnit[unit]!
  const cells = (nation.firstOfUnit[unit + 1]! - first) * drugsNamed
  const rows = Math.min(wanted, cells)
  await write(path, provinceLines(nation, first, cells, rows))
  return { path, source, rows, asOf: provincesAsOf }
}

const header = 'institution_code,drug_code,status,observed_on\n'
const charactersAtOnce = 1 << 16

function* feedLines(nation: Nation, rows: number): Generator<string> {
  // Steps of a length that shares no divisor with the number of pairs come by every pair once before any twice.
  let step = Math.floor(nation.pairs * 0.618)
  while (divisor(step, nation.pairs) !== 1) step += 1
  for (let i = 0, pair = 0; i < rows; i++, pair = (pair + step) % nation.pairs) {
    yield lineOf(nation, institutionOf(nation, pair), nation.drug[pair]!, feedAsOf)
  }
}

function* provinceLines(nation: Nation, first: number, cells: number, rows: number): Generator<string> {
  for (let i = 0; i < rows; i++) {
    const cell = Math.floor((i * cells) / rows)
    yield lineOf(nation, first + Math.floor(cell / drugsNamed), 1 + (cell % drugsNamed), provincesAsOf)
  }
}

function lineOf(nation: Nation, institution: number, drug: number, asOf: Day): string {
  const day = dayNumber(asOf)
  const status = statuses[Math.floor(dice(institution * 512 + drug, day, 21) * statuses.length)]!
  return `${institutionCode(nation, institution)},${drugCode(drug)},${status},${dayOfNumber(day - Math.floor(dice(institution * 512 + drug, day, 22) * 14))}\n`
}

/** The institution of a pair: the last whose first pair is not after it. */
function institutionOf(nation: Nation, pair: number): number {
  let [low, high] = [0, nation.institutions - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (nation.firstPair[middle]! <= pair) low = middle
    else high = middle - 1
  }
  return low
}

async function write(path: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(chunks(lines), { objectMode: false }), createWriteStream(path))
}

function* chunks(lines: Iterable<string>): Generator<Buffer> {
  let text = header
  for (const line of lines) {
    text += line
    if (text.length < charactersAtOnce) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
