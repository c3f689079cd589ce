import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { ReportReceipt } from '@lastmile/shared/report'
import type { Door } from './door.js'

/** Sends a file as a report, read as it goes. `fields` as the upload form has them. */
export async function sendFile(door: Door, list: string, path: string, fields: Record<string, string | undefined>, corrects?: string): Promise<{ status: number; receipt: ReportReceipt }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value)
  form.set('file', await openAsBlob(path), basename(path))
  const answer = await door.ask(`/api/lists/${encodeURIComponent(list)}/reports`, { method: 'POST', body: form, headers: corrects === undefined ? {} : { 'If-Match': `"${corrects}"` } })
  return { status: answer.status, receipt: ReportReceipt.parse(await answer.json()) }
}

/** What became of a file, in words; errors by row and column. */
export function describeReceipt(receipt: ReportReceipt): string {
  if (receipt.outcome === 'accepted') {
    const warnings = [...new Set(receipt.warnings.map((warning) => warning.code))]
    return `${receipt.dryRun ? 'would be accepted' : `accepted as report ${receipt.id} version ${receipt.version}`}: ${receipt.storedCount} of ${receipt.rowsTotal} rows stored${warnings.length > 0 ? `; warnings: ${warnings.join(', ')}` : ''}`
  }
  if (receipt.outcome === 'row_errors') {
    const lines = receipt.errors.slice(0, 20).map((error) => `  row ${error.row}${error.column ? `, column ${error.column}` : ''}: ${error.code}${error.value === null ? '' : ` (${error.value})`}`)
    return [`${receipt.errorsTotal} errors, nothing stored${receipt.id ? `; kept as draft ${receipt.id}` : ''}`, ...lines, ...(receipt.errorsTotal > lines.length ? [`  … and ${receipt.errorsTotal - lines.length} more`] : [])].join('\n')
  }
  const waits = { quarantined: 'in quarantine: it does not look right', submitted: 'read; it waits for its approval', embargoed: 'read; it waits for the end of its embargo', rejected: null }[receipt.outcome]
  if (waits !== null) return `${waits}${receipt.id ? ` (report ${receipt.id})` : ''}; ${receipt.rowsTotal} rows`
  return `refused: ${receipt.reason ?? receipt.outcome}. ${receipt.detail ?? ''}`
}
