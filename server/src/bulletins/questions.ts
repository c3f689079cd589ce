import type { BulletinDocument, BulletinFigures } from '@lastmile/shared/bulletin'
import { sayingOf } from './saying.js'

type Questions = BulletinDocument['questions']

const definitionZh = {
  declared: '指企业向本目录申报某机构已配备某药品，是企业的说法，尚不等于机构已确认，也不等于已有销售。',
  confirmed: '指机构本身或其所在省份确认该机构已配备某药品，随时可以供应。',
  supplied: '指在该机构见到至少一次销售或结算，自目录执行之日起累计，不代表截至日当天仍有库存。',
} as const
const reporterZh = { declared: '由目录药品的授权企业申报。', confirmed: '由各报送单元和医药机构报送。', supplied: '由销售和结算数据来源提供。' } as const
const definitionEn = {
  declared: 'A company says of its drug that the institution has it in stock. It is the company’s word: the institution has not confirmed it by that, and no sale was seen by that.',
  confirmed: 'The institution itself, or its province, confirms that it has the drug in stock.',
  supplied: 'At least one sale or settlement was seen at the institution since the list came into force. It does not say that the drug is in stock on the day.',
} as const
const reporterEn = { declared: 'The companies that answer for the listed drugs.', confirmed: 'Provincial units and institutions.', supplied: 'Feeds of sales and settlements.' } as const

/** The sheet of questions and answers that goes with a bulletin: definition, day, reporter, and what must not be compared. One page. */
export function questionsOf(figures: BulletinFigures, language: 'zh' | 'en', { number, isDraft }: { number: string; isDraft: boolean }): Questions {
  return language === 'zh' ? inChinese(figures, number, isDraft) : inEnglish(figures, number, isDraft)
}

function inChinese({ basis, total, timeZone, sourcesReported }: BulletinFigures, number: string, isDraft: boolean): Questions {
  const say = sayingOf('zh')
  const { evidence } = basis
  const word = evidence === 'supplied' ? '实际供应' : evidence === 'declared' ? '配备（企业申报）' : '配备（确认）'
  return {
    attachment: '附件', title: '有关问题解答',
    items: [
      { question: `1.“${word}”是什么意思？`, answer: definitionZh[evidence] },
      { question: '2.数据是哪一天的？', answer: `截至${say.day(basis.asOf)}${basis.since === null ? '' : `，自${say.day(basis.since)}起累计`}。以本系统在${basis.knownOn === null ? '当前' : say.instant(basis.knownOn, timeZone)}所知的记录编制；此后收到的更正不改变本通报，将在以后的通报中说明。` },
      { question: '3.由谁报送？', answer: `${reporterZh[evidence]}截至当日已有${sourcesReported}个来源报送。` },
      { question: '4.机构数怎样计算？', answer: `按去重后的机构家数计。一家机构有多种药品的只计一次，因此表1各药品的家数相加会大于${total.institutions}家，不得相加。` },
      { question: '5.“超过若干个”和比率区间怎样理解？', answer: '“超过20个”是下限，不是20个。比率区间的下限把情况不明的机构视为没有，上限视为有；真实数值在两者之间。' },
      { question: '6.哪些数字不得比较？', answer: '不同证据（企业申报、机构或省级确认、实际供应）衡量的内容不同，不得相加、相减或连成一条曲线；不同截至日的通报不得只比合计数，应看进出的机构；报送口径变化前后不得比较；比率须连同分母一并引用。' },
      { question: '7.没有报送的地方是不是没有药？', answer: '不是。未报送、不详、已过期都是情况不明，不等于零，也不等于未配备。' },
      { question: '8.患者能否据此找药？', answer: '不能只凭本通报。请以就近查询和机构答复为准；特殊药品（如细胞治疗）须在有资质的机构按患者制备。' },
      { question: '9.数字可否复核？', answer: isDraft ? '可以。每个数字均可打开其背后的记录；定稿后将留存各种格式文件及其摘要。' : `可以。${number}已固定留存，每个数字均可打开其背后的记录；按同一获知时点由数据重新生成，结果相同。` },
    ],
  }
}

function inEnglish({ basis, total, timeZone, sourcesReported }: BulletinFigures, number: string, isDraft: boolean): Questions {
  const say = sayingOf('en')
  const { evidence } = basis
  const word = evidence === 'supplied' ? 'supplied' : evidence === 'declared' ? 'in stock (declared)' : 'in stock (confirmed)'
  return {
    attachment: 'Attachment', title: 'Questions and answers',
    items: [
      { question: `1. What does “${word}” mean?`, answer: definitionEn[evidence] },
      { question: '2. Of which day are the figures?', answer: `As of ${say.day(basis.asOf)}${basis.since === null ? '' : `, cumulative since ${say.day(basis.since)}`}, by what this system knew ${basis.knownOn === null ? 'now' : `at ${say.instant(basis.knownOn, timeZone)}`}. Later corrections do not change this bulletin; later bulletins tell of them.` },
      { question: '3. Who reports?', answer: `${reporterEn[evidence]} ${say.number(sourcesReported)} had reported by that day.` },
      { question: '4. How are institutions counted?', answer: `Each once, however many of the drugs it has. The figures of drugs in Table 1 overlap and come to more than ${say.number(total.institutions)}: they must not be added up.` },
      { question: '5. What are “more than” and the ranges?', answer: '“More than 20” is a lower bound, not 20. The lower end of a share takes institutions of which nothing is known as no, the upper end as yes; what is so lies between.' },
      { question: '6. What must not be compared?', answer: 'Kinds of evidence (declared, confirmed, supplied) measure different things: never added, subtracted or drawn as one series. Totals of different days: look at what entered and left instead. Figures across a change in what a source reports. A share without its denominator.' },
      { question: '7. Is there no drug where nothing was reported?', answer: 'That is not known. Not reported, not known and stale are neither zero nor “not in stock”.' },
      { question: '8. Can a patient find the drug by this?', answer: 'Not by this alone: ask for the nearest institution, and ask there. Some drugs (cell therapies) are made for each patient at qualified centres.' },
      { question: '9. Can the figures be checked?', answer: isDraft ? 'Yes. Each number opens the rows behind it; once kept, all forms and their digests are stored.' : `Yes. ${number} is kept as it was; each number opens the rows behind it, and made again from the data as they were known then it is the same.` },
    ],
  }
}
