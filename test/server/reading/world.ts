import { uploadLimits, type Limits, type Profile } from '@lastmile/shared/source'
import { packInstitutions, type DrugMaster, type InstitutionMaster, type Masters } from '@lastmile/server/reading/masters'
import { readReport, type ReadOutcome, type ReadRequest } from '@lastmile/server/reading/read-report'
import { profile } from './profiles.js'
import { codesOf, rowsOf as rowsIn, type StoredRow } from './unpacked.js'

export const header = 'institution_code,drug_code,status,reported_on,price'

interface World {
  profile?: Profile
  filename?: string
  drugs?: Omit<DrugMaster, 'id'>[]
  institutions?: Partial<InstitutionMaster>[]
  scopePrefixes?: string[] | null
  regions?: string[]
  limits?: Partial<Limits>
  asOf?: string
  period?: string | null
  today?: string
}

/** Masters of a small Shandong: two hospitals, a pharmacy, a closed hospital, one hospital of Shanghai; two drugs. */
export function masters(world: World = {}): Masters {
  const institutions = world.institutions ?? [
    { code: 'H37010200001' }, { code: 'H37010200002' }, { code: 'P37010200001', kind: 'pharmacy' as const },
    { code: 'H37010200099', active: false }, { code: 'H31010100001', inScope: false },
  ]
  return {
    // Ids run against the order of the list: nothing may take the one for the other.
    drugs: (world.drugs ?? [{ code: 'D1', aliases: ['Drug One'], inScope: true }, { code: 'D2', aliases: [], inScope: true }]).map((drug, at) => ({ id: 90 - at, ...drug })),
    institutions: packInstitutions(institutions.map((one, at) => ({ id: 1_000_000 - at, code: '', kind: 'hospital', active: true, inScope: true, ...one }))),
    scopePrefixes: world.scopePrefixes === undefined ? ['37'] : world.scopePrefixes,
    regions: world.regions ?? [],
  }
}

/** Reads a report as the Shandong officer's February report, unless the world says otherwise. */
export async function read(content: string | Uint8Array, world: World = {}): Promise<ReadOutcome> {
  const request: ReadRequest = {
    content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    filename: world.filename ?? (typeof content === 'string' ? 'report.csv' : 'report'),
    profile: world.profile ?? profile('cn-monthly'),
    limits: { ...uploadLimits, ...world.limits },
    masters: masters(world),
    asOf: world.asOf ?? '2026-02-28',
    period: world.period === undefined ? '2026-02' : world.period,
    today: world.today ?? '2026-03-05',
  }
  return remember(await readReport(request), request)
}

const requests = new WeakMap<ReadOutcome, ReadRequest>()

/** Remembers of an outcome what was read against: its rows can then be told by codes. */
export function remember(outcome: ReadOutcome, request: ReadRequest): ReadOutcome {
  requests.set(outcome, request)
  return outcome
}

/** `row:column:code` of each error, as a sender would list them. */
export function errorsOf(outcome: ReadOutcome): string[] {
  return outcome.outcome === 'row_errors' ? outcome.errors.map(({ row, column, code }) => `${row}:${column ?? ''}:${code}`) : [outcome.outcome]
}

export function reasonOf(outcome: ReadOutcome): string {
  return outcome.outcome === 'rejected' ? outcome.reason : outcome.outcome
}

/** The codes of the warnings, each once. */
export function warningsOf(outcome: ReadOutcome): string[] {
  return [...new Set(outcome.warnings.map(({ code }) => code))].sort()
}

/** The rows of an accepted report by codes, in the order of the file. */
export function rowsOf(outcome: ReadOutcome): StoredRow[] {
  if (outcome.outcome !== 'accept') throw new Error(`not accepted: ${JSON.stringify(outcome).slice(0, 500)}`)
  const { masters, profile } = requests.get(outcome)!
  const brought = profile.institutionFrom === 'address' ? Int32Array.from(outcome.providers, (_, place) => place) : null
  return rowsIn(outcome, codesOf(masters, outcome.providers, brought)).sort((a, b) => a.line - b.line)
}
