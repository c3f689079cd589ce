import type { NearestQuestion } from '@lastmile/shared/nearest'
import { Position } from '@lastmile/shared/position'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, lists } from '../api'
import type { Asked } from './coverage'

/**
 * The nearest institutions with a drug. The position is rounded before it becomes part of anything: the key lives in this
 * page's memory alone, the question travels in a body, and the URL has nothing of it. Forgotten as soon as nobody looks.
 */
export const nearestQuery = (list: string, question: Omit<Asked<NearestQuestion>, 'position'> & { drug: string; position: Position }) => {
  const rounded = { ...question, position: Position.parse(question.position) }
  return queryOptions({
    queryKey: [list, 'nearest', rounded] as const, gcTime: 0,
    queryFn: ({ signal }) => answerTo(lists[':list'].nearest.$post({ param: { list }, json: rounded }, { init: { signal } })),
  })
}
