import type { Kind } from '@lastmile/shared/kind'
import { kinds } from '@lastmile/shared/kind'
import { fold } from './cell.js'

export interface DrugMaster {
  /** Narrow id, under which lines are packed. */
  readonly id: number
  readonly code: string
  readonly aliases: readonly string[]
  readonly inScope: boolean
}

/**
 * The institutions of the master in the form in which they go to the worker: all codes in one string, a line each, and
 * a byte of flags each. A quarter of a million are then two blocks of memory to copy (about 4 MB, a millisecond or two)
 * where a list of objects would be cloned one by one. A caller may keep the packed form for as long as its master and the
 * sender's scope stay the same.
 */
export interface PackedInstitutions {
  /** Narrow ids, ascending; codes and flags are in their order. */
  readonly ids: Int32Array
  readonly codes: string
  /** Bit 0 active, bit 1 in the sender's scope, bits 2 and 3 the kind. */
  readonly flags: Uint8Array
}

export interface InstitutionMaster {
  readonly id: number
  readonly code: string
  readonly kind: Kind
  readonly active: boolean
  /** Whether the sender may report on it, by the master's row (place, unit) rather than by the digits of the code. */
  readonly inScope: boolean
}

/** What the rows of a report are checked against, as one sender sees it. */
export interface Masters {
  /** In the order of the list: of two drugs with one alias the first is meant. */
  readonly drugs: readonly DrugMaster[]
  readonly institutions: PackedInstitutions
  /**
   * Digits with which the codes of the sender's institutions begin, after the letter (`['37']`), or null for no limit. They decide
   * for codes that the master lacks: such a code outside them is INSTITUTION_OUT_OF_SCOPE, exactly as one that exists.
   */
  readonly scopePrefixes: readonly string[] | null
  /** State codes that rows with addresses may name; upper case. */
  readonly regions: readonly string[]
}

/** Packs the institutions of a master for {@link Masters}. Codes must not hold line feeds. */
export function packInstitutions(institutions: readonly InstitutionMaster[]): PackedInstitutions {
  const sorted = [...institutions].sort((a, b) => a.id - b.id)
  const flags = Uint8Array.from(sorted, ({ active, inScope, kind }) => institutionFlags(active, inScope, kinds.indexOf(kind)))
  return { ids: Int32Array.from(sorted, ({ id }) => id), codes: sorted.map(({ code }) => code).join('\n'), flags }
}

/** The byte of flags of one institution; `kind` is its place in `kinds`. */
export function institutionFlags(active: boolean, inScope: boolean, kind: number): number {
  return (active ? 1 : 0) | (inScope ? 2 : 0) | (kind << 2)
}

export interface FoundInstitution {
  /** Its place among the packed. */
  readonly place: number
  readonly active: boolean
  readonly inScope: boolean
}

/** Places of codes, as they are packed, by what is said of their letters. */
interface CodeTable {
  readonly codes: string
  slotOf(text: string, start: number, end: number): number
  readonly slots: Int32Array
}

/** The table made last: a worker reads one report after the other against the same master. */
let lastTable: CodeTable | null = null

/**
 * Looks institutions up by code, without regard to ASCII case. A table of places over the codes as they are packed: a
 * quarter of a million are ready in some milliseconds, where a map of as many strings takes a hundred.
 */
export function institutionIndex({ codes, flags }: PackedInstitutions): (code: string) => FoundInstitution | null {
  const { slots, slotOf } = lastTable?.codes === codes ? lastTable : (lastTable = codeTable(codes, flags.length))
  return (code) => {
    const place = slots[slotOf(code, 0, code.length)]! - 1
    if (place < 0) return null
    const flag = flags[place] as number
    return { place, active: (flag & 1) !== 0, inScope: (flag & 2) !== 0 }
  }
}

function codeTable(codes: string, count: number): CodeTable {
  const starts = new Uint32Array(count + 1)
  const slots = new Int32Array(1 << Math.ceil(Math.log2(count * 2 + 2)))
  const mask = slots.length - 1
  const slotOf = (text: string, start: number, end: number): number => {
    let slot = foldedHash(text, start, end) & mask
    for (;;) {
      const place = slots[slot]! - 1
      if (place < 0 || sameFolded(codes, starts[place]!, starts[place + 1]! - 1, text, start, end)) return slot
      slot = (slot + 1) & mask
    }
  }
  let start = 0
  for (let place = 0; place < count; place++) {
    let end = codes.indexOf('\n', start)
    if (end < 0) end = codes.length
    starts[place] = start
    starts[place + 1] = end + 1
    slots[slotOf(codes, start, end)] = place + 1
    start = end + 1
  }
  return { codes, slots, slotOf }
}

function foldedHash(text: string, start: number, end: number): number {
  let hash = 0
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ foldedCode(text, at), 0x9e3779b1) ^ (hash >>> 15)
  return hash ^ (hash >>> 16)
}

function sameFolded(a: string, startA: number, endA: number, b: string, startB: number, endB: number): boolean {
  if (endA - startA !== endB - startB) return false
  for (let at = 0; startA + at < endA; at++) if (foldedCode(a, startA + at) !== foldedCode(b, startB + at)) return false
  return true
}

/** A character's code, that of a small letter for a capital of ASCII. */
function foldedCode(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0x41 && code <= 0x5a ? code + 32 : code
}

/** Looks drugs up by code or alias, without regard to ASCII case; codes that look like an NDC also in their eleven-digit form. Answers the drug's place, or −1. */
export function drugIndex(drugs: readonly DrugMaster[]): (code: string) => number {
  const known = new Map<string, number>()
  const learn = (key: string | null, place: number): void => {
    if (key !== null && !known.has(key)) known.set(key, place)
  }
  drugs.forEach((drug, place) => learn(fold(drug.code), place))
  drugs.forEach((drug, place) => {
    for (const name of [drug.code, ...drug.aliases]) {
      learn(fold(name), place)
      learn(ndc(name), place)
    }
  })
  return (code) => known.get(fold(code)) ?? known.get(ndc(code) ?? '') ?? -1
}

/**
 * A U.S. National Drug Code as its eleven digits (5-4-2), or null if the text does not look like one. Each of the shorter
 * written forms lacks one leading zero, and the dashes say where: `0310-7442-02` and `00310-7442-02` are one drug.
 * Ten digits without dashes are not read: where the zero is missing cannot be told.
 */
export function ndc(text: string): string | null {
  const parts = /^(\d{4,5})-(\d{3,4})-(\d{1,2})$/.exec(text)
  if (parts) return `ndc:${(parts[1] as string).padStart(5, '0')}${(parts[2] as string).padStart(4, '0')}${(parts[3] as string).padStart(2, '0')}`
  return /^\d{11}$/.test(text) ? `ndc:${text}` : null
}
