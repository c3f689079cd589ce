import type { MessageSettings } from '@lastmile/shared/message'
import { eq } from 'drizzle-orm'
import type { Database } from '../database.js'
import { messageSetting } from '../schema/message.js'

/** How an account wants its mail, unless it has said otherwise: once a day, in both languages. */
export const usualMessageSettings: MessageSettings = { mail: 'daily', language: null }

/** How an account wants its mail. */
export async function messageSettingsOf(db: Database, account: string): Promise<MessageSettings> {
  const [row] = await db.select({ mail: messageSetting.mail, language: messageSetting.language }).from(messageSetting).where(eq(messageSetting.accountId, account))
  return row ?? usualMessageSettings
}

/** Keeps how an account wants its mail. */
export async function keepMessageSettings(db: Database, account: string, settings: MessageSettings): Promise<void> {
  await db.insert(messageSetting).values({ accountId: account, ...settings }).onConflictDoUpdate({ target: messageSetting.accountId, set: settings })
}
