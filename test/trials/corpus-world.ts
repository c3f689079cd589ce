import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ownContext } from './own-world.js'
import { givenFacts, repository } from './repository.js'

/*
 * The world of the corpus of tricky reports, written as the files that anybody would write: the folder of a list edition
 * and a master of institutions. Nothing here is known to the product but their documented formats.
 */

const corpus = new URL('corpus/', givenFacts)

/** False where the corpus is not beside the repository; says so once. */
export const corpusIsThere = existsSync(new URL('manifest.json', corpus))
if (!corpusIsThere) console.log('skipped: the corpus of tricky reports is not beside the repository (../shared/corpus)')

export interface Expected {
  outcome: 'accept' | 'row_errors' | 'reject_file' | 'quarantine'
  http_status?: number
  reason?: string
  rows_total?: number
  stored_count?: number
  stored_sha256?: string
  errors?: { row: number; code: string; column?: string }[]
  errors_total?: number
  warnings?: string[]
}

/** What reading a file may cost at most: CPU time of the reader, and how much the process may grow. */
export interface Budget { max_cpu_ms?: number; max_rss_growth_mb?: number }

export interface CorpusFile {
  file: string
  title: string
  upload_filename?: string
  submit_period?: string
  budget?: Budget
  expect: Expected & { also_acceptable?: Partial<Expected>[] }
}

/** What is frozen and known while the corpus is read. */
export interface Context {
  clock: string
  today: string
  period: string
  submitter: { province: string }
  institutions: { code: string; name: string; active: boolean }[]
  drugs: { code: string; name: string }[]
  columns: Record<string, string[]>
  statuses: Record<string, string[]>
  limits: Record<string, number>
}

const json = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, corpus), 'utf8')) as T

/** The corpus's world; where there is no corpus, one like it. */
export const context = (): Context => (corpusIsThere ? json<Context>('context.json') : ownContext)
export const defaultBudget = (): Required<Budget> => json<{ default_budget: Required<Budget> }>('manifest.json').default_budget
export const corpusFiles = (): CorpusFile[] => (corpusIsThere ? json<{ files: CorpusFile[] }>('manifest.json').files : [])

/** A file of the corpus as it is sent: unpacked, under the name it is uploaded by. */
export function upload(one: CorpusFile): { file: Uint8Array; filename: string } {
  const bytes = readFileSync(new URL(one.file, corpus))
  const packed = one.file.endsWith('.gz')
  return { file: packed ? gunzipSync(bytes) : bytes, filename: one.upload_filename ?? one.file.replace(/^.*\//, '').replace(/\.gz$/, '') }
}

/** How the world's reports read. */
export function profileOf({ columns, statuses }: Context): object {
  const required = ['institution_code', 'drug_code', 'status', 'reported_on']
  return {
    code: 'monthly', columns, required, filled: required, statusFrom: 'words', statusWords: statuses, reasonWords: {}, dateForms: ['iso', 'slash', 'chinese', 'compact'],
    institutionFrom: 'code', institutionCodePattern: '^[HP]\\d{11}$', checkDays: true, sameRows: 'refuse',
  }
}

/** Writes the edition `corpus` and its master below a folder, with as many more sources of the same province as named. Answers their paths. */
export async function writeCorpusWorld(below: string, moreSources: readonly string[] = []): Promise<{ edition: string; master: string }> {
  const { institutions, drugs, limits, submitter } = context()
  const edition = join(below, 'corpus')
  await mkdir(edition, { recursive: true })
  const both = (text: string) => ({ zh: text, en: text })
  const files: Record<string, unknown> = {
    'list.json': {
      code: 'corpus', name: both('Corpus of tricky reports'), document: null, regions: 'cn.json', profiles: ['monthly.json'],
      timeZone: 'Asia/Shanghai', inForce: '2026-01-01', validTo: null, clock: 'living',
    },
    'cn.json': JSON.parse(readFileSync(join(repository, 'db/regions/cn.json'), 'utf8')),
    'companies.json': [{ code: 'example', name: both('Example company'), liaison: null }],
    'drugs.json': drugs.map(({ code, name }, i) => ({
      code, no: i + 1, name: both(name), brand: null, inn: null, aliases: [], company: 'example', holder: null, categoryCode: null, indication: null,
      supplyForm: 'shelf', rareDisease: false, freshnessDays: 45, judgedBy: 'counts', validFrom: '2026-01-01', validTo: null,
    })),
    'monthly.json': profileOf(context()),
    'sources.json': ['sd', ...moreSources].map((code) => ({
      code, name: both(code === 'sd' ? 'Shandong, monthly confirmation' : code), evidence: 'confirmed', profile: 'monthly', mode: 'snapshot',
      scope: { drugs: null, regions: [submitter.province], kinds: null }, unit: submitter.province, rhythm: 'monthly', graceDays: 10, sameDay: 'conflict',
      channels: {
        upload: {
          maxUploadBytes: limits['max_upload_bytes'], maxRows: limits['max_rows'], maxColumns: limits['max_columns'], maxCellChars: limits['max_cell_chars'],
          headerSearchRows: limits['header_search_rows'], zipMaxEntries: limits['zip_max_entries'], zipMaxEntryBytes: limits['zip_max_entry_bytes'],
          zipMaxTotalBytes: limits['zip_max_total_bytes'], zipMaxRatio: limits['zip_max_ratio'], maxErrorsListed: limits['max_errors_listed'],
        },
      },
    })),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(edition, name), JSON.stringify(content))
  const master = join(below, 'institutions.csv')
  await writeFile(master, ['code,name,kind,region,unit,closed_on', ...institutions.map(masterRow)].join('\n'))
  return { edition, master }
}

/** Kind by the first letter, place by the digits. The Corps has no place of its own: it lies in Xinjiang and is a unit beside it. */
function masterRow({ code, name, active }: Context['institutions'][number]): string {
  const kind = code.startsWith('H') ? 'hospital' : 'pharmacy'
  const corps = code.slice(1, 3) === '66'
  return [code, name, kind, corps ? '650000' : code.slice(1, 7), corps ? '660000' : '', active ? '' : '2026-01-01'].join(',')
}
