import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Target } from '../migrate.js'
import { migrations as known } from '../migration.js'
import { program } from '../program.js'
import { dataSteps } from '../upgrade.js'

/**
 * Where a database lies that was brought up to what this program knows and holds nothing yet: new ones begin as it is,
 * instead of having every migration again. Named by all that made it. Null for another target, which begins with nothing.
 */
export function patternFor({ migrations = known, steps = dataSteps }: Target): string | null {
  if (migrations !== known || steps !== dataSteps) return null
  const made = createHash('sha256').update(JSON.stringify([program, migrations.map(({ when, hash }) => [when, hash]), steps.map(({ name }) => name)])).digest('hex').slice(0, 16)
  return fileURLToPath(new URL(`new-database-${made}.tar`, import.meta.url))
}
