import { at, randomOf } from './random.js'

/** Drugs that the bulletins name, with what they say of them: these are never drawn as unstocked. */
export const named = {
  ipilimumab: 'CID2025009', equecabtagene: 'CID2025013', zevorcabtagene: 'CID2025014', donanemab: 'CID2025018', lecanemab: 'CID2025019',
} as const

/** Cell therapies, with the word by which the master names centres qualified for them. */
export const cellTherapies: Readonly<Record<string, string>> = {
  CID2025010: 'car-t:axicabtagene-ciloleucel', CID2025011: 'car-t:inaticabtagene-autoleucel', CID2025012: 'car-t:relmacabtagene-autoleucel',
  CID2025013: 'car-t:equecabtagene-autoleucel', CID2025014: 'car-t:zevorcabtagene-autoleucel',
}

/** Drugs of few patients: the lot ranks them behind the others. */
const rare = new Set(['CID2025001', 'CID2025002', 'CID2025003', 'CID2025006', 'CID2025007'])
/** Used inside hospitals alone. */
const hospitalOnly = new Set(['CID2025015'])

const codes = Array.from({ length: 19 }, (_, index) => `CID2025${String(index + 1).padStart(3, '0')}`)
const bulletinNames = new Set<string>(Object.values(named))
const unstockedDraw = randomOf('lot').shuffled(codes.filter((code) => !bulletinNames.has(code))).slice(0, 3)

/**
 * Drugs that no company declares in stock on 2026-01-11. That there were three was published, which three never was:
 * these are drawn by lot, and whoever shows them says so, since they are real companies' drugs.
 */
export const drawnByLot: readonly string[] = [...unstockedDraw].sort()

/** Of the drawn: declared in stock for the first time at the end of April; declared as orderable only; never declared but as not carried. */
export const drawnFates = { later: at(unstockedDraw, 0), orderable: at(unstockedDraw, 1), never: at(unstockedDraw, 2) }

const stockedUnnamed = codes.filter((code) => !bulletinNames.has(code) && !drawnByLot.includes(code))

/** The five drugs without a sale by 2026-01-20: the unstocked three, and two more by lot. Which five was never published either. */
export const drawnUnsupplied: readonly string[] = [...drawnByLot, ...randomOf('lot: unsupplied').shuffled(stockedUnnamed).slice(0, 2)].sort()

/** How widely a drug is declared on 2026-01-11. */
export interface Spread { drug: string; hospitals: number; pharmacies: number; units: number }

/** Published: one drug in more than 30 units, 7 in more than 20, 12 in more than 10, four above 200 or 300 institutions. The rest is drawn. */
export const firstSpread: readonly Spread[] = [...namedSpread(), ...drawnSpread()]

function namedSpread(): Spread[] {
  return [
    { drug: named.ipilimumab, hospitals: 128, pharmacies: 214, units: 31 },
    { drug: named.lecanemab, hospitals: 146, pharmacies: 172, units: 30 },
    { drug: named.equecabtagene, hospitals: 198, pharmacies: 16, units: 27 },
    { drug: named.zevorcabtagene, hospitals: 190, pharmacies: 17, units: 24 },
    { drug: named.donanemab, hospitals: 74, pharmacies: 112, units: 26 },
  ]
}

function drawnSpread(): Spread[] {
  const sizes = [
    [62, 36, 23], [55, 30, 21], [44, 26, 18], [38, 20, 16], [32, 16, 14], [28, 10, 13], [24, 8, 11], [14, 4, 9], [9, 3, 7], [6, 1, 5], [3, 0, 3],
  ] as const
  const order = randomOf('lot: spread').shuffled(stockedUnnamed)
  const ranked = [...order.filter((code) => !rare.has(code)), ...order.filter((code) => rare.has(code))]
  return ranked.map((drug, index) => {
    const [hospitals, pharmacies, units] = at(sizes, index)
    const atPharmacies = hospitalOnly.has(drug) ? 0 : drug in cellTherapies ? Math.min(pharmacies, 2) : pharmacies
    return { drug, hospitals: hospitals + pharmacies - atPharmacies, pharmacies: atPharmacies, units }
  })
}
