// How fast a report is read and checked, and in how much memory: node test/bench/reading.mjs [rows] [institutions]
// Generates a CSV of five columns (the same each time), reads it in the worker as the server does, and prints rows a
// second, beside the CPU time that the whole process took for it: on a busy machine the second is the honest one.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packInstitutions } from '../../server/dist/reading/masters.js'
import { readInWorker } from '../../server/dist/reading/read-in-worker.js'
import { feedLimits } from '../../shared/dist/source.js'

const rows = Number(process.argv[2] ?? 1_000_000)
const institutions = Number(process.argv[3] ?? 20_000)
const drugs = Math.ceil(rows / institutions)
const rounds = 5
const words = ['in_stock', '缺货', '未配备', '有货', 'on_order', '不详']
const code = (at) => `H37${String(at).padStart(9, '0')}`
const drugCode = (at) => `CID2025${String(at).padStart(4, '0')}`

const folder = await mkdtemp(join(tmpdir(), 'lastmile-bench-'))
try {
  const path = join(folder, 'feed.csv')
  const bytes = await generate(path)
  const profile = JSON.parse(await readFile(new URL('../../db/editions/profiles/cn-monthly.json', import.meta.url), 'utf8'))
  const masters = {
    drugs: Array.from({ length: drugs }, (_, at) => ({ id: at + 1, code: drugCode(at), aliases: [], inScope: true })),
    // A nation's worth, whoever reports.
    institutions: packInstitutions(Array.from({ length: Math.max(250_000, institutions) }, (_, at) => ({ id: at + 1, code: code(at), kind: 'hospital', active: true, inScope: true }))),
    scopePrefixes: ['37'], regions: [],
  }
  const request = {
    content: { path }, filename: 'feed.csv', profile, limits: { ...feedLimits, maxRows: Math.max(feedLimits.maxRows, rows) }, masters, asOf: '2026-02-28', period: '2026-02', today: '2026-03-05', spoolPath: join(folder, 'spool'),
  }
  console.log(`${rows} rows, ${institutions} institutions of ${Math.max(250_000, institutions)}, ${drugs} drugs, ${(bytes / 1e6).toFixed(1)} MB`)
  for (let round = 1; round <= rounds; round++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const outcome = await readInWorker(request)
    const [wall, { user, system }] = [performance.now() - start, process.cpuUsage(cpu)]
    if (outcome.outcome !== 'accept') throw new Error(JSON.stringify(outcome).slice(0, 500))
    const packed = outcome.parts.reduce((sum, part) => sum + part.bytes.length, 0)
    const perSecond = (ms) => `${Math.round(rows / ms * 1000).toLocaleString('en')} rows/s`
    console.log(`round ${round}: ${perSecond(wall)} (${wall.toFixed(0)} ms), by CPU ${perSecond((user + system) / 1000)}; ${outcome.storedCount} lines in ${(packed / rows).toFixed(1)} bytes each; ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

/** Writes the report and answers its length in bytes. */
async function generate(path) {
  const file = createWriteStream(path)
  let text = 'institution_code,drug_code,status,reported_on,quantity\n'
  for (let row = 0; row < rows; row++) {
    const [at, drug] = [Math.floor(row / drugs), row % drugs]
    text += `${code(at)},${drugCode(drug)},${words[(row * 7 + at) % words.length]},2026-02-${String(1 + (row * 13) % 28).padStart(2, '0')},${row % 3 === 0 ? '' : 1 + (row % 97)}\n`
    if (text.length < 1_000_000) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end(text)
  await once(file, 'finish')
  return file.bytesWritten
}
