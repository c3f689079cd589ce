// How many ready answers and 304s a second one server process gives, beside a plain node:http server that sends the same
// bytes. Build first (`pnpm run build`), then
//
//   node test/bench/http.mjs [--url http://127.0.0.1:8787 [--pid PID]] [--seconds 6] [--connections 32]
//
// Without --url it starts a server of its own on the demonstration, in a temporary folder. Both sides are asked in turns,
// so that whatever else the machine does meets both. Server and asker share the machine: where cores are few, the asker
// takes part of what it measures, and the time that the server itself needs for an answer (Linux tells it) says more than
// the answers a second.
import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'

const { values } = parseArgs({ options: { url: { type: 'string' }, pid: { type: 'string' }, seconds: { type: 'string', default: '6' }, connections: { type: 'string', default: '32' }, plain: { type: 'string' } } })
const rounds = 8
if (values.plain !== undefined) servePlain(values.plain)
else await measureAll()

async function measureAll() {
  const product = values.url === undefined ? await startProduct() : { address: new URL(values.url), pid: values.pid, stop: () => {} }
  try {
    const question = await questionOf(product.address)
    const answer = await fetch(new URL(question, product.address))
    const etag = answer.headers.get('etag')
    const json = Buffer.from(await answer.arrayBuffer())
    const plain = await startPlain([...answer.headers].filter(([name]) => !['connection', 'date', 'keep-alive'].includes(name)), json)
    const rows = [
      { what: 'plain node:http', server: plain, path: '/', headers: {} },
      { what: '… with our headers', server: plain, path: '/ours', headers: {} },
      { what: 'ready answer, JSON', server: product, headers: {} },
      { what: 'ready answer, brotli', server: product, headers: { 'Accept-Encoding': 'gzip, deflate, br' } },
      { what: 'plain node:http, 304', server: plain, path: '/', headers: { 'If-None-Match': etag } },
      { what: '304', server: product, headers: { 'If-None-Match': etag } },
    ].map((row) => ({ path: question, ...row }))
    try {
      for (const row of rows) await measure(row, 3)
      for (const row of rows) Object.assign(row, { answers: 0, cpuMs: 0 })
      for (let round = 0; round < rounds; round += 1) for (const row of rows) await measure(row, Number(values.seconds) / rounds)
    } finally {
      await plain.stop()
    }
    console.log(`${question}: ${json.byteLength} bytes of JSON; ${values.connections} connections, ${values.seconds} s each\n`)
    for (const { what, status, bytes, answers, cpuMs } of rows) {
      const base = rows.find((row) => row.status === status)
      const cpu = cpuMs > 0 ? `  ${(1_000 * cpuMs / answers).toFixed(1).padStart(5)} µs of the server each, ${(base.cpuMs / base.answers / (cpuMs / answers)).toFixed(2)} × plain` : ''
      console.log(`${what.padEnd(20)} ${status} ${String(bytes).padStart(6)} bytes  ${String(Math.round(answers / Number(values.seconds))).padStart(6)} a second, ${(answers / base.answers).toFixed(2)} × plain${cpu}`)
    }
  } finally {
    await product.stop()
  }
}

/** A coverage answer of the size that screens ask for: of the first list's units by city, the one nearest to 40 kB. */
async function questionOf(address) {
  const read = async (path) => (await fetch(new URL(path, address))).json()
  const [list] = (await read('/api/lists')).lists
  if (!list) throw new Error('The server has no list.')
  const paths = (await read(`/api/lists/${list.code}/regions`)).units.map((unit) => `/api/lists/${list.code}/coverage?evidence=${list.evidences[0] ?? 'declared'}&by=city&region=${unit.code}`)
  const sizes = []
  for (const path of paths) sizes.push({ path, bytes: (await (await fetch(new URL(path, address))).arrayBuffer()).byteLength })
  return sizes.sort((a, b) => Math.abs(a.bytes - 40_000) - Math.abs(b.bytes - 40_000))[0].path
}

/** Asks for so long, and adds to a row what was answered and what it cost the server. */
async function measure(row, seconds) {
  const { host, hostname, port } = row.server.address
  const lines = [`GET ${row.path} HTTP/1.1`, `Host: ${host}`, 'User-Agent: bench', 'Accept: application/json', ...Object.entries(row.headers).map(([name, value]) => `${name}: ${value}`)]
  const question = { host: hostname, port: Number(port), request: `${lines.join('\r\n')}\r\n\r\n`, connections: Number(values.connections), seconds }
  const before = cpuMsOf(row.server.pid)
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('asker.mjs', import.meta.url)), JSON.stringify(question)])
  const { status, bytes, answers } = JSON.parse(stdout)
  Object.assign(row, { status, bytes, answers: row.answers + answers, cpuMs: row.cpuMs + cpuMsOf(row.server.pid) - before })
}

/** Time that a process has computed for, in milliseconds; 0 where the system does not tell. */
function cpuMsOf(pid) {
  const path = `/proc/${pid}/stat`
  if (pid === undefined || !existsSync(path)) return 0
  const fields = readFileSync(path, 'utf8').replace(/^.*\) /s, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function startProduct() {
  const folder = await mkdtemp(join(tmpdir(), 'lastmile-bench-'))
  console.error('Loading the demonstration …')
  const started = await start([fileURLToPath(new URL('../../server/dist/main.js', import.meta.url))], { DATA_DIR: join(folder, 'data'), PORT: '0', DATABASE_URL: undefined, LASTMILE_DEMO: 'on', LOG_LEVEL: 'error' })
  return {
    ...started,
    stop: async () => {
      await started.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The same bytes from a process that does nothing but send them. */
function startPlain(headers, body) {
  return start([fileURLToPath(import.meta.url), '--plain', JSON.stringify(headers)], {}, body)
}

/** Starts a process and waits until it says where it answers. */
function start(words, settings, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { env: { ...process.env, ...settings }, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(input)
    const ended = new Promise((over) => child.once('exit', over))
    void ended.then((code) => reject(new Error(`${words[0]} ended (${code})`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /at (http:\S+)/.exec(text)
      if (found) resolve({ address: new URL(found[1]), pid: child.pid, stop: () => (child.kill('SIGTERM'), ended) })
    })
  })
}

/** The other side of the comparison: what Node itself can do. */
function servePlain(headers) {
  const ours = JSON.parse(headers).flat()
  const chunks = []
  process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const body = Buffer.concat(chunks)
    const server = createServer((request, response) => {
      if (request.headers['if-none-match'] !== undefined) response.writeHead(304, { ETag: request.headers['if-none-match'] }).end()
      else response.writeHead(200, request.url === '/ours' ? ours : { 'Content-Type': 'application/json', 'Content-Length': body.byteLength }).end(body)
    })
    server.listen(0, '127.0.0.1', () => console.log(`plain at http://127.0.0.1:${server.address().port}`))
  })
}
