import { Problem } from '@lastmile/shared/problem'
import type { Format } from '@lastmile/shared/basis'
import { ProblemError } from '../problem'

/** Parameters of a question; what is undefined or null is left out. */
export type Params = Record<string, string | number | boolean | null | undefined>

/** A parser of an answer: a zod schema of `shared`. */
interface Parser<T> { parse(value: unknown): T }

/** Path and query of a question, as the API reads it. */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(params)) if (value !== undefined && value !== null && value !== '') query.set(key, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The same question in another format, for a download link. */
export function downloadAddress(path: string, params: Params, format: Exclude<Format, 'json'>): string {
  return address(path, { ...params, format })
}

/** The one door to data: asks and answers, or throws a {@link ProblemError}. With `parser` the answer is checked. */
export async function getAnswer<T>(path: string, params: Params = {}, options: { signal?: AbortSignal; parser?: Parser<T> } = {}): Promise<T> {
  const response = await reach(address(path, params), options.signal ? { signal: options.signal } : {})
  const body = await bodyOf(response)
  if (!response.ok) throw problemOf(response.status, body)
  return options.parser ? options.parser.parse(body) : (body as T)
}

/** Sends a form and answers the receipt, whatever its status, if it has the parser's shape; else throws. */
export async function sendForm<T>(path: string, form: FormData, parser: Parser<T> & { safeParse(value: unknown): { success: boolean } }, headers: Record<string, string> = {}): Promise<T> {
  const response = await reach(path, { method: 'POST', body: form, headers })
  const body = await bodyOf(response)
  if (response.ok || parser.safeParse(body).success) return parser.parse(body)
  throw problemOf(response.status, body)
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers } })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError(0, 'offline', 'The server cannot be reached.')
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

function problemOf(status: number, body: unknown): ProblemError {
  const parsed = Problem.safeParse(body)
  if (!parsed.success) return new ProblemError(status, `http.${status}`, `HTTP ${status}`)
  const { code, message, field } = parsed.data.error
  return new ProblemError(status, code, message, field ?? null)
}
