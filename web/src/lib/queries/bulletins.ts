import type { BulletinForm, BulletinsQuestion, DraftQuestion, NewBulletin, NewComment } from '@lastmile/shared/bulletin'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, lists } from '../api'
import type { Asked } from './coverage'

const api = lists[':list'].bulletins
type Language = DraftQuestion['language']

/** Bulletins that whoever looks may see, one page of them. */
export const bulletinsQuery = (list: string, params: Asked<BulletinsQuestion> = {}) =>
  queryOptions({ queryKey: [list, 'bulletins', params] as const, queryFn: ({ signal }) => answerTo(api.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

/** A kept bulletin in one language. */
export const bulletinQuery = (list: string, code: string, language: Language) =>
  queryOptions({ queryKey: [list, 'bulletins', { code, language }] as const, queryFn: ({ signal }) => answerTo(api[':code'].$get({ param: { list, code }, query: { language } }, { init: { signal } })) })

/** One's own lines of a bulletin, with what was said of them. */
export const bulletinLinesQuery = (list: string, code: string, language: Language) =>
  queryOptions({ queryKey: [list, 'bulletins', { code, language, lines: true }] as const, queryFn: ({ signal }) => answerTo(api[':code'].lines.$get({ param: { list, code }, query: { language } }, { init: { signal } })) })

/** A bulletin as it would be. */
export const draftQuery = (list: string, params: Asked<DraftQuestion>) =>
  queryOptions({ queryKey: [list, 'bulletins', { draft: params }] as const, queryFn: ({ signal }) => answerTo(api.draft.$get({ param: { list }, query: asQuery(params) }, { init: { signal } })) })

export const keepBulletin = (list: string, json: NewBulletin) => answerTo(api.$post({ param: { list }, json }))
export const embargoBulletin = (list: string, code: string, publishAt: string) => answerTo(api[':code'].embargo.$post({ param: { list, code }, json: { publishAt } }))
export const holdBulletin = (list: string, code: string) => answerTo(api[':code'].embargo.$delete({ param: { list, code } }))
export const withdrawBulletin = (list: string, code: string, reason: string) => answerTo(api[':code'].withdrawal.$post({ param: { list, code }, json: { reason } }))
/** The bulletin made again from the data, held against what was kept. */
export const remakeBulletin = (list: string, code: string) => answerTo(api[':code'].remade.$get({ param: { list, code }, query: {} }))
export const commentBulletin = (list: string, code: string, language: Language, json: NewComment) => answerTo(api[':code'].comments.$post({ param: { list, code }, query: { language }, json }))

/** The address of a form of a kept bulletin. */
export function formDownload(list: string, code: string, form: BulletinForm): string {
  return `/api/lists/${encodeURIComponent(list)}/bulletins/${encodeURIComponent(code)}/forms/${form}`
}

/** The address of a form of a draft. */
export function draftDownload(list: string, params: Omit<Asked<DraftQuestion>, 'language'>, form: BulletinForm): string {
  return `/api/lists/${encodeURIComponent(list)}/bulletins/draft/forms/${form}?${new URLSearchParams(asQuery(params) as Record<string, string>).toString()}`
}
