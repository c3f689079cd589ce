import { randomOf } from '@lastmile/server/demo/random'
import type { Context, CorpusFile } from './corpus-world.js'

/*
 * A world like the corpus's, for whoever has no corpus beside the repository: thirty institutions of one province, and
 * some of others, nineteen drugs, and reports that read well. Nothing in it is anybody's code or name.
 */

const digits = (number: number, length: number) => String(number).padStart(length, '0')
const cities = ['370102', '370103', '370202', '370303', '370602', '370703', '371002', '371102', '371302', '371402']
const drugs = Array.from({ length: 19 }, (_, at) => ({ code: `CID2025${digits(at + 1, 3)}`, name: `示例创新药${digits(at + 1, 2)}` }))
const own = cities.flatMap((city, at) => (['H', 'H', 'P'] as const).map((kind, which) => ({ code: `${kind}${city}${digits(which + 1, 5)}`, name: `示例机构${at + 1}-${which + 1}`, active: true })))
const others = [{ code: 'H37010200099', name: '示例已注销机构', active: false }, { code: 'H31010100001', name: '示例外省机构', active: true }, { code: 'H66010000001', name: '示例兵团机构', active: true }]

export const ownContext: Context = {
  clock: '2026-03-05T10:00:00+08:00', today: '2026-03-05', period: '2026-02', submitter: { province: '370000' }, institutions: [...own, ...others], drugs,
  columns: {
    institution_code: ['institution_code', '定点医药机构代码', '机构代码'], drug_code: ['drug_code', '药品代码'], status: ['status', '配备状态', '状态'],
    reported_on: ['reported_on', '上报日期', '填报日期'], price: ['price', '价格', '销售价格'],
  },
  statuses: { in_stock: ['in_stock', '有货'], out_of_stock: ['out_of_stock', '缺货'], discontinued: ['discontinued', '停止配备'] },
  limits: {
    max_upload_bytes: 10_485_760, max_rows: 200_000, max_columns: 64, max_cell_chars: 2_000, header_search_rows: 10, zip_max_entries: 200,
    zip_max_entry_bytes: 209_715_200, zip_max_total_bytes: 314_572_800, zip_max_ratio: 200, max_errors_listed: 500,
  },
}

/** Reports of a world that read well: as many as asked for, each of other rows. */
export function ownFiles(count: number, { institutions, drugs }: Context = ownContext): { one: CorpusFile; file: Uint8Array }[] {
  const mine = institutions.filter(({ code, active }) => active && code.slice(1, 3) === '37')
  return Array.from({ length: count }, (_, at) => {
    const random = randomOf(`own file ${at}`)
    const pairs = mine.flatMap(({ code }) => drugs.map((drug) => [code, drug.code])).filter(() => random.chance(0.02 + at / (count * 2)))
    const rows = pairs.map(([institution, drug]) => [institution, drug, random.pick(['in_stock', '有货', '缺货', 'discontinued']), `2026-02-${digits(1 + random.below(28), 2)}`, random.chance(0.3) ? `${random.below(9_999)}.50` : ''].join(','))
    const file = new TextEncoder().encode([random.pick(['institution_code,drug_code,status,reported_on,price', '机构代码,药品代码,状态,上报日期,价格']), ...rows, ''].join(random.pick(['\n', '\r\n'])))
    return { one: { file: `own/${digits(at, 3)}.csv`, title: 'made here', expect: { outcome: 'accept', stored_count: rows.length } }, file }
  })
}
