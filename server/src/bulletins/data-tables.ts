import type { BulletinFigures } from '@lastmile/shared/bulletin'
import { demonstrationNote } from '../http/basis-notes.js'
import { csvPieces, safe, type ExportTable, type TableRow } from '../http/table-file.js'
import { columnLetters, workbookFile, type BookCell, type BookSheet } from '../writing/workbook-file.js'

type Table = Omit<ExportTable, 'name'>

/** The figures of a bulletin as one table: a row a thing, what it is about in its first columns. An empty cell is not known, which is not zero. */
export function bulletinTable({ basis, total, drugs, places, since }: BulletinFigures, number: string | null): Table {
  const columns = ['part', 'code', 'name_zh', 'name_en', 'company', 'said', 'drugs', 'institutions', 'hospitals', 'pharmacies', 'others', 'units', 'cities', 'reported_unknown', 'eligible', 'eligible_stocked', 'eligible_unknown', 'share_low', 'share_high']
  const { institutions, hospitals, pharmacies, others, units, cities, unknownInstitutions, drugsStocked } = total
  const counts = (one: { institutions: number; hospitals: number; pharmacies: number; others: number }, isSilent: boolean) => [one.institutions, one.hospitals, one.pharmacies, one.others].map((value) => (isSilent ? null : value))
  const rows: TableRow[] = [
    ['total', basis.region, null, null, null, null, drugsStocked, institutions, hospitals, pharmacies, others, units, cities, unknownInstitutions, null, null, null, null, null],
    ...total.drugsInMoreThan.map((one): TableRow => ['drugs_in_more_than', String(one.units), null, null, null, null, one.drugs, ...Array.from({ length: 12 }, () => null)]),
    ...drugs.map((one): TableRow => {
      const isSilent = one.said === 'nothing' || one.said === 'unknown'
      return ['drug', one.drug, one.name.zh, one.name.en, one.company, one.said, null, ...counts(one, isSilent), isSilent ? null : one.units, isSilent ? null : one.cities, one.unknown, one.eligible?.institutions ?? null, one.eligible?.stocked ?? null, one.eligible?.unknown ?? null, one.share?.low ?? null, one.share?.high ?? null]
    }),
    ...places.map((one): TableRow => ['place', one.region, one.name.zh, one.name.en, null, null, one.isSilent ? null : one.drugs, ...counts(one, one.isSilent), null, null, one.unknown, null, null, null, null, null]),
    ...(since === null ? [] : ([['entered', since.entered], ['left', since.left]] as const).flatMap(([part, list]) => list.map(({ cause, count }): TableRow => [`${part}_since_${since.code}`, cause, null, null, null, null, null, count, ...Array.from({ length: 11 }, () => null)]))),
  ]
  return {
    columns, rows,
    notes: [
      ['bulletin 通报', number ?? 'draft 草稿'], ['list 目录', basis.list], ['evidence 证据', basis.evidence], ['as of 截至', basis.asOf], ['known on 获知时点', basis.knownOn ?? 'now 当前'], ...(basis.since === null ? [] : [['supplies since 供应自', basis.since] as [string, string]]),
      ['region 地区', basis.region ?? 'all 全部'], ['an empty cell 空白', 'not known, which is not zero 情况不明，不等于零'], ['institutions 机构', 'distinct; of drugs they overlap and are never added up 去重；各药品之间有重复，不得相加'],
      ['reported_unknown 已报不明', 'something was said, and it is stale, not known or no longer reported by now 曾有记录，现已过期、不详或不再报送'], ['eligible_unknown 符合条件而不明', 'of the eligible, those and those of which nothing was ever said 符合条件的机构中上述的，以及从未报送的'],
      ...(basis.demonstration ? [demonstrationNote] : []),
    ],
  }
}

export function bulletinCsv(table: Table): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...csvPieces(table)]))
}

/** The table as a workbook of two sheets, its parts not packed: the same table is the same bytes. */
export function bulletinWorkbook({ columns, rows, notes }: Table): Promise<Uint8Array<ArrayBuffer>> {
  const cell = (value: string | number | null): BookCell | null => (value === null ? null : typeof value === 'number' ? { value, style: 'number' } : { value: safe(value), style: 'text' })
  const data: BookSheet = {
    name: 'data', frozenRows: 1, filter: `A1:${columnLetters(columns.length - 1)}${rows.length + 1}`, columns: columns.map((name) => ({ width: name.startsWith('name') ? 32 : Math.max(12, name.length + 2) })),
    rows: [{ at: 1, cells: columns.map((value) => ({ value, style: 'head' as const })) }, ...rows.map((cells, i) => ({ at: i + 2, cells: cells.map(cell) }))],
  }
  const about: BookSheet = { name: 'about', columns: [{ width: 28 }, { width: 90 }], rows: notes.map((cells, i) => ({ at: i + 1, cells: cells.map(cell) })) }
  return workbookFile([data, about], { isPacked: false })
}
