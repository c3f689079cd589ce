import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Target } from '../migrate.js'
import { migrations as known } from '../migration.js'
import { program } from '../program.js'
import { dataSteps } from '../upgrade.js'

/** Where a database lies that was brought up to a target and holds nothing yet: new ones begin as it is, instead of having every migration again. Named by all that made it. */
export function patternFor({ migrations = known, steps = dataSteps }: Target): string {
  const made = createHash('sha256').update(JSON.stringify([program, migrations.map(({ when, hash }) => [when, hash]), steps.map(({ name }) => name)])).digest('hex').slice(0, 16)
  return fileURLToPath(new URL(`new-database-${program.pglite}-${made}.tar`, import.meta.url))
}
