import type { CandidacyChange, CandidacyRow } from '@lastmile/shared/candidacy'
import type { DrugStage, StageFact, StageSaid } from '@lastmile/shared/drug-stage'

/** A stage while it is typed: every field as text. */
export interface StageDraft {
  stage: DrugStage
  on: string
  until: string
  documentZh: string
  documentEn: string
  number: string
  day: string
  url: string
  reasonZh: string
  reasonEn: string
}

/** A stage of which nothing is said yet but its day. */
export function emptyStage(stage: DrugStage, today: string): StageDraft {
  return { stage, on: today, until: '', documentZh: '', documentEn: '', number: '', day: '', url: '', reasonZh: '', reasonEn: '' }
}

/** A stage as it is known, to be said otherwise. */
export function stageDraftOf({ stage, on, until, evidence: { document, number, day, url }, reason }: StageFact): StageDraft {
  return { stage, on: on ?? '', until: until ?? '', documentZh: document?.zh ?? '', documentEn: document?.en ?? '', number: number ?? '', day: day ?? '', url: url ?? '', reasonZh: reason?.zh ?? '', reasonEn: reason?.en ?? '' }
}

/** What is said of a stage. */
export function stageSaidIn({ stage, on, until, documentZh, documentEn, number, day, url, reasonZh, reasonEn }: StageDraft): StageSaid {
  return {
    stage, on: on || null, until: until || null, evidence: { document: { zh: documentZh.trim(), en: documentEn.trim() }, number: number.trim() || null, day: day || null, url: url.trim() || null },
    reason: reasonZh.trim() === '' && reasonEn.trim() === '' ? null : { zh: reasonZh.trim(), en: reasonEn.trim() },
  }
}

/** What is said of a drug while it is typed. */
export interface AboutDraft {
  nameZh: string
  nameEn: string
  category: string
  both: string
  launched: string
  launchedZh: string
  launchedEn: string
  rare: string
  cover: string
  coverZh: string
  coverEn: string
}

export const emptyAbout: AboutDraft = { nameZh: '', nameEn: '', category: '', both: '', launched: '', launchedZh: '', launchedEn: '', rare: '', cover: '', coverZh: '', coverEn: '' }

const yesNo = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no')
const saidYesNo = (value: string) => (value === '' ? null : value === 'yes')

export function aboutDraftOf({ name, categoryCode, bothLists, launched, rareDisease, cover }: CandidacyRow): AboutDraft {
  return {
    nameZh: name.zh, nameEn: name.en, category: categoryCode ?? '', both: yesNo(bothLists), launched: launched?.on ?? '', launchedZh: launched?.source?.zh ?? '', launchedEn: launched?.source?.en ?? '', rare: yesNo(rareDisease),
    cover: yesNo(cover?.proved ?? null), coverZh: cover?.source.zh ?? '', coverEn: cover?.source.en ?? '',
  }
}

export function aboutSaidIn({ nameZh, nameEn, category, both, launched, launchedZh, launchedEn, rare, cover, coverZh, coverEn }: AboutDraft): CandidacyChange {
  const proved = saidYesNo(cover)
  return {
    name: { zh: nameZh.trim(), en: nameEn.trim() }, categoryCode: category.trim() || null, bothLists: saidYesNo(both), rareDisease: saidYesNo(rare),
    launched: launched.trim() === '' ? null : { on: launched.trim(), source: { zh: launchedZh.trim(), en: launchedEn.trim() } },
    cover: proved === null ? null : { proved, source: { zh: coverZh.trim(), en: coverEn.trim() } },
  }
}
