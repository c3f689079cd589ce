import type { ListRow } from '@lastmile/db/query/lists'
import type { Actor } from '@lastmile/shared/account'
import type { AuditBy } from '@lastmile/shared/audit'
import { earlierDay, periodDays, type Day } from '@lastmile/shared/day'
import type { Entries } from '@lastmile/shared/entry'
import type { Purview } from '@lastmile/shared/purview'
import type { Scope } from '@lastmile/shared/source'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { unchangedSince } from '../reports/check-unchanged.js'
import type { Submitted } from '../reports/submission.js'
import { submitReport } from '../reports/submit-report.js'
import { entryFile, nilFile, type EntryLine } from './entry-file.js'
import { spokenThroughOf, type SpokenThrough } from './entry-source.js'

/** Who fills a form in, and what the request says beside it. */
export interface EntriesSender {
  actor: Actor
  by: AuditBy
  /** Of whose sources he may send reports. */
  purview: Purview
  idempotencyKey: string | null
  /** The version that a period's report corrects; what is sent as changes corrects nothing. */
  corrects: number | null
}

const filenames: Record<Entries['kind'], string> = { statements: '在线填报', unchanged: '与上期一致', nil: '零报告' }

/**
 * Sends what was stated on screen as a report like any other: written as a file that the source could have sent, and taken
 * by the one path of every report. Statements leave what they do not name as it is, unless they are a snapshot.
 * @throws Refusal for what cannot be stated so, and for what the one path refuses
 */
export async function submitEntries(services: Services, list: ListRow, entries: Entries, sender: EntriesSender): Promise<Submitted> {
  const spoken = await spokenThroughOf(services, list, sender.purview, entries.source)
  const { source, purview } = spoken
  const period = entries.period ?? null
  const asOf = entries.asOf ?? (period === null ? list.today : null)
  const day = asOf ?? earlierDay(periodDays(period!).last, list.today)
  const bytes = entries.kind === 'nil' ? nilFile(source.profile) : entryFile(source.profile, await linesOf(services, list, spoken, entries, day), day)
  const file = await services.files.receive(bytes)
  try {
    return await submitReport(services, {
      list: list.code, source: source.data.code, filename: `${filenames[entries.kind]}_${source.data.code}_${period ?? day}.csv`, file, period, asOf,
      mode: entries.kind === 'statements' ? entries.mode : 'changes', scope: scopeWithin(spoken, entries.scope), channel: 'form', corrects: sender.corrects, idempotencyKey: sender.idempotencyKey, dryRun: entries.dryRun,
      acceptedAt: null, publishAt: null, held: null, code: null, sentBy: sender.actor.kind === 'command' ? null : sender.actor.id, by: sender.by, purview, upload: null,
      ...(entries.kind === 'nil' ? { nil: true } : {}), ...(entries.kind === 'unchanged' ? { holds: entries.lines } : {}),
    })
  } finally {
    await services.files.discard(file)
  }
}

/** The lines of a report. Of what holds unchanged, all that was said last; a day by which it was expected, and that has passed, is left out. */
async function linesOf({ db }: Services, list: ListRow, { source }: SpokenThrough, entries: Exclude<Entries, { kind: 'nil' }>, day: Day): Promise<EntryLine[]> {
  if (entries.kind === 'statements') return entries.lines.map((line) => ({ ...line, quantity: null }))
  const said = await unchangedSince(db, list, source, entries.lines, day)
  const { reason: reasons, lead_days: days, quantity: quantities } = source.profile.columns
  return said.map(({ status, reason, expectedOn, quantity }, at) => ({
    institution: entries.lines[at]!.institution, drug: entries.lines[at]!.drug, status,
    reason: reasons ? reason : null, expectedOn: days && expectedOn !== null && expectedOn >= day ? expectedOn : null, quantity: quantities ? quantity : null,
  }))
}

/** The scope of a report, within what its sender speaks of. Null: all that the source does. */
function scopeWithin({ source, scope }: SpokenThrough, wanted: Scope | undefined): Scope | null {
  const regions = scope === source.data.scope ? null : scope.regions
  if (!wanted) return regions && scope
  if (regions && wanted.regions?.some((one) => !regions.includes(one))) throw new Refusal(403, 'report.scope', `You speak of ${regions.join(', ')} alone.`, { field: 'scope' })
  return { ...wanted, regions: wanted.regions ?? regions }
}
