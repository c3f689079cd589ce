import type { InvitationAnswer } from '@lastmile/shared/account'
import { parseArgs } from 'node:util'
import { bodyOf, runCommand } from './door.js'

await runCommand('Usage: pnpm invite ADDRESS\nADDRESS: of an account whose owner cannot sign in any more, such as the last administrator who has lost his second factor.', async (door, say) => {
  const { positionals: [email] } = parseArgs({ allowPositionals: true })
  if (email === undefined) throw new Error('Name the address of the account.')
  const { account, invitation } = await bodyOf<InvitationAnswer>(await door.ask('/api/commands/invite', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email }) }))
  say(`${account.name} (${account.email}) has no password and no second factor any more, and is signed out everywhere. This code sets a new password, once, until ${invitation.expiresAt}, at /invitation: ${invitation.code}`)
})
