import { and, eq, exists, ne } from 'drizzle-orm'
import type { Evidence } from '@lastmile/shared/evidence'
import type { Database } from '../database.js'
import { evidenceCodes } from '../schema/codes.js'
import { report } from '../schema/report.js'
import { source } from '../schema/source.js'

/** An edition gives a source another kind of evidence, and reports of that source were accepted under the one it has. */
export class EvidenceHeld extends Error {
  override readonly name = 'EvidenceHeld'
  constructor(readonly source: string, readonly from: Evidence, readonly to: Evidence) {
    super(`Source "${source}" has accepted reports as ${from}, and the edition says ${to}: what was said as one kind of evidence cannot become another. Give the new kind a source of its own, with another code.`)
  }
}

/** @throws EvidenceHeld where a source of a list would change its kind of evidence under reports that were accepted */
export async function holdEvidence(db: Database, listId: number, sources: readonly { code: string; evidence: Evidence }[]): Promise<void> {
  const accepted = db.select({ id: report.id }).from(report).where(and(eq(report.sourceId, source.id), ne(report.state, 'draft')))
  const held = await db.select({ code: source.code, evidence: source.evidence }).from(source).where(and(eq(source.listId, listId), exists(accepted)))
  for (const { code, evidence } of held) {
    const wanted = sources.find((one) => one.code === code)
    const known = evidenceCodes.word(evidence)
    if (wanted && wanted.evidence !== known) throw new EvidenceHeld(code, known, wanted.evidence)
  }
}
