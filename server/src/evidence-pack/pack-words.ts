import type { Evidence } from '@lastmile/shared/evidence'
import type { CaseEventKind } from '@lastmile/shared/case-answer'
import type { NoticeChannel } from '@lastmile/shared/notice'
import type { Reason } from '@lastmile/shared/status'
import type { Language, Text } from '@lastmile/shared/text'

/* What the documents and pictures of a pack say. */

export const evidenceWords: Record<Evidence, Text> = { declared: { zh: '企业申报', en: 'declared by the company' }, confirmed: { zh: '机构或省级确认', en: 'confirmed by the institution or its province' }, supplied: { zh: '实际供应', en: 'seen in a sale or settlement' } }

export const reasonWords: Record<Reason, Text> = {
  cold_chain: { zh: '冷链或注射条件', en: 'cold chain or injection conditions' }, few_patients: { zh: '患者少', en: 'few patients' }, thin_margin: { zh: '利润低', en: 'thin margin' }, qualified_centre: { zh: '需有资质的中心', en: 'qualified centre needed' },
  performance_assessment: { zh: '医院绩效考核', en: 'performance assessment' }, expiry_risk: { zh: '过期风险', en: 'risk of expiry' }, formulary_size: { zh: '医院目录品规数', en: 'size of the formulary' }, committee_not_convened: { zh: '药事会尚未召开', en: 'committee not yet convened' },
  supply: { zh: '供应问题', en: 'supply' }, other: { zh: '其他原因', en: 'other reason' },
}

export const channelWords: Record<NoticeChannel, Text> = { system: { zh: '本系统', en: 'in the system' }, post: { zh: '邮寄', en: 'by post' }, fax: { zh: '传真', en: 'by fax' }, email: { zh: '电子邮件', en: 'by e-mail' }, meeting: { zh: '当面', en: 'in person' } }

export const answerWords = {
  title: { zh: (number: string) => `对${number}的答复`, en: (number: string) => `Answer to ${number}` },
  reasons: { zh: '未达标原因', en: 'Reasons' }, plan: { zh: '整改措施（原文）', en: 'What is done about it (in its own words)' }, doneBy: { zh: '预计完成日期', en: 'To be done by' }, came: { zh: '答复日期与方式', en: 'Answered on, and how' },
  onBehalf: { zh: '，由承办部门代为登记', en: '; entered for the addressee by the office' }, attached: { zh: '附件', en: 'Files' }, none: { zh: '无', en: 'none' },
} as const

export const demonstrationMark: Text = { zh: '演示数据，非正式公文', en: 'Demonstration data, not an official document' }

/** What a picture says. The steps that it names are those that are done with letters, and with the case as a whole. */
interface CourseWords {
  says(evidence: string, asOf: string): string
  inStock: string
  minimum: string
  unknown: string
  note: string
  demonstration: string
  steps: Record<Exclude<CaseEventKind, 'draft' | 'change' | 'check'>, string>
}
export const courseWords: Record<Language, CourseWords> = {
  zh: {
    says: (evidence, asOf) => `配备机构数（按现行标准所计），依据：${evidence}；截至${asOf}`, inStock: '有货的机构（家）', minimum: '标准要求的最低家数', unknown: '未报送或情况不明，不等于零',
    note: '各类证据分列，不得相加；申报不等于实际供应。', demonstration: '演示数据。',
    steps: { open: '立案', send: '发出督导函', acknowledge: '签收', answer: '答复', withdraw: '撤回督导函', escalate: '升级', close: '结案', reopen: '重新立案' },
  },
  en: {
    says: (evidence, asOf) => `Institutions in stock (as the standard in force counts), ${evidence}; as of ${asOf}`, inStock: 'Institutions in stock', minimum: 'Least that is asked', unknown: 'Not reported or not known: not zero',
    note: 'Kinds of evidence are never added; what is declared is not what was sold. ', demonstration: 'Demonstration data.',
    steps: { open: 'Case opened', send: 'Letter sent', acknowledge: 'Acknowledged', answer: 'Answered', withdraw: 'Letter withdrawn', escalate: 'Taken a step further', close: 'Case closed', reopen: 'Case opened again' },
  },
}
