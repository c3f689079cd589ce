import type { BulletinFigures, BulletinRun } from '@lastmile/shared/bulletin'
import type { Cause } from '@lastmile/shared/changes'
import { drugCount, figureOf, inMoreThan, isAnySilent, joined, listOf, ranked, said, sayingOf } from './saying.js'

const say = sayingOf('zh')
const n = figureOf(say)
const inStock = { state: 'in_stock' }
const unknownStates = { state: 'not_known,stale,not_reported' }

/** What each kind of evidence is called, whose word it is, and what it sees. */
export const evidenceZh = {
  declared: { name: '企业申报', by: '据企业申报', does: '配备', none: '尚无机构配备' },
  confirmed: { name: '机构或省级确认', by: '据机构或省级确认', does: '配备', none: '尚无机构确认配备' },
  supplied: { name: '实际供应', by: '据销售和结算记录', does: '供应', none: '未见供应' },
} as const

const causes: Record<Cause, string> = {
  new_statement: '新增记录', restated: '重新报送', negative_statement: '改报无货', not_known: '现报为不详', not_reported: '不再报送', lapse: '超期失效', closure: '机构关闭', correction: '更正',
}
const breakWords: Record<string, string> = {
  zeros_left_out: '不再报送无货的记录', zeros_back: '恢复报送无货的记录', unknowns_left_out: '不再报送不详的记录', unknowns_back: '恢复报送不详的记录', only_in_stock_left: '只报送已配备的记录', same_content: '以新的日期报送了相同内容',
}

/** What the places of a bulletin are called. */
export function placesZh({ basis, regionSet }: BulletinFigures): { unit: string; scope: (figures: BulletinFigures) => string } {
  return { unit: basis.region !== null ? '地市' : '报送单元', scope: ({ regionName }) => regionName?.zh ?? (regionSet === 'cn' ? '全国' : '各报送单元') }
}

/** The paragraphs of the first part: what holds, of how many, and what is not known. */
export function overallZh(figures: BulletinFigures): BulletinRun[][] {
  const { basis, total, drugs, places, listName } = figures
  const words = evidenceZh[basis.evidence]
  if (!figures.reported) return [[`截至${say.day(basis.asOf)}，${words.name}一类尚无人报送，情况不明。这不等于零。`]]
  const { unit, scope } = placesZh(figures)
  const kinds = ([['定点医疗机构', total.hospitals, 'hospital'], ['定点零售药店', total.pharmacies, 'pharmacy'], ['其他机构', total.others, 'other']] as const).filter(([name, count]) => count > 0 || name !== '其他机构')
  const breakdown = kinds.flatMap(([name, count, kind], i): BulletinRun[] => [`${i === 0 ? '' : '、'}${name}`, n(count, { kind, ...inStock }), '家'])
  const since = basis.since === null ? `截至${say.day(basis.asOf)}，${words.by}，` : `${say.day(basis.since)}至${say.day(basis.asOf)}，${words.by}，`
  const seen = basis.evidence === 'supplied' ? '见到实际供应' : '配备'
  const extent = basis.region === null ? said`，涉及${n(total.units, inStock)}个${unit}（共${total.unitsAll}个）、${n(total.cities, inStock)}个地市` : said`，涉及${n(total.cities, inStock)}个地市`
  const lead = joined([...said`${since}《${listName.zh}》内${drugCount(say, total.drugsListed)}种药品中，${n(total.drugsStocked, inStock)}种已在${scope(figures)}${n(total.institutions, inStock)}家定点医药机构${seen}，其中`, ...breakdown, ...extent, '。机构数按去重后的家数计。'])
  return [lead, ...withoutZh(figures), ...breadthZh(figures), ...unknownZh(figures, drugs, places, unit)]
}

function withoutZh({ basis, drugs, total }: BulletinFigures): BulletinRun[][] {
  const named = (word: BulletinFigures['drugs'][number]['said']) => drugs.filter((one) => one.said === word).map(({ name }) => name.zh)
  const parts = ([[evidenceZh[basis.evidence].none, named('no')], ['的记录均已过期或不详，情况不明', named('unknown')], ['无人报送，情况不明，不等于零', named('nothing')]] as const).filter(([, names]) => names.length > 0)
  if (parts.length === 0) return []
  const [first] = parts
  if (parts.length === 1) return [joined(said`其余${drugCount(say, total.drugsUnstocked)}种药品${first![0]}：${say.list(first![1])}。`)]
  return [joined([...said`其余${drugCount(say, total.drugsUnstocked)}种药品中，`, ...parts.flatMap(([what, names], i) => said`${i === 0 ? '' : '；'}${drugCount(say, names.length)}种${what}（${say.list(names)}）`), '。'])]
}

function breadthZh(figures: BulletinFigures): BulletinRun[][] {
  const { total: { drugsInMoreThan }, drugs } = figures
  const bounds = drugsInMoreThan.filter(({ drugs: count }) => count > 0)
  const breadth = bounds.length === 0 ? [] : [`从覆盖范围看，覆盖超过${say.list(bounds.map(({ units }) => `${units}个`))}${placesZh(figures).unit}的药品分别有`, ...listOf(say, bounds.map((one) => [drugCount(say, one.drugs), '种'])), '。']
  const named = ({ bound, drugs: own }: ReturnType<typeof inMoreThan>[number]): BulletinRun[] => [`超过${bound}家的有`, drugCount(say, own.length), '种（', ...listOf(say, own.map(({ drug, name, institutions }) => [`${name.zh}`, n(institutions, { drug, ...inStock }), '家'])), '）']
  const does = figures.basis.evidence === 'supplied' ? '有供应的机构' : '配备机构'
  const most = inMoreThan(drugs).flatMap((one, i) => [i === 0 ? does : '，', ...named(one)])
  return breadth.length + most.length === 0 ? [] : [joined([...breadth, ...(most.length === 0 ? [] : [...most, '。'])])]
}

function unknownZh({ total }: BulletinFigures, drugs: BulletinFigures['drugs'], places: BulletinFigures['places'], unit: string): BulletinRun[][] {
  const silent = places.filter(({ isSilent }) => isSilent)
  const isAnything = total.unknownInstitutions > 0 || drugs.some(({ unknown }) => unknown > 0)
  const parts: BulletinRun[][] = [
    ...(isAnything ? [said`${n(total.unknownInstitutions, unknownStates)}家机构的记录已过期、不详或不再报送，情况不明，未计入以上任何合计`] : []),
    ...(silent.length === 0 ? [] : [[`${silent.length}个${unit}没有有效记录（${say.list(silent.slice(0, 12).map(({ name }) => name.zh))}${silent.length > 12 ? '等' : ''}）`]]),
  ]
  const silentOf = isAnySilent(drugs) ? '符合条件而从未报送的机构同样情况不明，各药品的家数见表1。' : ''
  if (parts.length === 0) return silentOf === '' ? [] : [[`${silentOf}情况不明不等于零。`]]
  return [joined(['另有', ...parts.flatMap((part, i) => [i === 0 ? '' : '；', ...part]), `。${silentOf}情况不明不等于零。`])]
}

/** The paragraph before the table of drugs. */
export function ofDrugsZh({ drugs, basis }: BulletinFigures): BulletinRun[] {
  const share = drugs.some((one) => one.share !== null) ? `${basis.evidence === 'supplied' ? '供应' : '配备'}率的分母为符合该药品条件的机构，以区间表示：下限将情况不明的机构（含从未报送的）视为没有，上限视为有；符合条件的机构不足5家的，不列比率。` : ''
  return [`各药品情况见表1。${share}不同药品的机构有重复，不得相加。`]
}

/** The paragraph before the pictures and the table of places. */
export function ofPlacesZh(figures: BulletinFigures, hasMap: boolean): BulletinRun[] {
  const first = ranked(figures.places).filter(({ institutions }) => institutions > 0).slice(0, 5)
  const does = figures.basis.evidence === 'supplied' ? '有供应的机构' : '配备机构'
  const top = first.flatMap(({ name, region, institutions }, i): BulletinRun[] => [`${i === 0 ? '' : '、'}${name.zh}（`, n(institutions, { region, ...inStock }), '家）'])
  const where = hasMap ? '分布见图1，各地家数见图2和表2。' : '各地家数见图1和表2。'
  return joined([...(first.length === 0 ? [] : [`${does}较多的${placesZh(figures).unit}依次为`, ...top, '。']), where])
}

/** What changed since the bulletin before. */
export function sinceZh({ since, basis, timeZone, total }: BulletinFigures): BulletinRun[][] {
  if (since === null) return [['此前没有已发布的同一证据、同一范围的通报，不作比较。']]
  const counted = (counts: { cause: Cause; count: number }[]): BulletinRun[] => {
    const sum = counts.reduce((all, { count }) => all + count, 0)
    // The page that has them is of the whole.
    const n = (count: number): BulletinRun => (basis.region === null ? { text: say.number(count), page: 'changes', from: since.asOf } : say.number(count))
    return [n(sum), '家', ...(sum === 0 ? [] : ['（', ...listOf(say, counts.filter(({ count }) => count > 0).map(({ cause, count }) => [causes[cause], n(count), '家'])), '）'])]
  }
  const does = basis.evidence === 'supplied' ? '有供应的' : '配备的'
  const things = ([[`新增${does}药品`, since.drugsEntered], [`不再${does}药品`, since.drugsLeft], [`新增${does}地区`, since.placesEntered], [`不再${does}地区`, since.placesLeft]] as const).filter(([, list]) => list.length > 0).map(([what, list]) => `${what}${list.length}个：${say.list(list.map(({ name }) => name.zh))}`)
  const { entered, left } = since.corrected
  const breaks = since.breaks.map(({ day, source, reason }) => `${say.day(day)}起，${source.zh}${breakWords[reason] ?? '改变了报送内容'}`)
  return [
    joined([`与${since.number.zh}（截至${say.day(since.asOf)}）相比，自该日至本次截至日，新增机构`, ...counted(since.entered), '，退出机构', ...counted(since.left), `。${things.length === 0 ? '药品和地区没有进出。' : `${things.join('；')}。`}`]),
    ...(entered + left === 0 ? [] : [[`上次通报按${say.instant(since.knownOn, timeZone)}所知编制。其后经更正，该截至日补入机构${entered}家、剔除${left}家，已反映在本通报中。`]]),
    ...(breaks.length === 0 ? [] : [[`期间报送口径有变化：${breaks.join('；')}。上述进出中含口径变化所致，不代表实际变化；本通报不对两次合计数（本次${total.institutions}家）作增减比较。`]]),
  ]
}

/** What the figures rest on, and what must not be done with them. */
export function notesZh({ basis, timeZone, sourcesReported, document }: BulletinFigures): BulletinRun[][] {
  const words = evidenceZh[basis.evidence]
  const since = basis.since === null ? '' : `，自${say.day(basis.since)}起累计`
  const notes = [
    `证据类别：${words.name}${since}。已有${sourcesReported}个报送来源报送。本通报只用这一类证据，不同证据的数字不混用、不相加、不相减。`,
    `截至日：${say.day(basis.asOf)}。获知时点：${basis.knownOn === null ? '当前' : say.instant(basis.knownOn, timeZone)}；此后的更正不改变本通报。`,
    `未报送、不详、已过期均为情况不明，不等于零，也不等于未配备。`,
    ...(document === null ? [] : [`目录依据：${document.zh}。`]),
    ...(basis.demonstration ? ['演示数据：机构为合成，合计数与已公布的一致；哪些药品未配备系抽签产生，不反映真实企业的产品。'] : []),
  ]
  return notes.map((text, i) => [`${i + 1}.${text}`])
}
