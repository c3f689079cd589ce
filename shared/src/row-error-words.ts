import type { RowErrorCode } from './reading.js'
import type { Language, Text } from './text.js'

/** What is wrong with a cell or a row, and how to mend it: on screen, and in the files that go back to their sender. */
export const rowErrorWords: Record<RowErrorCode, { readonly word: Text; readonly mend: Text }> = {
  MISSING_VALUE: { word: { zh: '必填项为空', en: 'Empty cell' }, mend: { zh: '请填写，该列不得为空。', en: 'Fill in the cell; this column may not be empty.' } },
  BAD_INSTITUTION_CODE: { word: { zh: '机构编码格式错误', en: 'Not an institution code' }, mend: { zh: '应为H或P加6位行政区划代码和5位顺序号，如H37010100001。', en: 'Write H or P, six digits of the division and five more: H37010100001.' } },
  UNKNOWN_INSTITUTION: { word: { zh: '机构不存在', en: 'Institution unknown' }, mend: { zh: '编码格式正确，但主数据中没有。请核对是否笔误，或先在主数据中登记。', en: 'The code is well formed and not in the master. Look for a slip of the pen, or have the institution added to the master first.' } },
  INSTITUTION_INACTIVE: { word: { zh: '机构未开业或已关闭', en: 'Institution not open' }, mend: { zh: '该机构当日未开业或已关闭。请删除该行，或更正主数据。', en: 'It is not yet open or is closed on this day. Leave the row out, or have the master corrected.' } },
  INSTITUTION_OUT_OF_SCOPE: { word: { zh: '机构不在报送范围', en: 'Institution outside your scope' }, mend: { zh: '该来源无权报送此机构，请删除该行。', en: 'This source does not report on this institution. Leave the row out.' } },
  UNKNOWN_DRUG: { word: { zh: '药品不存在', en: 'Drug unknown' }, mend: { zh: '请使用目录药品编码（如CID2025001）或认可的名称。', en: 'Use the code of the list (CID2025001 and so on) or one of the accepted names.' } },
  DRUG_OUT_OF_SCOPE: { word: { zh: '药品不在报送范围', en: 'Drug outside your scope' }, mend: { zh: '该来源不报送此药品，请删除该行。', en: 'This source does not report on this drug. Leave the row out.' } },
  BAD_STATUS: { word: { zh: '状态无法识别', en: 'Status not understood' }, mend: { zh: '请使用规定的状态：已配备、缺货、未配备、可预订、不详等。', en: 'Use one of the accepted words, such as 已配备, 缺货, 未配备, 可预订, 不详.' } },
  BAD_REASON: { word: { zh: '原因无法识别', en: 'Reason not understood' }, mend: { zh: '请使用规定的原因，或留空。', en: 'Use one of the reasons of the list, or leave the cell empty.' } },
  BAD_QUANTITY: { word: { zh: '数量格式错误', en: 'Not a quantity' }, mend: { zh: '请填写不小于零的整数，不带单位和千位分隔符。', en: 'Write a whole number of zero or more, without unit or thousands separator.' } },
  IN_STOCK_ZERO_QUANTITY: { word: { zh: '有货而数量为零', en: 'In stock, and none there' }, mend: { zh: '同一行自相矛盾：确有库存请更正数量，已无库存请改为“缺货”；数量不详请留空。', en: 'The row contradicts itself: correct the quantity, or say out of stock; leave the quantity empty if it is not known.' } },
  BAD_DATE: { word: { zh: '日期格式错误', en: 'Not a date' }, mend: { zh: '请写作2026-02-05。日历上不存在的日期不予接受。', en: 'Write the date as 2026-02-05. A day that is not in the calendar is refused.' } },
  DATE_IN_FUTURE: { word: { zh: '日期在未来', en: 'Date in the future' }, mend: { zh: '报送不能涉及未来的日期，请更正。', en: 'A report cannot speak of a day to come. Correct the date.' } },
  DATE_OUT_OF_PERIOD: { word: { zh: '日期不在报送期', en: 'Date outside the period' }, mend: { zh: '日期不在所报月份之内。请更正日期或另选月份。', en: 'The day lies outside the month reported. Correct the date or choose another month.' } },
  BAD_PRICE: { word: { zh: '价格格式错误', en: 'Not a price' }, mend: { zh: '价格应大于零，最多两位小数，不带千位分隔符。此处不显示价格。', en: 'Write the price above zero with at most two decimals and no thousands separator. The value is not shown here.' } },
  DUPLICATE_ROW: { word: { zh: '重复行', en: 'Row twice' }, mend: { zh: '前面已有同一机构同一药品的相同记录，请删除本行。', en: 'An earlier row says the same of this institution and drug. Delete this one.' } },
  CONFLICTING_ROW: { word: { zh: '行间矛盾', en: 'Rows contradict each other' }, mend: { zh: '同一机构同一药品有不同说法，均不采信。请只保留正确的一行。', en: 'Several rows say different things of this institution and drug; none is believed. Keep the right one.' } },
  CELL_ERROR: { word: { zh: '单元格为错误值', en: 'Error value in the cell' }, mend: { zh: '单元格显示#N/A等错误，请改为实际值。', en: 'The spreadsheet shows an error such as #N/A. Replace it by a value.' } },
  CELL_TOO_LONG: { word: { zh: '单元格内容过长', en: 'Cell too long' }, mend: { zh: '请缩短内容。', en: 'Shorten the text.' } },
  CONTROL_CHARS: { word: { zh: '含不可见字符', en: 'Invisible characters' }, mend: { zh: '内容含控制字符，请重新输入。', en: 'Type the value anew: it holds control characters.' } },
  FORMULA_NO_VALUE: { word: { zh: '公式没有结果', en: 'Formula without a value' }, mend: { zh: '请在电子表格中打开并重新保存，或将公式改为数值。', en: 'Open the file in the spreadsheet and save it again, or replace the formula by its value.' } },
  TOO_FEW_FIELDS: { word: { zh: '列数不足', en: 'Too few fields' }, mend: { zh: '本行的列数少于表头，请检查是否缺少逗号或引号。', en: 'The row has fewer fields than the heading. Look for a missing comma or quotation mark.' } },
  TOO_MANY_FIELDS: { word: { zh: '列数过多', en: 'Too many fields' }, mend: { zh: '本行的列数多于表头。含逗号的内容请加引号。', en: 'The row has more fields than the heading. Put values that hold commas into quotation marks.' } },
  UNKNOWN_REGION: { word: { zh: '地区不存在', en: 'Region unknown' }, mend: { zh: '该地区不在地区目录中，请更正代码。', en: 'The state or region is not in the region set. Correct the code.' } },
}

/** The same in one language. */
export function rowErrorWordsIn(language: Language): Record<RowErrorCode, { word: string; mend: string }> {
  return Object.fromEntries(Object.entries(rowErrorWords).map(([code, { word, mend }]) => [code, { word: word[language], mend: mend[language] }])) as Record<RowErrorCode, { word: string; mend: string }>
}
