import type { ReportRow } from '@lastmile/db/query/reports'
import type { Role } from '@lastmile/shared/permission'

/**
 * Whether a report's file opens to somebody who may see the report and open files: not to an officer of a city where it may
 * hold prices, which are the province's; unless he sent it himself. To whom it does not open, nothing tells its bytes from others.
 */
export function opensTo({ role, id }: { role: Role; id: string }, { mayHoldPrices, sentBy }: Pick<ReportRow, 'mayHoldPrices' | 'sentBy'>): boolean {
  return !mayHoldPrices || role !== 'city_officer' || sentBy === id
}
