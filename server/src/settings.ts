import { resolve } from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const seconds = z.coerce.number().min(0).max(86_400)

/** Everything that can be set from outside, by environment variable, each with its meaning. */
const fields = z.object({
  PORT: port.default(8787).describe('Port to listen on; 0 picks a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. Anything but loopback opens the product to the network.'),
  DATA_DIR: z.string().default('data').describe('Folder of the embedded database and of the kept files of accepted reports.'),
  DATABASE_URL: z.string().optional().describe('postgres://… puts the data in a PostgreSQL server (15 or newer) instead of the embedded folder.'),
  LASTMILE_DEMO: z.enum(['on', 'off']).default('on').describe('"off" starts empty; "on" loads the demonstration into an empty database.'),
  LASTMILE_CLOCK: z.iso.datetime({ offset: true }).optional().describe('Holds the clock at an instant. For tests alone.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('What is logged, as JSON lines on standard error.'),
  QUESTION_SECONDS: seconds.default(60).describe('A question is given up where one of its statements takes a PostgreSQL server longer; 0 is never. Changes take as long as they take.'),
  STOP_SECONDS: seconds.default(30).describe('How long a server that is told to stop waits for what is running.'),
  METRICS_TOKEN: z.string().min(16).optional().describe('Whoever sends it as a bearer token may read /metrics. Without it, programs on this machine may.'),
})

/** The settings of a process, parsed once, at start. */
export const Settings = fields.transform((settings) => ({ ...settings, DATA_DIR: resolve(settings.DATA_DIR) }))
export type Settings = z.infer<typeof Settings>

/** The settings of a process. @throws with the name of what is wrong and why */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = Settings.safeParse(environment)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

/** Every setting with its default ('' where there is none) and its meaning, in the order in which they are documented. */
export function describeSettings(): { name: string; default: string; meaning: string }[] {
  return Object.entries(fields.shape).map(([name, field]) => {
    const fallback = field.safeParse(undefined).data
    return { name, default: fallback === undefined ? '' : String(fallback), meaning: field.description ?? '' }
  })
}
