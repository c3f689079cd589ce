import type { Context } from 'hono'
import { acceptedReports, reportsTold, type AcceptedReport } from '@lastmile/db/query/accepted-reports'
import { statementsOfPairs } from '@lastmile/db/query/statements-of-pairs'
import { packAttachmentsAtMost, packStatementsAtMost, type EvidencePack, type EvidencePackQuestion } from '@lastmile/shared/evidence-pack'
import { languages } from '@lastmile/shared/text'
import { purviewHere } from '../http/actor.js'
import { csvHead, csvNotes, csvRows } from '../http/table-file.js'
import type { ReceivedFile } from '../lib/kept-files.js'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { svgOf } from '../writing/svg-picture.js'
import { coursePicture } from './draw-course.js'
import { gatherPack, type Gathered } from './gather-pack.js'
import { answerFile, letterFile } from './pack-letters.js'
import { PackParts } from './pack-parts.js'
import { readmeText } from './pack-readme.js'
import { attachmentsCsv, coursesCsv, gapsCsv, packNotes, reportsCsv, statementColumns, statementRow, timelineCsv } from './pack-tables.js'

/** A pack as a file on the disk, to be discarded by whoever sends it; and what it is of. */
export interface MadePack {
  file: ReceivedFile
  pack: EvidencePack
}

/**
 * Makes the evidence pack of a case as far as whoever asks sees it. Statements and files beside letters go to the disk piece by
 * piece: however long a case is, it takes no more memory.
 * @throws Refusal as {@link gatherPack}; 409 where a file beside a letter is gone, 413 where there are more statements or bytes than a pack holds
 */
export async function makePack(services: Services, c: Context, path: { list: string; code: string }, asked: EvidencePackQuestion): Promise<MadePack> {
  services.files.checkRoom()
  const gathered = await gatherPack(services, c, path, asked)
  const { pack } = gathered
  if (pack.attachments.reduce((sum, { bytes }) => sum + bytes, 0) > packAttachmentsAtMost) {
    throw new Refusal(413, 'pack.attachments_too_large', `The files beside the letters of case ${pack.case} have more than ${packAttachmentsAtMost / 1024 / 1024} MB together, which is more than a pack holds: take them one by one from the page of the case.`)
  }
  const parts = new PackParts(services.files)
  try {
    await addAll(services, c, gathered, parts)
    return { file: await parts.whole(), pack }
  } finally {
    await parts.discard()
  }
}

async function addAll(services: Services, c: Context, { list, pack, courses }: Gathered, parts: PackParts): Promise<void> {
  parts.add('README.txt', readmeText(pack))
  parts.add('case.json', `${JSON.stringify(pack, null, 1)}\n`)
  parts.add('timeline.csv', timelineCsv(pack, list.timeZone))
  parts.add('gaps.csv', gapsCsv(pack))
  parts.add('courses.csv', coursesCsv(pack, courses))
  await addStatements(services, c, { list, pack, courses }, parts)
  for (const notice of pack.notices) {
    for (const document of notice.documents) {
      const language = document.endsWith('-zh.docx') ? 'zh' : 'en'
      parts.add(document, await (document.includes('-letter-') ? letterFile(pack, notice, language) : answerFile(pack, notice, language)))
    }
  }
  parts.add('attachments.csv', attachmentsCsv(pack))
  for (const { path, sha256, name } of pack.attachments) await parts.addKept(path, sha256, name)
  for (const gap of pack.gaps) {
    const course = courses.find((one) => one.drug === gap.drug && one.unit === gap.unit)
    if (course && gap.pictures) for (const language of languages) parts.add(gap.pictures[language], svgOf(coursePicture(pack, gap, course, language)))
  }
  parts.addSums('SHA256SUMS')
}

/** Statements, and the reports that they name. */
async function addStatements({ db }: Services, c: Context, { list, pack }: Gathered, parts: PackParts): Promise<void> {
  const own = (action: 'statement.detail' | 'report.read' | 'report.file') => purviewHere(c, action, list.code)
  const sees = { details: own('statement.detail'), reports: own('report.read'), files: own('report.file') }
  const reports = await acceptedReports(db, list, pack.knownOn)
  const named = new Set<string>()
  const { signal } = c.req.raw
  await parts.spool('statements.csv', (async function* () {
    yield csvHead(statementColumns)
    let count = 0
    for await (const rows of statementsOfPairs(db, list, { pairs: pack.gaps, asOf: pack.asOf, knownOn: pack.knownOn, reports, sees })) {
      if (signal.aborted) throw new Refusal(503, 'question.left', 'Whoever asked went away before it was answered.')
      count += rows.length
      if (count > packStatementsAtMost) throw tooMany(pack)
      for (const { report } of rows) if (report) named.add(report.code)
      if (rows.length > 0) yield csvRows(rows.map(statementRow))
    }
    yield csvNotes(packNotes(pack))
  })())
  const told: AcceptedReport[] = reportsTold(reports, named, sees)
  parts.add('reports.csv', reportsCsv(pack, told))
}

function tooMany({ case: code, gaps }: EvidencePack): Refusal {
  return new Refusal(413, 'pack.too_many_statements', `There are more than ${packStatementsAtMost} statements about the ${gaps.length} gaps of case ${code}, which is more than a pack holds: name a "drug" or a "region", and make a pack of each.`)
}
