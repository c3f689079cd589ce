import type { BulletinBlock, BulletinDocument, BulletinFigures, BulletinRun, BulletinTable } from '@lastmile/shared/bulletin'
import type { Day } from '@lastmile/shared/day'
import type { Language, Text } from '@lastmile/shared/text'
import { evidenceEn, notesEn, ofDrugsEn, ofPlacesEn, overallEn, placesEn, sinceEn } from './paragraphs-en.js'
import { evidenceZh, notesZh, ofDrugsZh, ofPlacesZh, overallZh, placesZh, sinceZh } from './paragraphs-zh.js'
import { questionsOf } from './questions.js'
import { figureOf, sayingOf } from './saying.js'

/** What a bulletin says of itself beside its figures. `number` null: it is a draft. `mapSource`: of the map, where there is one of the region set. */
export interface Imprint {
  number: Text | null
  issuer: Text | null
  redHeader: boolean
  signedOn: Day
  mapSource: Text | null
}

const inStock = { state: 'in_stock' }
const draft: Text = { zh: '（草稿，尚未编号）', en: '(draft, not numbered)' }

/** A bulletin in one language: the text, the tables and where the pictures stand. The same figures are the same document. */
export function documentOf(figures: BulletinFigures, language: Language, { number, issuer, redHeader, signedOn, mapSource }: Imprint): BulletinDocument {
  const say = sayingOf(language)
  const blocks = language === 'zh' ? blocksZh(figures, mapSource) : blocksEn(figures, mapSource)
  const named = say.text(number ?? draft)
  const { demonstration } = figures.basis
  return {
    language, issuer: issuer && say.text(issuer), redHeader, number: named, ...titleOf(figures, language),
    warning: demonstration ? (language === 'zh' ? '演示数据，并非真实通报' : 'Demonstration data: this is no real bulletin') : null,
    blocks, signedOn: say.day(signedOn), questions: questionsOf(figures, language, { number: named, isDraft: number === null }),
  }
}

function titleOf({ basis, listName, regionName }: BulletinFigures, language: Language): Pick<BulletinDocument, 'title' | 'subtitle'> {
  const say = sayingOf(language)
  const supplied = basis.evidence === 'supplied'
  if (language === 'zh') {
    const when = basis.since === null ? `截至${say.day(basis.asOf)}` : `${say.day(basis.since)}至${say.day(basis.asOf)}`
    return { title: `关于${listName.zh}药品${regionName === null ? '' : `在${regionName.zh}`}${supplied ? '供应' : '配备'}情况的通报`, subtitle: `（${evidenceZh[basis.evidence].name}，${when}）` }
  }
  const when = basis.since === null ? `as of ${say.day(basis.asOf)}` : `${say.day(basis.since)} to ${say.day(basis.asOf)}`
  return { title: `Bulletin on the ${supplied ? 'supply' : 'stocking'} of the ${listName.en}${regionName === null ? '' : ` in ${regionName.en}`}`, subtitle: `(${evidenceEn[basis.evidence].name}, ${when})` }
}

const paragraphs = (all: BulletinRun[][]): BulletinBlock[] => all.map((runs) => ({ block: 'paragraph', runs }))

function blocksZh(figures: BulletinFigures, mapSource: Text | null): BulletinBlock[] {
  const hasMap = mapSource !== null && figures.basis.region === null
  const does = figures.basis.evidence === 'supplied' ? '有供应的机构' : '配备机构'
  const { unit } = placesZh(figures)
  const has = figures.basis.evidence === 'supplied' ? '有供应的' : '已配备的'
  const reported = '“已报不明”为曾有记录、现已过期、不详或不再报送的机构，不含从未报送的，不等于零'
  const drugs = drugsTable(figures, 'zh', `表1 各药品${figures.basis.evidence === 'supplied' ? '供应' : '配备'}情况`, ['序号', '药品', '企业', '机构', '医疗机构', '零售药店', '报送单元', '地市', '已报不明', '比率区间'], `${reported}。比率区间后为符合条件的机构中${has}家数/符合条件的家数，以及其中不明的家数（含从未报送的）。“—”为没有有效记录，或不列比率。`)
  const places = placesTable(figures, 'zh', `表2 各${unit}${figures.basis.evidence === 'supplied' ? '供应' : '配备'}情况`, [unit, '药品（种）', '机构（家）', '医疗机构', '零售药店', '已报不明（家）'], { reported: `${reported}。`, silent: '“—”为没有有效记录，情况不明，不等于零。' })
  if (!figures.reported) return [{ block: 'heading', text: '一、总体情况' }, ...paragraphs(overallZh(figures)), { block: 'heading', text: '二、数据说明' }, ...paragraphs(notesZh(figures))]
  return [
    { block: 'heading', text: '一、总体情况' }, ...paragraphs(overallZh(figures)),
    { block: 'heading', text: '二、各药品情况' }, ...paragraphs([ofDrugsZh(figures)]), drugs,
    { block: 'heading', text: '三、各地区情况' }, ...paragraphs([ofPlacesZh(figures, hasMap)]),
    ...(hasMap ? [{ block: 'picture', id: 'map', title: `图1 各${unit}${does}分布`, note: mapSource.zh } as const] : []),
    { block: 'picture', id: 'bars', title: `图${hasMap ? 2 : 1} 各${unit}${does}数（家）`, note: null }, places,
    { block: 'heading', text: '四、与上次通报相比' }, ...paragraphs(sinceZh(figures)),
    { block: 'heading', text: '五、数据说明' }, ...paragraphs(notesZh(figures)),
  ]
}

function blocksEn(figures: BulletinFigures, mapSource: Text | null): BulletinBlock[] {
  const hasMap = mapSource !== null && figures.basis.region === null
  const { one, more } = placesEn(figures)
  const reported = (name: string) => `${name}: institutions of which something was said that is stale, not known or no longer reported by now; those of which nothing was ever said are not among them; not zero.`
  const drugs = drugsTable(figures, 'en', 'Table 1. Drugs', ['No.', 'Drug', 'Company', 'Inst.', 'Hosp.', 'Pharm.', 'Units', 'Cities', 'Rep. unk.', 'Share, %'], `Inst.: institutions, of which hospitals and pharmacies. ${reported('Rep. unk.')} Behind a share: how many of the eligible have it, how many are eligible, and how many of these are unknown, those of which nothing was ever said among them. “—”: nothing that still counts was said, or no share is given.`)
  const places = placesTable(figures, 'en', `Table 2. ${one === 'city' ? 'Cities' : 'Units'}`, [one === 'city' ? 'City' : 'Unit', 'Drugs', 'Institutions', 'Hospitals', 'Pharmacies', 'Reported, unknown'], { reported: reported('Reported, unknown'), silent: '“—”: nothing that still counts was said; not known, and not zero.' })
  if (!figures.reported) return [{ block: 'heading', text: '1. Overall' }, ...paragraphs(overallEn(figures)), { block: 'heading', text: '2. What the figures rest on' }, ...paragraphs(notesEn(figures))]
  return [
    { block: 'heading', text: '1. Overall' }, ...paragraphs(overallEn(figures)),
    { block: 'heading', text: '2. Drugs' }, ...paragraphs([ofDrugsEn(figures)]), drugs,
    { block: 'heading', text: '3. Places' }, ...paragraphs([ofPlacesEn(figures, hasMap)]),
    ...(hasMap ? [{ block: 'picture', id: 'map', title: `Figure 1. Institutions by ${one}`, note: mapSource.en } as const] : []),
    { block: 'picture', id: 'bars', title: `Figure ${hasMap ? 2 : 1}. Institutions in each of the ${more}`, note: null }, places,
    { block: 'heading', text: '4. Since the last bulletin' }, ...paragraphs(sinceEn(figures)),
    { block: 'heading', text: '5. What the figures rest on' }, ...paragraphs(notesEn(figures)),
  ]
}

/** Widths in hundredths, by what stands in a column. Of one unit the column of units is left out. */
function drugsTable({ drugs, basis }: BulletinFigures, language: Language, title: string, heads: readonly string[], note: string): BulletinTable {
  const say = sayingOf(language)
  const n = figureOf(say)
  const withUnits = basis.region === null
  const widths = language === 'zh' ? [4, 18, 16, 7, 7, 7, 7, 6, 7, 21] : [4, 18, 16, 7, 7, 8, 6, 7, 7, 20]
  const isShown = (i: number) => i !== 6 || withUnits
  const spread = withUnits ? 1 : 100 / (100 - widths[6]!)
  const rows = drugs.map(({ drug, name, companyName, said, institutions, hospitals, pharmacies, units, cities, eligible, share, unknown: open }, i) => {
    const isSilent = said === 'nothing' || said === 'unknown'
    const figure = (value: number, kind?: 'hospital' | 'pharmacy'): BulletinRun => (isSilent ? '—' : value === 0 ? '0' : n(value, { drug, ...inStock, ...(kind ? { kind } : {}) }))
    const cells: BulletinRun[] = [String(i + 1), say.text(name), say.text(companyName), figure(institutions), figure(hospitals, 'hospital'), figure(pharmacies, 'pharmacy'), figure(units), figure(cities), open === 0 ? '0' : n(open, { drug, state: 'not_known,stale,not_reported' }), share === null || eligible === null ? '—' : say.shareOf(share, eligible)]
    return { line: `drug:${drug}`, cells: cells.filter((_, at) => isShown(at)) }
  })
  const columns = heads.map((text, i) => ({ text, width: Math.floor(widths[i]! * spread), align: i === 1 || i === 2 ? 'left' as const : 'center' as const }))
  return { block: 'table', id: 'drugs', title, columns: columns.filter((_, at) => isShown(at)), rows, note }
}

function placesTable({ places }: BulletinFigures, language: Language, title: string, heads: readonly string[], notes: { reported: string; silent: string }): BulletinTable {
  const say = sayingOf(language)
  const n = figureOf(say)
  const rows = places.map(({ region, name, isSilent, drugs, institutions, hospitals, pharmacies, unknown }) => {
    const figure = (value: number, kind?: 'hospital' | 'pharmacy'): BulletinRun => (isSilent ? '—' : value === 0 ? '0' : n(value, { region, ...inStock, ...(kind ? { kind } : {}) }))
    const cells: BulletinRun[] = [say.text(name), figure(drugs), figure(institutions), figure(hospitals, 'hospital'), figure(pharmacies, 'pharmacy'), unknown === 0 ? '0' : n(unknown, { region, state: 'not_known,stale,not_reported' })]
    return { line: `place:${region}`, cells }
  })
  return { block: 'table', id: 'places', title, columns: heads.map((text, i) => ({ text, width: [25, 15, 15, 15, 15, 15][i]!, align: i === 0 ? 'left' as const : 'center' as const })), rows, note: places.some(({ isSilent }) => isSilent) ? `${notes.reported}${language === 'zh' ? '' : ' '}${notes.silent}` : notes.reported }
}
