import { asQuery, type lists } from '../api'

/** The questions that a page offers to download. */
type Downloadable = Extract<keyof (typeof lists)[':list'], 'headline' | 'coverage' | 'standings' | 'trend' | 'changes' | 'gaps' | 'statements' | 'institutions' | 'reports' | 'plans' | 'unconfirmed'> | `prices/${Extract<keyof (typeof lists)[':list']['prices'], 'retail' | 'settlement' | 'monitoring'>}`

/** The address of one of these questions in another format. */
export function downloadOf(list: string, name: Downloadable, params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/${name}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}

/** The address of a report's errors as a file. */
export function errorsDownload(list: string, id: string, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/reports/${encodeURIComponent(id)}/errors?format=${format}`
}
