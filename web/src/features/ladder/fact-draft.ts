import { detailsOf, type FactDetail, type LadderFact, type LadderFactSaid } from '@lastmile/shared/ladder-fact'
import type { FactSaying, Rung } from '@lastmile/shared/rung'

/** A fact as it is typed. Texts in one language alone stand in both. */
export interface FactDraft {
  rung: Rung
  drug: string
  unit: string
  city: string
  says: FactSaying
  validFrom: string
  validTo: string
  exact: boolean
  sourceZh: string
  sourceEn: string
  number: string
  dated: string
  url: string
  noteZh: string
  noteEn: string
  detail: DetailDraft
}
export type DetailDraft = Record<'by' | 'institutions' | 'ruleZh' | 'ruleEn' | 'reviewPathZh' | 'reviewPathEn' | 'casesApplied' | 'casesApproved' | 'askedOn' | 'schemeZh' | 'schemeEn' | 'paysZh' | 'paysEn', string> & { stopping: boolean }

const emptyDetail: DetailDraft = { by: '', institutions: '', ruleZh: '', ruleEn: '', reviewPathZh: '', reviewPathEn: '', casesApplied: '', casesApproved: '', askedOn: '', schemeZh: '', schemeEn: '', paysZh: '', paysEn: '', stopping: false }

export function emptyFact(today: string, of: { rung: Rung; drug: string; unit: string }): FactDraft {
  return { ...of, city: '', says: 'yes', validFrom: today, validTo: '', exact: true, sourceZh: '', sourceEn: '', number: '', dated: '', url: '', noteZh: '', noteEn: '', detail: emptyDetail }
}

export function draftOfFact({ rung, drug, unit, city, says, validFrom, validTo, exact, source, note, detail }: LadderFact): FactDraft {
  const number = (value: number | null) => (value === null ? '' : String(value))
  return {
    rung, drug: drug ?? '', unit: unit ?? '', city: city ?? '', says, validFrom, validTo: validTo ?? '', exact, sourceZh: source.text.zh, sourceEn: source.text.en, number: source.number ?? '', dated: source.dated ?? '', url: source.url ?? '', noteZh: note?.zh ?? '', noteEn: note?.en ?? '',
    detail: {
      by: detail.by ?? '', institutions: number(detail.institutions), ruleZh: detail.rule?.zh ?? '', ruleEn: detail.rule?.en ?? '', reviewPathZh: detail.reviewPath?.zh ?? '', reviewPathEn: detail.reviewPath?.en ?? '', casesApplied: number(detail.casesApplied), casesApproved: number(detail.casesApproved),
      askedOn: detail.askedOn ?? '', schemeZh: detail.scheme?.zh ?? '', schemeEn: detail.scheme?.en ?? '', paysZh: detail.pays?.zh ?? '', paysEn: detail.pays?.en ?? '', stopping: detail.stopping === true,
    },
  }
}

/** What a draft says; details that do not belong to its rung are left out. */
export function factSaid(draft: FactDraft): LadderFactSaid {
  const { rung, says, validFrom, exact, detail: d } = draft
  const some = (value: string) => (value.trim() === '' ? null : value.trim())
  const both = (zh: string, en: string) => { const [a, b] = [some(zh) ?? some(en), some(en) ?? some(zh)]; return a === null || b === null ? null : { zh: a, en: b } }
  const number = (value: string) => (value.trim() === '' ? null : Number(value))
  const all: FactDetail = {
    by: d.by === '' ? null : (d.by as FactDetail['by']), institutions: number(d.institutions), rule: both(d.ruleZh, d.ruleEn), reviewPath: both(d.reviewPathZh, d.reviewPathEn), casesApplied: number(d.casesApplied), casesApproved: number(d.casesApproved), askedOn: some(d.askedOn),
    scheme: both(d.schemeZh, d.schemeEn), pays: both(d.paysZh, d.paysEn), stopping: d.stopping ? true : null,
  }
  const detail = Object.fromEntries(Object.entries(all).map(([field, value]) => [field, detailsOf[rung].includes(field as keyof FactDetail) ? value : null])) as unknown as FactDetail
  return {
    rung, drug: some(draft.drug), unit: some(draft.unit), city: some(draft.city), says, detail, validFrom, validTo: some(draft.validTo), exact,
    source: { text: both(draft.sourceZh, draft.sourceEn) ?? { zh: '', en: '' }, number: some(draft.number), dated: some(draft.dated), url: some(draft.url) }, note: both(draft.noteZh, draft.noteEn),
  }
}
