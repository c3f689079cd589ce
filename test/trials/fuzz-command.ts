import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusIsThere } from './corpus-world.js'
import { runFuzz } from './fuzz.js'

/** `pnpm fuzz [--count 10000] [--seed today] [--from 0] [--http 20]`: see CONTRIBUTING. `--from N --count 1` repeats one input. */
const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' }, seed: { type: 'string', default: new Date().toISOString().slice(0, 10) }, http: { type: 'string', default: '20' } } })
const stop = new AbortController()
process.once('SIGINT', () => {
  console.log('stopping after this input (once more to end at once)')
  stop.abort()
})
const folder = await mkdtemp(join(tmpdir(), 'lastmile-fuzz-'))
console.log(`fuzz with seed ${values.seed}, from ${corpusIsThere ? 'the corpus' : 'files made here (no corpus beside the repository)'}`)
const start = performance.now()
const { tried, sent, outcomes, findings } = await runFuzz({ seed: values.seed, from: Number(values.from), count: Number(values.count), overHttp: Number(values.http), folder, say: (line) => console.log(line), signal: stop.signal })
for (const [word, count] of Object.entries(outcomes).sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(8)} ${word}`)
console.log(`${tried} inputs, ${sent} of them over HTTP, in ${Math.round((performance.now() - start) / 1_000)} s and at most ${Math.round(process.resourceUsage().maxRSS / 1_024)} MB: ${findings.length === 0 ? 'no crash, no hang, no 5xx' : `${findings.length} findings`}`)
if (findings.length > 0) {
  process.exitCode = 1
  for (const { input, what, file } of findings) console.log(`  ${what.split('\n')[0]}\n    ${file}\n    again: pnpm fuzz --seed ${values.seed} --from ${input} --count 1`)
} else await rm(folder, { recursive: true, force: true })
