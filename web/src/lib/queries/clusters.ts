import type { ClustersQuestion } from '@lastmile/shared/basis'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

type Question = Asked<ClustersQuestion> & Pick<ClustersQuestion, 'bbox' | 'zoom'>

/** Institutions as marks for one view of the map. */
export const clustersQuery = (list: string, params: Question) =>
  queryOptions({
    queryKey: [list, 'clusters', params] as const,
    queryFn: ({ signal }) => answerTo(lists[':list'].institutions.clusters.$get({ param: { list }, query: { ...asQuery(params), bbox: params.bbox, zoom: String(params.zoom) } }, { init: { signal } })),
  })
