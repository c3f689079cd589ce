import { asQuery, type lists } from '../api'

/** The questions that a page offers to download. */
type Downloadable = Extract<keyof (typeof lists)[':list'], 'headline' | 'coverage' | 'standings' | 'trend' | 'changes' | 'gaps' | 'statements' | 'institutions' | 'reports' | 'reporting' | 'plans' | 'cases' | 'company-requests' | 'demand' | 'bulletins' | 'contradictions' | 'inspection' | 'unconfirmed' | 'standards' | 'scorecard' | 'duties' | 'editions' | 'candidacies' | 'ladders' | 'ladder-facts'> | `prices/${Extract<keyof (typeof lists)[':list']['prices'], 'retail' | 'settlement' | 'monitoring'>}` | `gaps/${Extract<keyof (typeof lists)[':list']['gaps'], 'history'>}` | `progress/${Extract<keyof (typeof lists)[':list']['progress'], 'curves' | 'drop-off' | 'moves' | 'next-steps'>}`

/** The address of one of these questions in another format. */
export function downloadOf(list: string, name: Downloadable, params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/${name}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}

/** The address of a drug's life across editions as a file. */
export function lifeDownload(list: string, drug: string, params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/drugs/${encodeURIComponent(drug)}/life?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}

/** The address of a duty by unit and drug, or of its institutions, as a file. */
export function dutyDownload(list: string, duty: string, part: '' | '/institutions', params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/duties/${encodeURIComponent(duty)}${part}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}

/** The address of one ladder as a file. */
export function ladderDownload(list: string, drug: string, unit: string, params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/ladders/${encodeURIComponent(drug)}/${encodeURIComponent(unit)}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}

/** The address of a template to fill in, of a source and a month or a day, as far as it is narrowed. */
export function templateDownload(list: string, source: string, params: object): string {
  return `/api/lists/${encodeURIComponent(list)}/sources/${encodeURIComponent(source)}/template?${new URLSearchParams(asQuery(params) as Record<string, string>).toString()}`
}

/** The address of what a report says otherwise, as a file. */
export function differenceDownload(list: string, id: string, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/reports/${encodeURIComponent(id)}/difference?format=${format}`
}

/** The address of a report's errors as a file. */
export function errorsDownload(list: string, id: string, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/reports/${encodeURIComponent(id)}/errors?format=${format}`
}

/** The address of a report's own rows with its errors marked in them. */
export function markedDownload(list: string, id: string, language: string): string {
  return `/api/lists/${encodeURIComponent(list)}/reports/${encodeURIComponent(id)}/errors/file?language=${language}`
}

/** The address of a unit's scorecard as a file. */
export function scorecardDownload(list: string, unit: string, params: object, format: 'csv' | 'xlsx'): string {
  return `/api/lists/${encodeURIComponent(list)}/scorecard/${encodeURIComponent(unit)}?${new URLSearchParams(asQuery({ ...params, format }) as Record<string, string>).toString()}`
}
