import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Company, Drug } from '@lastmile/shared/drug'
import type { EditionFile, EligibilityFile } from '@lastmile/shared/edition'
import type { Profile, Source } from '@lastmile/shared/source'
import type { StandardsFile } from '@lastmile/shared/standard'
import { Suspecting } from '@lastmile/shared/suspicion'
import { freshnessDays } from './history.js'
import { drugCode, drugCount, institutionCode, regionsPath, type Nation } from './nation.js'

export const listCode = 'synthetic-nation'
export const feedSource = 'feed'
export const inForce = '2024-07-01'
const companies = 50
/** Every so manyeth drug is for hospitals alone. */
const hospitalDrugEvery = 25

const text = (word: string) => ({ zh: word, en: word })
const everything = { drugs: null, regions: null, kinds: null }

/** Source of a unit's reports. */
export function unitSource(unit: string): string {
  return `unit-${unit}`
}

/** Number of a drug's company, from 0. */
export function companyOf(drug: number): number {
  return drug % companies
}

const profile: Profile = {
  code: 'rows',
  columns: { institution_code: ['institution_code'], drug_code: ['drug_code'], status: ['status'], observed_on: ['observed_on'] },
  required: ['institution_code', 'drug_code', 'status', 'observed_on'], filled: ['institution_code', 'drug_code', 'status', 'observed_on'], statusFrom: 'words',
  statusWords: Object.fromEntries(['in_stock', 'on_order', 'out_of_stock', 'not_carried', 'discontinued', 'not_known'].map((word) => [word, [word]])),
  reasonWords: {}, dateForms: ['iso'], institutionFrom: 'code', institutionCodePattern: '^[HP]\\d{11}$', checkDays: true, sameRows: 'refuse',
}

/** Its reports are as round as they are large. */
const suspicion = Suspecting.parse({ pages: false, fall: 1, leap: 1_000 })
const usual = { profile: 'rows', mode: 'changes', scope: everything, company: null, unit: null, institution: null, rhythm: 'monthly', graceDays: 10, sameDay: 'conflict', snapshotOf: 'scope', approveFirst: false, suspicion } as const

/** Writes the edition of the synthetic list into a folder, as `loadEditionFolder` reads it. */
export async function writeEdition(folder: string, nation: Nation): Promise<void> {
  const list: EditionFile = {
    code: listCode, name: { zh: '合成全国（测速用，非真实数据）', en: 'Synthetic nation (for measuring; nothing in it is real)' }, document: null,
    regions: 'cn.json', profiles: ['rows.json'], timeZone: 'Asia/Shanghai', inForce, validTo: null, clock: 'closed',
  }
  const sources: Source[] = [
    ...nation.units.map(({ code }): Source => ({ ...usual, code: unitSource(code), name: text(unitSource(code)), evidence: 'confirmed', unit: code, scope: { ...everything, regions: [code] }, channels: { upload: {}, command: {} } })),
    { ...usual, code: 'company', name: text('company'), evidence: 'declared', mode: 'snapshot', company: 'company-0', channels: { upload: {}, command: {} } },
    { ...usual, code: feedSource, name: text('feed'), evidence: 'confirmed', rhythm: 'daily', sameDay: 'supersede', channels: { command: {}, feed: { maxRows: 2_000_000, maxUploadBytes: 256 * 1024 * 1024 } } },
  ]
  const numbers = Array.from({ length: drugCount }, (_, i) => i + 1)
  const drugs = numbers.map((no): Drug => ({
    code: drugCode(no), no, name: { zh: `合成药品 ${no}`, en: `Synthetic drug ${no}` }, brand: null, inn: null, aliases: [], company: `company-${companyOf(no)}`, holder: null,
    categoryCode: null, indication: null, supplyForm: 'shelf', rareDisease: false, freshnessDays: freshnessDays(no), judgedBy: 'counts', validFrom: inForce, validTo: null,
  }))
  const reason = { zh: '测速用', en: 'For measuring' }
  const standards: StandardsFile = numbers.map((no) => ({
    drug: drugCode(no), from: inForce, reason, author: 'Lastmile benchmark', minInstitutions: 1, minCities: 0, kinds: ['hospital', 'pharmacy', 'other'], eligibleOnly: false, units: null, reach: null, servedBy: [],
  }))
  const eligibility: EligibilityFile = numbers.filter((no) => no % hospitalDrugEvery === 0)
    .map((no) => ({ drug: drugCode(no), from: inForce, to: null, source: reason, reason, rules: [{ by: 'attributes', kind: 'hospital' }] }))
  const files: Record<string, unknown> = {
    list, sources, drugs, standards, eligibility, rows: profile,
    companies: Array.from({ length: companies }, (_, i): Company => ({ code: `company-${i}`, name: text(`Synthetic company ${i}`), liaison: null })),
  }
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, `${name}.json`), JSON.stringify(content))
  await copyFile(regionsPath, join(folder, 'cn.json'))
}

/** The master of the nation's institutions: a CSV, whose names say that they are synthetic. */
export function masterOf(nation: Nation): Uint8Array {
  const parts = ['code,name,kind,region,unit,latitude,longitude\n']
  for (let one = 0; one < nation.institutions; one++) {
    const kind = nation.kind[one] === 0 ? ['合成医院', 'hospital'] : ['合成药店', 'pharmacy']
    const { code } = nation.cities[nation.city[one]!]!
    parts.push(`${institutionCode(nation, one)},${kind[0]} ${one + 1} (synthetic),${kind[1]},${code},${nation.units[nation.unit[one]!]!.code},${nation.latitude[one]},${nation.longitude[one]}\n`)
  }
  return new TextEncoder().encode(parts.join(''))
}
