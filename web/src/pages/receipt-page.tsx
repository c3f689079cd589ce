import { getRouteApi } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { ReceiptSheet } from '../features/reports/receipt-sheet'
import { receiptQuery } from '../lib/queries/rows'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Stack } from '../ui/page-head'

const route = getRouteApi('/$list/reports/$id/receipt')

/** The receipt of a report, to be read, printed, or saved as PDF. */
export function ReceiptPage() {
  const { list } = useWorld()
  const { id } = route.useParams()
  const answer = useQuery(receiptQuery(list.code, id))
  return <Stack><Answered query={answer} height={640}>{(receipt) => <ReceiptSheet receipt={receipt} told={new Date(answer.dataUpdatedAt).toISOString()} />}</Answered></Stack>
}
