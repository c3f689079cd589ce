import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const versionIn = (url: URL | string) => (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version
const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')

/** Which program this is: what it writes into the data, and what it says when it finds another's. */
export const program = {
  /** The product's version. */
  version: versionIn(new URL('../package.json', import.meta.url)),
  /** The embedded database's version. */
  pglite: versionIn(pglite.replace(/dist[/\\][^/\\]+$/, 'package.json')),
}
