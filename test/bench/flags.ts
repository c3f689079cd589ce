import { parseArgs } from 'node:util'

/** Parts of the benchmark, each of which can be run alone. */
export const parts = ['reads', 'intake', 'embedded'] as const
export type Part = (typeof parts)[number]

export interface Flags {
  pairs: number
  only: readonly Part[]
  runs: number
  limitSeconds: number
  url: string
  keep: boolean
  /** Folder of a run that was kept, whose nation is asked again. */
  use: string | null
  skipNaive: boolean
  intakeRows: number
  embeddedPairs: number
  write: boolean
  knownOn: boolean
}

export const usage = `pnpm bench [flags]
  --help                   this
  --pairs 1000000          pairs (drug, institution) of the synthetic nation; 10000000 is the nation of the claim
  --only reads,intake      parts to run: ${parts.join(', ')}; all, unless stated
  --runs 5                 runs of a question after one to warm up; the median counts
  --limit 120              seconds after which a naive question is stopped
  --url postgres://…       PostgreSQL server; databases of the benchmark's own are made on it and dropped
  --intake-rows 1000000    rows of the feed's report
  --embedded-pairs 200000  pairs of the nation in the embedded database
  --skip-naive             the product's side alone: nothing is compared
  --keep                   leave the databases and files, for looking into; without intake, for --use
  --use FOLDER             ask the nation of a run that was kept (with the same --pairs), instead of loading it again
  --no-known-on            leave out the question that is not maintained: it costs all that was ever said
  --no-write               print, and leave RESULTS.md as it is`

/** Flags that no run can have, with what is wrong. */
export class WrongFlags extends Error {}

/** The flags of a run; null asks how they are written. @throws WrongFlags, or what parseArgs throws, with what is wrong */
export function readFlags(args: readonly string[]): Flags | null {
  const { values } = parseArgs({
    args: [...args], allowNegative: true,
    options: {
      help: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '1000000' }, only: { type: 'string', default: parts.join(',') }, runs: { type: 'string', default: '5' }, limit: { type: 'string', default: '120' },
      url: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' }, 'intake-rows': { type: 'string', default: '1000000' },
      'embedded-pairs': { type: 'string', default: '200000' }, 'skip-naive': { type: 'boolean', default: false }, keep: { type: 'boolean', default: false }, use: { type: 'string' }, write: { type: 'boolean', default: true }, 'known-on': { type: 'boolean', default: true },
    },
  })
  if (values.help) return null
  const only = values.only.split(',')
  const unknown = only.find((part) => !(parts as readonly string[]).includes(part))
  if (unknown !== undefined) throw new WrongFlags(`--only ${unknown}: the parts are ${parts.join(', ')}`)
  return {
    pairs: count('pairs', values.pairs), only: only as Part[], runs: count('runs', values.runs), limitSeconds: count('limit', values.limit), url: values.url, keep: values.keep, use: values.use ?? null,
    skipNaive: values['skip-naive'], intakeRows: count('intake-rows', values['intake-rows']), embeddedPairs: count('embedded-pairs', values['embedded-pairs']), write: values.write, knownOn: values['known-on'],
  }
}

function count(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new WrongFlags(`--${name} ${text}: write a whole number from 1`)
  return number
}
