import type { Status } from '@lastmile/shared/status'
import type { Text } from '@lastmile/shared/text'

/** What each status says, for who fills in a template. */
export const statusMeans: Record<Status, Text> = {
  in_stock: { zh: '机构现有该药，可随时供应。只有这一项计为“已配备”。', en: 'The institution keeps the drug and can supply it now. This alone counts as stocked.' },
  on_order: { zh: '现无库存，可在若干天内订到；请填天数。', en: 'Not on the shelf, can be had in so many days: fill in how many.' },
  out_of_stock: { zh: '机构配备该药，但目前断货。', en: 'Carried there, and run out.' },
  not_carried: { zh: '机构从未配备该药；请选原因。', en: 'Never admitted there: choose a reason.' },
  discontinued: { zh: '曾经配备，现已停止。', en: 'Carried before, and given up.' },
  not_known: { zh: '该机构在报送范围，但情况不详。不等于没有。', en: 'Within the scope, and nobody knows. Not the same as none.' },
}

export const words = {
  instructions: { zh: '填报说明', en: 'Instructions' },
  data: { zh: '填报', en: 'Data' },
  title: { zh: '填报模板', en: 'template' },
  hint: { zh: '只填黄色表头的列，灰色为主数据，已锁定。状态留空的行视为未报送，不表示“没有”。填写说明见另一工作表。', en: 'Fill in the columns with a yellow heading; grey ones are master data and locked. A row whose status is left blank is not reported, which does not mean "none". See the other sheet.' },
  period: { zh: '报送期', en: 'Period' },
  asOf: { zh: '所述日期', en: 'As of' },
  due: { zh: '应报日期', en: 'Due by' },
  source: { zh: '报送方', en: 'Source' },
  scope: { zh: '行', en: 'Rows' },
  scopeMeans: { zh: '上次报送过且未撤下的品种机构对，以及当日符合条件而尚未报送过的，共{n}行。', en: 'Pairs that this source reported and has not left out since, and those that are eligible on the day and were not reported yet: {n} rows.' },
  blank: { zh: '空白', en: 'Blank' },
  blankMeans: { zh: '整行未填（状态、观察日期、原因、天数、数量、价格都空白）＝未报送：本次对该行不作任何表述。“上期状态”仅供对照，不会随文件再次报送；情况没有变化也请重新选择状态。', en: 'A row in which nothing is filled in (status, observed day, reason, days, quantity and price all blank) is not reported: it says nothing this time. The last status is there to compare and is not sent again; where nothing has changed, choose the status again.' },
  snapshot: { zh: '本来源按全量报送：留空的行在本期显示为“未报送”。', en: 'This source reports snapshots: a row that is left blank shows as "not reported" from this report on.' },
  changes: { zh: '本来源只报变化：留空的行沿用此前的表述。', en: 'This source reports changes: for a row that is left blank, what was said before goes on.' },
  status: { zh: '状态', en: 'Status' },
  reason: { zh: '原因', en: 'Reason' },
  reasonMeans: { zh: '“未配备”等的原因，从下拉列表中选择。', en: 'Why a drug is not carried; choose from the list.' },
  day: { zh: '日期', en: 'Days' },
  dayMeans: { zh: '写作2026-05-31。填报日期应在报送期内；观察日期可以更早，旧情况不会因重新填报而变新。', en: 'Written 2026-05-31. The day of filing lies in the period; the observed day may be earlier: what is old stays old.' },
  figure: { zh: '数量、天数、价格', en: 'Quantity, days, price' },
  figureMeans: { zh: '可不填。只写数字，不带单位和千位分隔符；价格最多两位小数。', en: 'May be left out. Digits alone, no unit and no separator of thousands; a price has at most two decimals.' },
  more: { zh: '另有机构', en: 'Others' },
  moreMeans: { zh: '表中没有的机构和药品，可在末行之后自行添加。', en: 'Institutions and drugs that are not listed can be added below the last row.' },
  send: { zh: '报送', en: 'Sending' },
  sendMeans: { zh: '保存后在“报送”页上传本文件，来源和报送期与此处一致。可先“仅校验”。', en: 'Save this file and send it on the page Reports, as this source and for this period. "Check only" tries it first.' },
  lastStatus: { zh: '下拉选择', en: 'Choose' },
} as const satisfies Record<string, Text>
