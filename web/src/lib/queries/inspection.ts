import type { InspectionQuestion, InspectionSubject } from '@lastmile/shared/inspection'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

/** Sheets that come together: as many as are drawn at a time without a halt. */
const limit = 8

/** Sheets of a kind, or one of them, as many at a time as come together: all pages make the pack. */
export const inspectionQuery = (list: string, question: Omit<Asked<InspectionQuestion>, 'offset' | 'limit'> & { of: InspectionSubject }) => infiniteQueryOptions({
  queryKey: [list, 'inspection', question] as const, initialPageParam: 0,
  queryFn: ({ signal, pageParam: offset }) => answerTo(lists[':list'].inspection.$get({ param: { list }, query: asQuery({ ...question, offset, limit }) }, { init: { signal } })),
  getNextPageParam: ({ page, sheets }) => (page.offset + sheets.length < page.total ? page.offset + sheets.length : undefined),
})
