import type { LadderContradictionKind } from './ladder.js'
import type { FactDetail } from './ladder-fact.js'
import type { AdmittedBy, FactOrigin, FactSaying, FactStanding, Rung, RungAsk, RungStanding, RungState } from './rung.js'
import type { Language, Text } from './text.js'

/* What rungs, their states and facts are called: on screens, in files that are imported, and in exports. */

/** `asks`: what the rung asks, in a sentence. */
export const rungWords: Record<Rung, { name: Text; short: Text; asks: Text }> = {
  platform_listed: { name: { zh: '平台挂网', en: 'Listed on the procurement platform' }, short: { zh: '挂网', en: 'Listed' }, asks: { zh: '药品已在省级药品采购平台挂网，医疗机构可以采购。', en: 'The drug is on the province\'s procurement platform, so institutions can buy it.' } },
  admitted: { name: { zh: '准入（进院或定点药店）', en: 'Admitted (formulary or designated pharmacy)' }, short: { zh: '准入', en: 'Admitted' }, asks: { zh: '至少一家医疗机构经药事会纳入用药目录，或纳入定点零售药店供应范围。', en: 'At least one hospital has it on its formulary, or a designated pharmacy carries it.' } },
  stocked: { name: { zh: '配备', en: 'Stocked' }, short: { zh: '配备', en: 'Stocked' }, asks: { zh: '省内至少一家定点医药机构配备，按报送计算。', en: 'At least one institution there keeps it, computed from reports.' } },
  supplied: { name: { zh: '实际供应', en: 'Supplied' }, short: { zh: '供应', en: 'Supplied' }, asks: { zh: '省内已见到销售或结算记录，按供应记录计算。', en: 'A sale or settlement was seen there, computed from supplies.' } },
  guide_listed: { name: { zh: '列入惠民保特药目录', en: 'Named in a customised insurance guide' }, short: { zh: '惠民保', en: 'Guide' }, asks: { zh: '当地在售的惠民保产品，其特药目录列有该药。', en: 'The guide of a customised insurance plan (惠民保) that is sold there names it.' } },
  one_stop_settlement: { name: { zh: '一站式结算', en: 'One-stop settlement' }, short: { zh: '一站式', en: 'One-stop' }, asks: { zh: '基本医保与商业健康保险在定点医疗机构同步结算。', en: 'Basic and commercial insurance settle at once at the counter.' } },
  settled: { name: { zh: '已有患者结算', en: 'Settled' }, short: { zh: '结算', en: 'Settled' }, asks: { zh: '已有患者经惠民保或一站式结算支付该药。供应记录不区分销售与结算，本项由企业或省级填报。', en: 'A patient\'s drug was paid for by a plan, or settled at once. A supply does not tell a sale from a settlement: it is entered by companies and provinces.' } },
  in_force: { name: { zh: '全省执行目录', en: 'List carried out in the province' }, short: { zh: '执行', en: 'In force' }, asks: { zh: '本省已在全省范围执行目录及配套措施。', en: 'The province carries out the list and its measures everywhere.' } },
  exclusion_self_pay: { name: { zh: '三除外之一：不计入自费率', en: 'Exclusion 1: not in the self-pay rate' }, short: { zh: '自费率除外', en: 'Self-pay' }, asks: { zh: '目录药品不计入参保人自费率指标。', en: 'Listed drugs stay out of the self-pay-rate indicator.' } },
  exclusion_substitute: { name: { zh: '三除外之二：不纳入集采替代监测', en: 'Exclusion 2: not in substitute monitoring' }, short: { zh: '替代监测除外', en: 'Substitute' }, asks: { zh: '目录药品不纳入集采中选可替代品种监测范围。', en: 'Listed drugs stay out of the monitoring of substitutes in volume-based procurement.' } },
  exclusion_drg: { name: { zh: '三除外之三：按病种付费除外', en: 'Exclusion 3: out of payment by case (DRG/DIP)' }, short: { zh: '病种付费除外', en: 'DRG/DIP' }, asks: { zh: '使用目录药品且符合条件的病例，经申请和审核可不按病种付费。属有条件除外。', en: 'Eligible cases may be left out of DRG/DIP payment on application and review: it is conditional.' } },
  tertiary_exemption: { name: { zh: '三级公立医院考核豁免', en: 'Exemption from tertiary-hospital assessment' }, short: { zh: '考核豁免', en: 'Exemption' }, asks: { zh: '目录药品不纳入三级公立医院绩效考核相关指标。', en: 'Listed drugs are exempted from the performance assessment of tertiary hospitals.' } },
  special_fund: { name: { zh: '专项基金', en: 'Special fund' }, short: { zh: '专项基金', en: 'Fund' }, asks: { zh: '当地有罕见病等专项保障资金支付。', en: 'A special fund or arrangement there pays, for rare diseases for one.' } },
}

export const rungStateWords: Record<RungState, Text> = {
  yes: { zh: '已具备', en: 'Yes' }, conditional: { zh: '有条件', en: 'Conditional' }, no: { zh: '未具备', en: 'No' }, not_known: { zh: '未知', en: 'Not known' },
}

/** As what rungs are asked for. */
export const rungAskWords: Record<RungAsk, Text> = { ...rungStateWords, held: { zh: '已具备或有条件', en: 'Yes or conditional' } }

export const rungStandingWords: Record<RungStanding, Text> = {
  confirmed: { zh: '已确认', en: 'Confirmed' }, published: { zh: '公开发布', en: 'As published' }, unconfirmed: { zh: '企业填报，未确认', en: 'Entered by the company, not confirmed' }, computed: { zh: '系统计算', en: 'Computed' },
}

export const factSayingWords: Record<FactSaying, Text> = {
  yes: { zh: '是', en: 'yes' }, conditional: { zh: '有条件', en: 'conditional' }, no: { zh: '否', en: 'no' }, required: { zh: '要求执行', en: 'required' },
}

export const factOriginWords: Record<FactOrigin, Text> = {
  province: { zh: '省级填报', en: 'Province' }, regulator: { zh: '国家填报', en: 'National regulator' }, company: { zh: '企业填报', en: 'Company' }, published: { zh: '公开发布', en: 'Publication' },
}

export const factStandingWords: Record<FactStanding, Text> = {
  unconfirmed: { zh: '待确认', en: 'To be confirmed' }, confirmed: { zh: '已确认', en: 'Confirmed' }, refused: { zh: '未予确认', en: 'Refused' },
}

export const admittedByWords: Record<AdmittedBy, Text> = {
  formulary: { zh: '医疗机构用药目录', en: 'hospital formulary' }, designated_pharmacy: { zh: '定点零售药店', en: 'designated pharmacy' }, both: { zh: '医疗机构与定点药店', en: 'formulary and designated pharmacy' },
}

export const factDetailWords: Record<keyof FactDetail, Text> = {
  by: { zh: '准入渠道', en: 'Admitted by' }, institutions: { zh: '机构数', en: 'Institutions' }, rule: { zh: '规则原文', en: 'Wording of the rule' }, reviewPath: { zh: '审核路径', en: 'Review path' },
  casesApplied: { zh: '申请病例数', en: 'Cases applied for' }, casesApproved: { zh: '通过病例数', en: 'Cases approved' }, askedOn: { zh: '申请时间', en: 'Asked on' }, scheme: { zh: '产品或基金名称', en: 'Plan or fund' },
  pays: { zh: '支付内容', en: 'What it pays' }, stopping: { zh: '据报道可能停止', en: 'Reported as about to stop' },
}

/** What a contradiction says; `{{a}}`, `{{b}}`: the days of its two rungs, where there are any. */
export const ladderContradictionWords: Record<LadderContradictionKind, Text> = {
  stocked_before_published: { zh: '配备（{{a}}）早于目录公布（{{b}}）', en: 'Stocked ({{a}}) before it was published as listed ({{b}})' },
  stocked_before_listed: { zh: '配备（{{a}}）早于挂网（{{b}}）', en: 'Stocked ({{a}}) before it was listed on the platform ({{b}})' },
  stocked_not_listed: { zh: '已配备，但平台未挂网', en: 'Stocked, and not listed on the platform' },
  stocked_not_admitted: { zh: '已配备，但未见准入', en: 'Stocked, and admitted nowhere' },
  supplied_before_in_force: { zh: '供应（{{a}}）早于执行（{{b}}）', en: 'Supplied ({{a}}) before the list was in force ({{b}})' },
  supplied_not_listed: { zh: '已有供应，但平台未挂网', en: 'Supplied, and not listed on the platform' },
  supplied_not_stocked: { zh: '已有供应，但各方均称未配备', en: 'Supplied, and said to be stocked nowhere' },
  settled_before_supplied: { zh: '结算（{{a}}）早于供应（{{b}}）', en: 'Settled ({{a}}) before it was supplied ({{b}})' },
  settled_not_supplied: { zh: '已有结算，但未见供应记录', en: 'Settled, and no supply was seen' },
  facts_disagree: { zh: '不同来源信息不一致', en: 'Sources disagree' },
  days_disagree: { zh: '起始日期说法不一：{{a}}、{{b}}', en: 'Different first days are said: {{a}}, {{b}}' },
}

/** Beside a total: what rests on a company's word alone. */
export const companyAloneWords: Record<'short' | 'without' | 'means', Text> = {
  short: { zh: '仅企业', en: 'company only' },
  without: { zh: '不含仅企业', en: 'without company only' },
  means: { zh: '“仅企业”：仅有企业填报或申报，未经确认，另行计数。', en: '"Company only": on the company\'s word alone, not confirmed; counted apart.' },
}

/** All of them in one language, as the screen looks them up. */
export function ladderWordsIn(language: Language) {
  const of = <Key extends string>(words: Record<Key, Text>) => Object.fromEntries(Object.entries<Text>(words).map(([key, text]) => [key, text[language]])) as Record<Key, string>
  const part = (name: 'name' | 'short' | 'asks') => Object.fromEntries(Object.entries(rungWords).map(([rung, words]) => [rung, words[name][language]])) as Record<Rung, string>
  return {
    rungs: part('name'), shorts: part('short'), asks: part('asks'), states: of(rungStateWords), asked: of(rungAskWords), standings: of(rungStandingWords), says: of(factSayingWords), origins: of(factOriginWords), factStandings: of(factStandingWords),
    by: of(admittedByWords), details: of(factDetailWords), contradictions: of(ladderContradictionWords),
  }
}
