import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runKills } from './kills.js'

/** `pnpm kills [--rounds 200] [--seed today] [--database postgres://…]`: see CONTRIBUTING. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: new Date().toISOString().slice(0, 10) }, database: { type: 'string' } } })
const stop = new AbortController()
process.once('SIGINT', () => {
  console.log('stopping after this round (once more to end at once)')
  stop.abort()
})
const folder = await mkdtemp(join(tmpdir(), 'lastmile-kills-'))
console.log(`kills with seed ${values.seed}, data in ${folder}`)
const { problems, ...counts } = await runKills({ rounds: Number(values.rounds), seed: values.seed, folder, databaseUrl: values.database ?? null, say: (line) => console.log(line), signal: stop.signal })
console.log(`${counts.rounds} kills: ${counts.acknowledged} reports acknowledged, all whole; ${counts.underWay} uploads cut off, of which ${counts.storedUnseen} were stored whole and the others not at all`.replace(', all whole', problems.length === 0 ? ', all whole' : ''))
if (problems.length > 0) {
  process.exitCode = 1
  for (const problem of problems) console.log(`  ${problem}`)
  console.log(`The data are kept in ${folder}. Again: pnpm kills --seed ${values.seed} --rounds ${counts.rounds}`)
} else await rm(folder, { recursive: true, force: true })
