import type { InstitutionsQuestion } from '@lastmile/shared/basis'
import type { InstitutionsAnswer } from '@lastmile/shared/institution'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const page = 500

/** Institutions for a map: all pages, up to `most` rows. `total` says how many there are. */
export const allInstitutionsQuery = (list: string, params: Omit<Asked<InstitutionsQuestion>, 'offset' | 'limit'>, most = 3000) =>
  queryOptions({
    queryKey: [list, 'institutions', { ...params, most }] as const,
    queryFn: async ({ signal }) => {
      const rows: InstitutionsAnswer['rows'] = []
      let total = 0
      for (let offset = 0; offset < most; offset += page) {
        const answer = await answerTo(lists[':list'].institutions.$get({ param: { list }, query: asQuery({ ...params, offset, limit: page }) }, { init: { signal } }))
        rows.push(...answer.rows)
        total = answer.page.total
        if (rows.length >= total || answer.rows.length === 0) break
      }
      return { rows, total }
    },
  })
