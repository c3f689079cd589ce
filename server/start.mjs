// `npm start`: installs and builds, then serves in this very process, so that a signal to npm reaches the server: a shell
// or pnpm between the two would end on it and leave the server behind. Node alone, no package of ours.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = spawnSync('npx --yes pnpm@10.34.8 run build', { cwd: root, stdio: 'inherit', shell: true })
if (built.status !== 0) process.exit(built.status ?? 1)
process.setSourceMapsEnabled(true)
await import('./dist/main.js')
