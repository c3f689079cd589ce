import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Drug } from '@lastmile/shared/drug'
import type { Duty } from '@lastmile/shared/duty'
import type { EligibilityFile } from '@lastmile/shared/edition'
import type { RegionSetFile } from '@lastmile/shared/region'
import type { Rung } from '@lastmile/shared/rung'
import type { Profile, Source } from '@lastmile/shared/source'
import type { StandardsFile } from '@lastmile/shared/standard'
import type { LetterTemplate, Supervision } from '@lastmile/shared/supervision'
import { Suspecting } from '@lastmile/shared/suspicion'

/*
 * A country small enough to be held in the head, in the shape of the real one:
 *
 * | unit | cities | |
 * | --- | --- | --- |
 * | 100000 North | 100100 (with county 100101), 100200 | 5,000,000 people |
 * | 200000 South | 200100, 200200 | 3,000,000 people |
 * | 300000 East | 300000 itself is its one city's province: 300100 | population not loaded |
 * | 650000 West | 650100, 650200 | population not loaded |
 * | 660000 the Corps | none of its own: its institutions lie in the West's | no polygon |
 *
 * Thresholds 1, 2, 3 stand for 10, 20, 30.
 */

const text = (word: string) => ({ zh: word, en: word })

export const regions: RegionSetFile = {
  code: 'tiny', name: text('Tiny'), timeZone: 'Asia/Shanghai', regionThresholds: [1, 2, 3], geometrySource: text('drawn by hand'), populationSource: text('counted by hand'),
  units: [['100000', 'North'], ['200000', 'South'], ['300000', 'East'], ['650000', 'West'], ['660000', 'Corps']]
    .map(([code, name]) => ({ code: code!, name: text(name!), fullName: text(name!), polygon: code !== '660000' })),
  outOfScope: [],
  regions: [
    { code: '100000', level: 'province', parent: null, name: text('North'), population: 5_000_000, centroid: [40.5, 116.5] },
    { code: '200000', level: 'province', parent: null, name: text('South'), population: 3_000_000, centroid: [25.5, 110.5] },
    { code: '300000', level: 'province', parent: null, name: text('East'), centroid: [31, 121] },
    { code: '650000', level: 'province', parent: null, name: text('West'), centroid: [42, 86] },
    ...([['100100', 40, 116], ['100200', 41, 117], ['200100', 25, 110], ['200200', 26, 111], ['300100', 31, 121], ['650100', 43, 87], ['650200', 41, 80]] as const)
      .map(([code, lat, lng]) => ({ code, level: 'city' as const, parent: `${code.slice(0, 2)}0000`, name: text(`City ${code}`), centroid: [lat, lng] as [number, number] })),
    { code: '100101', level: 'county', parent: '100100', name: text('County 100101') },
  ],
}

const words: Profile = {
  code: 'words',
  columns: {
    institution_code: ['institution_code'], drug_code: ['drug_code'], status: ['status'], observed_on: ['observed_on'], reported_on: ['reported_on'],
    reason: ['reason'], lead_days: ['lead_days'], quantity: ['quantity'], price: ['price'],
  },
  required: ['institution_code', 'drug_code', 'status'], filled: ['institution_code', 'drug_code', 'status'], statusFrom: 'words',
  statusWords: { in_stock: ['in_stock'], on_order: ['on_order'], out_of_stock: ['out_of_stock'], not_carried: ['not_carried'], discontinued: ['discontinued'], not_known: ['not_known'] },
  reasonWords: { cold_chain: ['cold_chain'], few_patients: ['few_patients'], other: ['other'] },
  dateForms: ['iso'], institutionFrom: 'code', checkDays: false, sameRows: 'refuse',
}

const events: Profile = {
  code: 'events', columns: { institution_code: ['institution_code'], drug_code: ['drug_code'], observed_on: ['observed_on'], quantity: ['quantity'] },
  required: ['institution_code', 'drug_code', 'observed_on'], filled: ['institution_code', 'drug_code', 'observed_on'], statusFrom: 'event', statusWords: {}, reasonWords: {},
  dateForms: ['iso'], institutionFrom: 'code', checkDays: false, sameRows: 'collapse',
}

const source = (code: string, evidence: Source['evidence'], own: Partial<Source> = {}): Source => ({
  code, name: text(code), evidence, profile: evidence === 'supplied' ? 'events' : 'words', mode: evidence === 'supplied' ? 'changes' : 'snapshot',
  scope: { drugs: null, regions: null, kinds: null }, company: null, unit: null, institution: null, rhythm: 'monthly', graceDays: 10, sameDay: 'conflict', snapshotOf: 'scope', approveFirst: false, suspicion: Suspecting.parse({}),
  channels: { upload: {}, command: {}, feed: {}, form: {} }, ...own,
})

/** Who reports unless a test says otherwise. */
const usualSources: Source[] = [
  source('maker', 'declared', { company: 'acme' }),
  ...regions.units.map(({ code, name }) => source(name.en.toLowerCase(), 'confirmed', { unit: code, scope: { drugs: null, regions: [code], kinds: null } })),
  // Worlds are as large as a test says, and round.
  source('hospitals', 'confirmed', { mode: 'changes', rhythm: 'irregular', suspicion: Suspecting.parse({ pages: false }) }),
  source('locator', 'confirmed', { snapshotOf: 'drugs_named', sameDay: 'supersede', rhythm: 'daily' }),
  source('sales', 'supplied', { rhythm: 'irregular' }),
]

const calendarOfChina = fileURLToPath(new URL('../../db/calendars/cn.json', import.meta.url))

const letter = (to: string): LetterTemplate => ({
  title: `Letter on {subject}`, salutation: `To ${to} {addressee}:`, paragraphs: ['{list}, {asOf}, {evidence}: {count} in {places}.', 'Answer by {dueOn}.'], closing: 'Regards.', attachment: 'Attachment ({count})',
  subject: { one: '{drug}', more: '{drug} and others' }, columns: ['No.', 'Drug', 'Place', 'There is', 'Standard', 'Why'], figure: { institutions: '{n} institutions', cities: '{n} cities' },
  evidences: { declared: 'declared', confirmed: 'confirmed', supplied: 'supplied' },
  reasons: { nobody_stocks: 'nobody', not_reported: 'not reported', not_known: 'not known', stale: 'stale', declared_only: 'declared only', too_few: 'too few' },
})
const inBoth = (one: LetterTemplate) => ({ zh: one, en: one })

/** Ten working days to answer; overdue by one the addressee is told again, by three the regulator, and by five an officer decides. A company's request is put off by five at most. */
export const usualSupervision: Supervision = {
  author: 'a test', reason: text('a test'), answerWithin: 10, dueSoon: 2, reopenWithin: 30,
  ladder: [
    { code: 'remind', overdue: 1, by: 'day', does: 'remind', name: text('Reminder'), means: text('told again') },
    { code: 'regulator', overdue: 3, by: 'day', does: 'tell_regulator', name: text('Regulator'), means: text('the regulator is told') },
    { code: 'interview', overdue: 5, by: 'officer', does: 'decide', name: text('Interview'), means: text('called in') },
  ],
  removal: null, removalNote: text('none is published'), issuer: { national: text('The office'), unit: text('The office of {unit}') }, noticeNumber: { national: text('Letter {year}-{number}'), unit: text('{unit} {year}-{number}') },
  letters: { company: inBoth(letter('company')), province: inBoth(letter('office of')) },
  requests: { author: 'a test', reason: text('a test'), answerWithin: 10, dueSoon: 2, deferAtMost: 5 },
}

/** What of the edition a test states; the rest is usual. */
export interface EditionFacts {
  /** Of another list than the usual one. */
  code?: string
  regions?: RegionSetFile
  inForce?: string
  clock?: 'living' | 'closed'
  /** Institutions report of themselves. */
  selfReports?: boolean
  /** By code; freshness is 45 days and the company "acme" unless stated. Usual: alpha, beta, gamma. */
  drugs?: Record<string, Partial<Pick<Drug, 'freshnessDays' | 'company' | 'aliases' | 'supplyForm' | 'judgedBy'>>>
  /** By code: others than the usual ones, or the usual ones otherwise. */
  sources?: Record<string, Partial<Source>>
  /** Who is eligible for a drug, from 2026-01-01 unless stated. */
  eligibility?: (Pick<EligibilityFile[number], 'drug' | 'rules'> & Partial<EligibilityFile[number]>)[]
  /** What counts as covered: one institution of any kind anywhere from 2026-01-01 unless stated. */
  standards?: (Pick<StandardsFile[number], 'drug'> & Partial<StandardsFile[number]>)[]
  /** What institutions are to do by a day: hospitals, of all drugs, by 2026-02-28 unless stated. */
  duties?: Partial<Duty>[]
  /** What was published of the last mile, known to hold since 2026-02-01 unless stated. */
  ladder?: ({ code: string; rung: Rung } & object)[]
  /** How gaps are followed up: `usual`, or otherwise; unless stated, not at all. */
  supervision?: 'usual' | Partial<Supervision> | undefined
  /** The calendar of working days: that of China. */
  calendar?: boolean
  /** Files beside `eligibility.json`, by name. */
  files?: Record<string, string>
}

/** The code of the list that tests state. */
export const listCode = 'tiny-2026'

/** Writes an edition folder: the same files that a person would send for review. */
export async function writeEdition(folder: string, facts: EditionFacts): Promise<void> {
  const drugs = Object.entries(facts.drugs ?? { alpha: {}, beta: {}, gamma: { company: 'bestco' } }).map(([code, own], i): Drug => ({
    code, no: i + 1, name: text(code), brand: null, inn: null, aliases: [], company: 'acme', holder: null, categoryCode: null, indication: null, supplyForm: 'shelf',
    rareDisease: false, freshnessDays: 45, judgedBy: 'counts', validFrom: '2026-01-01', validTo: null, ...own,
  }))
  const sources = new Map(usualSources.map((one) => [one.code, one]))
  for (const [code, own] of Object.entries(facts.sources ?? {})) sources.set(code, { ...(sources.get(code) ?? source(code, own.evidence ?? 'confirmed')), ...own })
  const companies = [...new Set(['acme', ...drugs.map((drug) => drug.company)])].map((code) => ({ code, name: text(code), liaison: null }))
  const files: Record<string, unknown> = {
    'list.json': {
      code: facts.code ?? listCode, name: text('Tiny list'), document: null, regions: 'regions.json', profiles: ['words.json', 'events.json'], timeZone: 'Asia/Shanghai',
      inForce: facts.inForce ?? '2026-01-01', validTo: null, clock: facts.clock ?? 'living', ...(facts.calendar ? { calendar: 'calendar.json' } : {}), ...(facts.selfReports ? { selfReports: { profile: 'words', rhythm: 'irregular', graceDays: 10 } } : {}),
    },
    'regions.json': facts.regions ?? regions, 'words.json': words, 'events.json': events, 'drugs.json': drugs, 'companies.json': companies, 'sources.json': [...sources.values()],
    'eligibility.json': (facts.eligibility ?? []).map((one) => ({ from: '2026-01-01', to: null, source: text('a test'), reason: text('a test'), ...one })),
    'standards.json': (facts.standards ?? []).map((one) => ({
      from: '2026-01-01', reason: text('a test'), author: 'a test', minInstitutions: 1, minCities: 0, kinds: ['hospital', 'pharmacy', 'other'], eligibleOnly: false, units: null, ...one,
    })),
    'duties.json': (facts.duties ?? []).map((one) => ({ code: 'meeting', name: text('Meeting'), asks: text('Convene the committee'), dueOn: '2026-02-28', kinds: ['hospital'], levels: null, drugs: null, source: text('a test'), ...one })),
    'ladder.json': (facts.ladder ?? []).map((one) => ({ says: 'yes', validFrom: '2026-02-01', source: { text: text('a paper'), dated: '2026-02' }, ...one })),
  }
  if (facts.calendar) files['calendar.json'] = JSON.parse(await readFile(calendarOfChina, 'utf8'))
  if (facts.supervision) files['supervision.json'] = { ...usualSupervision, ...(facts.supervision === 'usual' ? {} : facts.supervision) }
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content))
  for (const [name, content] of Object.entries(facts.files ?? {})) await writeFile(join(folder, name), content)
}
