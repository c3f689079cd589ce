import { customType } from 'drizzle-orm/pg-core'
import type { Instant } from '@lastmile/shared/day'

/** A `timestamptz` that is an ISO 8601 string in UTC on our side, whichever driver reads it. */
export const instant = customType<{ data: Instant; driverData: string | Date }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
  toDriver: (value) => value,
})
