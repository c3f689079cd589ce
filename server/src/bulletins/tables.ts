import type { ListRow } from '@lastmile/db/query/lists'
import type { BulletinsAnswer } from '@lastmile/shared/bulletin'
import { cutNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

/** Bulletins, a row each. */
export function bulletinsTable(list: ListRow, { rows, page }: BulletinsAnswer): ExportTable {
  return {
    name: `bulletins-${list.code}-${list.today}`,
    columns: ['bulletin', 'number_zh', 'number_en', 'evidence', 'as_of', 'known_on', 'region', 'state', 'kept_at', 'publish_at', 'published_at', 'withdrawn_at', 'withdrawn_reason', 'supersedes', 'superseded_by', 'drugs_listed', 'drugs_stocked', 'institutions', 'made_with'],
    rows: rows.map((one) => [
      one.code, one.number.zh, one.number.en, one.evidence, one.asOf, one.knownOn, one.region, one.state, one.keptAt, one.publishAt, one.publishedAt, one.withdrawnAt, one.withdrawnReason, one.supersedes, one.supersededBy,
      one.figures?.drugsListed ?? null, one.figures?.drugsStocked ?? null, one.figures?.institutions ?? null, one.madeWith,
    ]),
    notes: [['list 目录', list.code], ['empty figures 数字为空', 'not open to who asks 对提问者尚未公开'], ['several bulletins 多份通报', 'figures of different evidence or days are never added or subtracted 不同证据、不同日期的数字不得相加、相减'], ...cutNotes(page)],
  }
}
