import { pino, type DestinationStream, type Logger } from 'pino'

/** What the log holds of an error. */
export interface SaidError {
  type: string
  message: string
  /** PostgreSQL's or Node's own code. */
  code?: string
  /** Where it was thrown, without its message. */
  stack: string
}

/** The log: a JSON line an event, on standard error unless told otherwise. */
export function newLog(level: string, to: DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  return pino({ level, serializers: { err: saidOf } }, to)
}

/**
 * What may be said of an error. A statement that failed names itself and all its parameters, which can be what somebody
 * asked, where he is, or a megabyte of a report: of it only what the database said remains.
 */
export function saidOf(error: unknown): SaidError {
  if (!(error instanceof Error)) return { type: typeof error, message: shortened(String(error)), stack: '' }
  const chain = [error, ...causesOf(error)]
  const last = chain.at(-1)!
  const code = chain.map((one) => (one as NodeJS.ErrnoException).code).find((one) => typeof one === 'string')
  const messages = chain.filter(({ message }) => !message.startsWith(failedStatement)).map(({ message }) => message)
  return { type: last.name, message: shortened(messages.join(': ') || 'a statement failed'), ...(code === undefined ? {} : { code }), stack: framesOf(error) }
}

/** How Drizzle begins to tell of a statement that failed, in whatever it throws then. */
const failedStatement = 'Failed query: '
const longest = 1_000
const mostFrames = 30

function causesOf(error: Error): Error[] {
  return error.cause instanceof Error && error.cause !== error ? [error.cause, ...causesOf(error.cause)] : []
}

function shortened(message: string): string {
  return message.length > longest ? `${message.slice(0, longest)} …` : message
}

function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  return stack.slice(at < 0 ? 0 : at + message.length).split('\n').filter((line) => /^\s+at /.test(line)).slice(0, mostFrames).join('\n')
}
