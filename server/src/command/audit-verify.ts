import type { AuditVerdict } from '@lastmile/db/audit/verify'
import { bodyOf, runCommand } from './door.js'

await runCommand('Usage: pnpm audit:verify', async (door, say) => {
  const { entries, broken } = await bodyOf<AuditVerdict>(await door.ask('/api/commands/audit-verify', { method: 'POST' }))
  if (broken === null) return say(`The audit: ${entries} entries, unbroken.`)
  process.exitCode = 1
  say(`The audit: ${entries} entries, broken at entry ${broken.seq} (${broken.what}). ${broken.detail}`)
})
