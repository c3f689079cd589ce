// Fails the build where the first load of the overview, before map and charts, is more than 250 kB of gzipped JavaScript:
// the entry, the overview's page and one language, each with all they import statically.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 250_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const first = Object.keys(manifest).filter((key) => manifest[key].isEntry || /^src\/(pages\/overview-page\.tsx|locales\/zh\.ts)$/.test(key))

const seen = new Set()
function visit(key) {
  if (seen.has(key)) return
  seen.add(key)
  for (const child of manifest[key].imports ?? []) visit(child)
}
for (const key of first) visit(key)

const files = [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
const sizes = files.map((file) => [file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length])
const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
const forbidden = [...seen].filter((key) => /recharts|leaflet/.test(key))
for (const [file, bytes] of sizes.sort((a, b) => b[1] - a[1])) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
console.log(`first load of the overview: ${(total / 1000).toFixed(1)} kB of JavaScript, gzipped (limit ${LIMIT / 1000})`)
if (forbidden.length > 0) console.error(`charts or map are loaded at once: ${forbidden.join(', ')}`)
if (total > LIMIT || forbidden.length > 0) process.exit(1)
