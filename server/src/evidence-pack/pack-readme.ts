import type { EvidencePack } from '@lastmile/shared/evidence-pack'
import { evidenceWords } from './pack-words.js'

/** What a pack holds, and what must not be read from it: in Chinese, then in English. */
export function readmeText(pack: EvidencePack): string {
  const { list, listName, case: code, state, version, evidence, asOf, knownOn, madeBy, madeWith, seenAs, onlyDrug, onlyRegion, demonstration, gaps } = pack
  const only = [onlyDrug, onlyRegion].filter((one) => one !== null).join(' ')
  const unjudged = gaps.filter(({ pictures }) => pictures === null).length
  return `督导案件证据包
==============

案件        ${code}（${stateZh[state]}，第${version}版）
目录        ${listName.zh}（${list}）
案件依据    ${evidenceWords[evidence].zh}（${evidence}）
截至        ${asOf}
获知时点    ${knownOn}（本系统当时所知；此后接受的报送不在其中）
制作        ${madeBy.name}（${madeBy.role}），Lastmile ${madeWith}；何时、由谁取走，见审计记录
范围        ${seenAs === 'office' ? '承办部门可见的全部内容' : '收函单位可见的内容：本单位收到的函件及其所列缺口；不含承办部门内部意见和其他函件'}${only === '' ? '' : `；仅限 ${only}`}
${demonstration ? '注意        演示数据：机构与保险产品为合成，总数与公布一致，未配备品种与全部价格为抽签产生\n' : ''}
文件
  timeline.csv      办理过程：每一步和每条意见的日期、登记时点、由谁、事项、内容
  gaps.csv          缺口：立案时、截至日，所依标准的版本和理由
  courses.csv       图中的数字：每次变化之日起有货的机构数、标准要求
  pictures/         每个缺口一图（中文、英文）：有货机构数随时间的变化、标准要求、函件和答复的日期
  notices/          函件（发出时的原文，中文、英文）和答复，DOCX
  attachments/      随函件、答复提交的文件，原样；原文件名见 attachments.csv
  statements.csv    这些药品在这些地区的全部记录，各类证据，含后来被取代和更正的
  reports.csv       记录所出自的报送：文件名、SHA-256、接受和更正时点
  case.json         供程序读取
  SHA256SUMS        以上各文件的校验和（sha256sum -c SHA256SUMS）

statements.csv 各列
  status 所述状态；day 记录日期，day_basis 取自观察日（observed）、填报日（filed）或报送截止日（as_of）
  counts_as 截至日按此计入的状态；空白表示另有记录有效，或该记录不再有效
  corrected 所在报送是否已被更正；report、line 报送编号和文件中的行号，行号空白表示该报送不再列出
  供应记录（supplied）是事件，没有状态

不得由此推断
  · 未报送、不详、过期都不等于零，也不等于没有。
  · 企业申报（declared）不等于机构确认，更不等于实际销售；各类证据不得相加、相减。
  · 各药品的机构数有重复，不得相加。
  · 空白表示未载明、不详或制作人无权查看，不等于零，也不等于没有。
  · 案件和函件是督促，不是处罚；结案依据后续记录，不依据承诺。${unjudged === 0 ? '' : `\n  · 有${unjudged}个缺口已没有标准，没有图；没有标准不等于达标。`}

以同一截至日（asOf=${asOf}）和获知时点（knownOn=${knownOn}）由同一人在同一版本再次制作，案件未变动的，各字节相同。


Evidence pack of a supervision case
===================================

Case        ${code} (${state}, version ${version})
List        ${listName.en} (${list})
Evidence    ${evidenceWords[evidence].en} (${evidence})
As of       ${asOf}
Known on    ${knownOn} (what this system knew then; what was accepted later is not in it)
Made by     ${madeBy.name} (${madeBy.role}), Lastmile ${madeWith}; who took it, and when, the audit says
Extent      ${seenAs === 'office' ? 'all that the office that keeps the case sees' : 'what its addressee sees: the letters to it and the gaps that they name; not what the office said within, nor other letters'}${only === '' ? '' : `; of ${only} alone`}
${demonstration ? 'Beware      demonstration data: institutions and insurance plans synthetic, totals as published, unstocked drugs and all prices drawn by lot\n' : ''}
Files
  timeline.csv      every step and comment: its day, when it was entered, by whom, what
  gaps.csv          the gaps as they were opened and as they are, with the version of the standard and its reason
  courses.csv       the figures of the pictures: from each day of change on, the institutions in stock and what is asked
  pictures/         a picture of each gap, in Chinese and English: institutions in stock over time, what the standard asks, the days of letters and answers
  notices/          letters as they were sent, in Chinese and English, and their answers; DOCX
  attachments/      files that came with letters and answers, byte for byte; their own names are in attachments.csv
  statements.csv    all that was said of these drugs in these places, under every kind of evidence, also what was superseded or corrected later
  reports.csv       the reports in which it was said: file names, SHA-256, when they were accepted and corrected
  case.json         for programs
  SHA256SUMS        digests of all these files (sha256sum -c SHA256SUMS)

Columns of statements.csv
  status is what was said; day is the day of it, and day_basis where that was taken from: observed, filed, or the as-of day of the report (as_of)
  counts_as is the state as which it counts on the as-of day; blank: another statement holds, or it holds no more
  corrected: whether its report was corrected; report and line: the code of the report and the row in its file, blank where the report left the pair out
  what was supplied is an event and has no status

What must not be read from it
  - Not reported, not known and stale are not zero, and not "none".
  - What a company declares is not confirmed, and still less sold; kinds of evidence are never added or subtracted.
  - Institutions of several drugs overlap and are never added up.
  - Blank is not said, not known, or not for whoever made this to see: not zero, and not "none".
  - A case and its letters ask; they are no penalty. What closes a case is statements, not promises.${unjudged === 0 ? '' : `\n  - Of ${unjudged} of the gaps no standard speaks any more: they have no picture, and that is not the same as met.`}

Made again of the same day (asOf=${asOf}) and instant (knownOn=${knownOn}) by the same person with the same release, with nothing done with the case since, it is the same byte for byte.
`
}

const stateZh = { open: '待发函', notified: '待答复', answered: '待核对', closed: '已结案' } as const
