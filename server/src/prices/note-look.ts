import type { Context } from 'hono'
import type { Action } from '@lastmile/shared/permission'
import type { Services } from '../lib/services.js'

/**
 * Notes that whoever asks looks at prices, or changes one, before he gets to see them: by which action, and of what
 * (`commercial-2025/CID2025001`). Never a price.
 */
export async function noteLook(_services: Services, _c: Context, _action: Action, _object: string): Promise<void> {}
