import type { Columns } from '../reading/header.js'

/** The columns of a file of facts, in the order in which an export has them. */
export const factColumns = [
  'rung', 'drug_code', 'unit', 'city', 'says', 'valid_from', 'valid_to', 'exact', 'admitted_by', 'institutions', 'rule_zh', 'rule_en', 'review_path_zh', 'review_path_en', 'cases_applied', 'cases_approved', 'asked_on',
  'scheme_zh', 'scheme_en', 'pays_zh', 'pays_en', 'stopping', 'source_zh', 'source_en', 'document', 'dated', 'url', 'note_zh', 'note_en',
] as const
/** Of an export that comes in again: which fact a row is, and whose. Whoever writes a file himself leaves them out. */
export const keptColumns = ['fact', 'origin'] as const
export type FactColumn = (typeof factColumns)[number] | (typeof keptColumns)[number]

/** What somebody wrote, and not a code, a day or a number: it is kept as it was written. */
export const writtenColumns: ReadonlySet<FactColumn> = new Set<FactColumn>([
  'rule_zh', 'rule_en', 'review_path_zh', 'review_path_en', 'scheme_zh', 'scheme_en', 'pays_zh', 'pays_en', 'source_zh', 'source_en', 'document', 'url', 'note_zh', 'note_en',
])

/** The headings by which each is found. */
export const factHeadings: Columns<FactColumn> = {
  columns: {
    rung: ['环节', 'rung'], drug_code: ['药品编码', '药品代码', 'drug_code', 'drug'], unit: ['省份', '报送单元', 'unit'], city: ['城市', 'city'], says: ['状态', 'says'], valid_from: ['生效日期', '起始日期', 'valid_from'], valid_to: ['截止日期', 'valid_to'],
    exact: ['起始日确切', 'exact'], admitted_by: ['准入渠道', 'admitted_by'], institutions: ['机构数', 'institutions'], rule_zh: ['规则原文', 'rule_zh'], rule_en: ['规则原文（英文）', 'rule_en'], review_path_zh: ['审核路径', 'review_path_zh'], review_path_en: ['审核路径（英文）', 'review_path_en'],
    cases_applied: ['申请病例数', 'cases_applied'], cases_approved: ['通过病例数', 'cases_approved'], asked_on: ['申请时间', 'asked_on'], scheme_zh: ['产品或基金名称', 'scheme_zh'], scheme_en: ['产品或基金名称（英文）', 'scheme_en'], pays_zh: ['支付内容', 'pays_zh'], pays_en: ['支付内容（英文）', 'pays_en'],
    stopping: ['可能停止', 'stopping'], source_zh: ['依据', '来源', 'source_zh', 'source'], source_en: ['依据（英文）', 'source_en'], document: ['文号', 'document'], dated: ['发布日期', 'dated'], url: ['链接', 'url'], note_zh: ['备注', 'note_zh', 'note'], note_en: ['备注（英文）', 'note_en'],
    fact: ['记录编号', 'fact'], origin: ['填报来源', 'origin'],
  },
  required: ['rung', 'drug_code', 'unit', 'says', 'valid_from', 'source_zh'],
}
