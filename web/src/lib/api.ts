import type { App } from '@lastmile/server/app'
import { Problem } from '@lastmile/shared/problem'
import { unattendedHeader } from '@lastmile/shared/unattended'
import { hc, type ClientResponse } from 'hono/client'
import type { z } from 'zod'
import { isAttended } from './attended'
import { ProblemError } from './problem'
import { noteShutOut } from './session-end'

/** The server, known by its type alone: a path, parameter or answer that it does not have does not compile here. */
const { api } = hc<App>('/', { fetch: reach })
export const { lists, session, account, accounts, keys, feeds, audit, messages, subscriptions } = api

/** Parameters as a query carries them: text. What is undefined is left out. */
export type AsQuery<Params> = { [Name in keyof Params]: Params[Name] extends string | undefined ? Params[Name] : string | undefined }

/** Parameters of a question as a query carries them. */
export function asQuery<Params extends object>(params: Params): AsQuery<Params> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)])) as AsQuery<Params>
}

/** Of all that a route may answer, the answer to its question. */
type Good<Response> = Response extends ClientResponse<infer Answer, 200 | 201, 'json'> ? Answer : never

/** The answer to a question. @throws ProblemError with the server's own code and sentence */
export async function answerTo<Asked extends ClientResponse<unknown, number, string>>(asked: Promise<Asked>): Promise<Good<Asked>> {
  const response = await asked
  if (response.ok) return (await response.json()) as Good<Asked>
  throw problemOf(response.status, await response.json().catch(() => null))
}

/** What a response says, held against its schema. @throws ProblemError as {@link answerTo} does */
export async function answerOf<Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.infer<Schema>> {
  if (response.ok) return schema.parse(await response.json())
  throw problemOf(response.status, await response.json().catch(() => null))
}

/** A file that the server makes for whoever asks; `body`: of a question that stands in no address. @throws ProblemError as {@link answerTo} does */
export async function fileAt(address: string, body?: object): Promise<Blob> {
  const response = await (body === undefined ? reach(address) : reach(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }))
  if (response.ok) return response.blob()
  throw problemOf(response.status, await response.json().catch(() => null))
}

/** What went wrong, from an answer's body. */
function problemOf(status: number, body: unknown): ProblemError {
  const parsed = Problem.safeParse(body)
  if (!parsed.success) return new ProblemError(status, `http.${status}`, `HTTP ${status}`)
  const { code, message, field, cannotBeMet } = parsed.data.error
  if (code === 'session.required') noteShutOut()
  return new ProblemError(status, code, message, field ?? null, cannotBeMet ?? null)
}

/** Asks the server. Where it cannot be reached at all, that is said as a problem like any other. */
export async function reach(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    if (isAttended()) return await fetch(input, init)
    const headers = new Headers(init?.headers)
    headers.set(unattendedHeader, '1')
    return await fetch(input, { ...init, headers })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError(0, 'offline', 'The server cannot be reached.')
  }
}
