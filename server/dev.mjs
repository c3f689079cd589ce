// `pnpm dev`: compiles on change, restarts the server, and serves the front end with hot reload on port 5173, where
// /api goes to the server. Ctrl-C ends all three; so does the end of any of them. Node alone, no package of ours.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const onWindows = process.platform === 'win32'

/** A file of a package as the workspace package in `from` sees it. */
const fileOf = (from, name, path) => join(dirname(createRequire(join(root, from, 'package.json')).resolve(`${name}/package.json`)), path)
const tsc = fileOf('.', 'typescript', 'bin/tsc')
const vite = fileOf('web', 'vite', 'bin/vite.js')

console.log('dev    | compiling …')
const built = spawnSync(process.execPath, [tsc, '-b', 'server'], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const children = [
  // The server and what it stands on. Watching the front end and the tests too would take tens of seconds a change:
  // vite compiles the one, the editor and `npm test` check both.
  start('tsc', [tsc, '-b', 'server', '--watch', '--preserveWatchOutput'], root),
  start('server', ['--watch', '--watch-preserve-output', '--enable-source-maps', 'server/dist/main.js'], root),
  start('web', [vite], join(root, 'web')),
]

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0))

/** Runs Node with arguments; every line it prints stands behind its name. In a group of its own, so that what it leaves behind can be ended too. */
function start(name, args, cwd) {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: !onWindows })
  for (const stream of [child.stdout, child.stderr]) prefixLines(stream, `${name.padEnd(6)} | `)
  child.on('exit', (code) => {
    if (!stopping) console.log(`dev    | ${name} ended (${code}); stopping the others`)
    endGroup(child, 'SIGTERM')
    stop(code ?? 1)
  })
  return child
}

function prefixLines(stream, prefix) {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) if (line.trim() !== '') console.log(prefix + line)
  })
}

/** Asks all children to end; this process ends with the last of them. What is still there after five seconds is killed. */
function stop(code) {
  if (stopping) return
  stopping = true
  process.exitCode = code
  for (const child of children) {
    // Only the child itself: `node --watch` passes the signal on, and a server that gets two does not close its database.
    if (onWindows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    else child.kill('SIGTERM')
  }
  setTimeout(() => {
    for (const child of children) endGroup(child, 'SIGKILL')
  }, 5_000).unref()
}

function endGroup(child, signal) {
  if (onWindows || child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nothing is left of it.
  }
}
