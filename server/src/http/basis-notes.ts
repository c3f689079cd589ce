import type { Basis } from '@lastmile/shared/basis'
import type { Page } from '@lastmile/shared/page'

/** What every export says of itself: whose word, as of when, known when, and that the demonstration is one. */
export function basisNotes(basis: Basis): [string, string][] {
  const notes: [string, string][] = [
    ['list 目录', basis.list],
    ['evidence 证据', basis.evidence ?? 'all kinds 综合'],
    ['as of 截至', basis.asOf],
    ['known on 获知时点', basis.knownOn ?? 'now 当前'],
  ]
  if (basis.since) notes.push(['supplies since 供应自', basis.since])
  if (basis.demonstration) notes.push(demonstrationNote)
  notes.push(['an empty cell 空白', 'not reported, which is not zero 未报送，不等于零'])
  return notes
}

/** To what an export is limited: without it a file of one province would be read as the country. */
export function limitNotes(limits: { drug?: string | null | undefined; region?: string | null | undefined; company?: string | null | undefined }): [string, string][] {
  const notes: [string, string][] = [['drug 药品', limits.drug ?? 'all 全部'], ['region 地区', limits.region ?? 'all 全部']]
  if (limits.company) notes.push(['company 企业', limits.company])
  return notes
}

/** Says so where an export does not hold all rows: a list that was cut without a word would be read as the whole. */
export function cutNotes(page: Page): [string, string][] {
  return page.total > page.limit ? [['cut 已截断', `the first ${page.limit} of ${page.total} rows: narrow the question for the rest 仅含前${page.limit}行，共${page.total}行`]] : []
}

/** Stands on every export of the demonstration. */
export const demonstrationNote: [string, string] = [
  'demonstration data 演示数据',
  'institutions and insurance plans synthetic, totals as published, unstocked drugs and all prices drawn by lot 机构与保险产品为合成，总数与公布一致，未配备品种与全部价格为抽签产生',
]
