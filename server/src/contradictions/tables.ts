import type { Contradiction, ContradictionsAnswer, ContradictionsQuestion, Side } from '@lastmile/shared/contradiction'
import { basisNotes, cutNotes, limitNotes } from '../http/basis-notes.js'
import type { ExportTable } from '../http/table-file.js'

const meanings = {
  refuted: 'declared in stock, and not in stock by the institution or its province 企业申报已配备，机构或省级确认未配备',
  never_supplied: 'declared in stock, and no supply seen 企业申报已配备，未见供应',
  never_declared: 'supply seen, and never declared 有供应，企业从未申报',
} as const

/** Pairs of one set, each with what every kind of evidence says of it. */
export function contradictionsTable(answer: ContradictionsAnswer, question: ContradictionsQuestion): ExportTable {
  const { basis, set, rows, page, totals } = answer
  // A column that no row has for its asker is left out.
  const hasSource = rows.some(({ declared, confirmed, supplied, owner }) => [declared?.source, confirmed?.source, supplied?.source, owner?.source].some((one) => one !== undefined))
  const side = (one: Side | null) => [one?.state ?? null, one?.day ?? null, ...(hasSource ? [one?.source ?? null] : [])]
  const named = (kind: string) => [kind, `${kind}_day`, ...(hasSource ? [`${kind}_source`] : [])]
  return {
    name: `contradictions-${set}-${basis.list}-${basis.asOf}`,
    notes: [
      ...basisNotes(basis), ['set 矛盾类型', meanings[set]], ...limitNotes({ drug: question.drug, region: question.region, company: question.company }), ...(question.kind ? [['kind 机构类型', question.kind] as [string, string]] : []),
      ['pairs 品种机构对', String(totals[set].pairs)], ['institutions 机构', String(totals[set].institutions)], ...cutNotes(page),
    ],
    columns: ['drug', 'company', 'institution', 'name', 'kind', 'unit', 'city', 'since', 'days', ...named('declared'), ...named('confirmed'), 'reason', ...named('supplied'), 'standing', 'owner', 'owner_reason', ...(hasSource ? ['owner_source'] : []), 'asked', 'asked_at', 'until'],
    rows: rows.map((row) => [
      row.drug, row.company, row.institution, row.institutionName, row.kind, row.unit, row.city, row.began, row.age, ...side(row.declared), ...side(row.confirmed), row.confirmed?.reason ?? null, ...side(row.supplied),
      row.standing, row.owner?.office ?? null, row.owner?.reason ?? null, ...(hasSource ? [row.owner?.source ?? null] : []), ...askedOf(row),
    ]),
  }
}

function askedOf({ request }: Contradiction): (string | null)[] {
  return request === null ? [null, null, null] : [request.state, request.askedAt, request.until]
}
