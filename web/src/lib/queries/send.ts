import { Problem } from '@lastmile/shared/problem'
import { ReportReceipt } from '@lastmile/shared/report'
import { ProblemError } from '../problem'
import { noteShutOut } from '../session-end'

/** What became of a file: read (a receipt), or in the way of another version of the same report. */
export type Sent =
  | { kind: 'receipt'; receipt: ReportReceipt }
  | { kind: 'conflict'; code: string; message: string; report: string | null; version: number | null; field: string | null }

/**
 * Sends a report. `upload` names it for the progress events; `ifMatch` is the version that it corrects; `onBytes` hears
 * how much of the file has left this machine, 0 to 1.
 * @throws ProblemError for what is refused before it is read
 */
export function sendFile(list: string, form: FormData, { upload, ifMatch, onBytes }: { upload: string; ifMatch?: number | undefined; onBytes?: (share: number) => void }): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/lists/${encodeURIComponent(list)}/reports`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-upload-id', upload)
    if (ifMatch !== undefined) request.setRequestHeader('if-match', `"${ifMatch}"`)
    request.upload.onprogress = ({ loaded, total }) => onBytes?.(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new ProblemError(0, 'offline', 'The server cannot be reached.'))
    request.onload = () => {
      try {
        resolve(sentOf(request.status, parsed(request.responseText)))
      } catch (error) {
        reject(error)
      }
    }
    request.send(form)
  })
}

/** What an answer to a report says. @throws ProblemError for what is refused before it is read */
export function sentOf(status: number, body: unknown): Sent {
  const problem = Problem.safeParse(pick(body, 'error'))
  if ((status === 409 || status === 412) && problem.success) {
    const { code, message, report, version, field } = problem.data.error
    return { kind: 'conflict', code, message, report: report ?? null, version: version ?? null, field: field ?? null }
  }
  const receipt = ReportReceipt.safeParse(body)
  if (receipt.success) {
    const { reason, detail, id, version } = receipt.data
    if (status === 409 || status === 412) return { kind: 'conflict', code: reason ?? `http.${status}`, message: detail ?? '', report: id, version, field: null }
    return { kind: 'receipt', receipt: receipt.data }
  }
  if (!problem.success) throw new ProblemError(status, `http.${status}`, `HTTP ${status}`)
  if (problem.data.error.code === 'session.required') noteShutOut()
  throw new ProblemError(status, problem.data.error.code, problem.data.error.message, problem.data.error.field ?? null)
}

/** The refusal in an answer, whatever else the answer says. */
function pick(body: unknown, key: 'error'): unknown {
  return typeof body === 'object' && body !== null && key in body ? { [key]: (body as Record<typeof key, unknown>)[key] } : body
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
