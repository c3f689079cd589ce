import { sql } from 'drizzle-orm'
import type { AuditEvent } from '@lastmile/shared/audit'
import type { Instant } from '@lastmile/shared/day'
import { openDutyStates, type DutyEntry, type DutyRow, type DutyRowAnswer, type DutySaid } from '@lastmile/shared/duty'
import type { Role } from '@lastmile/shared/permission'
import type { Purview } from '@lastmile/shared/purview'
import { appendAudit } from '../audit/append.js'
import { canonical } from '../canonical.js'
import { rowsOf, type Database } from '../database.js'
import { settleDuty } from '../load/notify.js'
import { bumpVersion } from './acceptance.js'
import { dutyRow, isDoneIn, type DutyRecord } from './duties.js'
import type { ListRow } from './lists.js'

/** Who answers, and when. */
export interface Answering {
  at: Instant
  by: string
  role: Role
  /** What the audit is told of it; nothing of what the program does of itself. */
  event?: (before: DutyEntry | null, after: DutyEntry | null) => AuditEvent
}

/** A duty at an institution as it is named by who answers it: at the version that he saw, 0 where nothing was said. */
export interface DutyAt {
  duty: DutyRecord
  institution: string
  purview: Purview
  version: number
}

/** What is said of the duty there is at another version: somebody else answered since. */
export class OtherEntry extends Error {
  override readonly name = 'OtherEntry'
  constructor(readonly version: number) {
    super(`the answer is at version ${version}`)
  }
}

/** What came of it, and the list's new version; null where nothing changed. */
export interface Answered {
  answer: DutyRowAnswer
  listVersion: number | null
}

/** Says of a duty how it stands at an institution of the asker's; what was said before stays as what was known until now. What says the same changes nothing. Null where it has no such duty, or is none of his. @throws OtherEntry */
export async function answerDuty(db: Database, list: ListRow, at: DutyAt, said: DutySaid, answering: Answering): Promise<Answered | null> {
  return moved(db, list, at, answering, async (tx, institutionId, before, next, from) => {
    if (before && canonical(saidIn(before)) === canonical(said)) return false
    const { convened, on, outcomes, note } = said
    await close(tx, at.duty.id, institutionId, from)
    await tx.execute(sql`
      insert into duty_entry (duty_id, institution_id, version, convened, convened_on, outcomes, note, said_by, role, known_from)
      values (${at.duty.id}, ${institutionId}, ${next}, ${convened}, ${on}, ${JSON.stringify(outcomes)}::jsonb, ${note}, ${answering.by}, ${answering.role}, ${from})`)
    return true
  })
}

/** Takes back what was said of a duty at an institution: from now on it has not reported. @throws OtherEntry */
export async function withdrawDuty(db: Database, list: ListRow, at: DutyAt, answering: Answering): Promise<Answered | null> {
  return moved(db, list, at, answering, async (tx, institutionId, before, _, from) => {
    if (before) await close(tx, at.duty.id, institutionId, from)
    return before !== null
  })
}

/** Whoever answers of the same institution waits at its row, and then finds what the one before has said. */
async function moved(db: Database, list: ListRow, { duty, institution, purview, version }: DutyAt, { at, event }: Answering, move: (tx: Database, institutionId: number, before: DutyEntry | null, next: number, from: Instant) => Promise<boolean>): Promise<Answered | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as Database
    const [row] = await rowsOf<{ id: number }>(tx, sql`select id from institution where region_set_id = ${list.regionSetId} and code = ${institution} for update`)
    const found = row && (await dutyRow(tx, list, duty, purview, institution))
    if (!found) return null
    const before = found.row.entry
    if ((before?.version ?? 0) !== version) throw new OtherEntry(before?.version ?? 0)
    // What was taken back has had versions too, and was known until then, whatever the clock of this server says.
    const last = before ?? found.former[0] ?? null
    const from = [at, last?.knownTo ?? last?.knownFrom ?? at].reduce((a, b) => (a > b ? a : b))
    if (!(await move(tx, row.id, before, (last?.version ?? 0) + 1, from))) return { answer: found, listVersion: null }
    const listVersion = await bumpVersion(tx, list.id, null)
    const answer = (await dutyRow(tx, list, duty, purview, institution))!
    await settleReminders(tx, list, duty, answer.row, at)
    if (event) await appendAudit(tx, at, [event(before, answer.row.entry)])
    return { answer, listVersion }
  })
}

/** Where it is done nobody is reminded of it any more, nor is its province where nobody else there owes it. */
async function settleReminders(tx: Database, list: ListRow, duty: DutyRecord, { institution, unit, state }: DutyRow, at: Instant): Promise<void> {
  if (openDutyStates.some((one) => one === state)) return
  const of = { listId: list.id, duty: duty.data.code, at }
  await settleDuty(tx, { ...of, of: 'institution', codes: [institution] })
  if (unit !== null && (await isDoneIn(tx, list, duty, unit))) await settleDuty(tx, { ...of, of: 'unit', codes: [unit] })
}

async function close(tx: Database, dutyId: number, institutionId: number, at: Instant): Promise<void> {
  await tx.execute(sql`update duty_entry set known_to = ${at}::timestamptz where duty_id = ${dutyId} and institution_id = ${institutionId} and known_to is null`)
}

function saidIn({ convened, on, outcomes, note }: DutyEntry): DutySaid {
  return { convened, on, outcomes, note }
}
