// `npm start`: installs and builds, then serves in this very process. Node alone, no package of ours.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const parent = process.ppid
const built = spawnSync('npx --yes pnpm@10.34.8 run build', { cwd: root, stdio: 'inherit', shell: true })
if (built.status !== 0) process.exit(built.status ?? 1)

// npm passes a signal on to the shell between it and this process, and many a shell ends of it without a word to its
// child. The server would go on alone, with the data folder locked: it takes its parent's end for the signal.
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
process.setSourceMapsEnabled(true)
await import('./dist/main.js')
