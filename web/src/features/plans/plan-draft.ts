import type { Plan, PlanChange } from '@lastmile/shared/plan'
import { z } from 'zod'

/** `key` tells the rows of the form apart, whatever is chosen in them. */
const DrugDraft = z.object({ key: z.number(), drug: z.string(), zh: z.string(), en: z.string() })
export type DrugDraft = z.infer<typeof DrugDraft>

/** A plan while it is typed: every field as text. */
export const PlanDraft = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  unit: z.string(),
  city: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  sourceZh: z.string(),
  sourceEn: z.string(),
  drugs: z.array(DrugDraft).readonly(),
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** A plan of which nothing is said yet but its first day. */
export function emptyDraft(today: string): PlanDraft {
  return { code: '', nameZh: '', nameEn: '', unit: '', city: '', validFrom: today, validTo: '', sourceZh: '', sourceEn: '', drugs: [{ key: 0, drug: '', zh: '', en: '' }] }
}

/** A plan as it is known, to be changed. */
export function draftOf({ code, name, unit, city, validFrom, validTo, source, drugs }: Plan): PlanDraft {
  return {
    code, nameZh: name.zh, nameEn: name.en, unit: unit ?? '', city: city ?? '', validFrom, validTo: validTo ?? '', sourceZh: source.zh, sourceEn: source.en,
    drugs: drugs.map(({ drug, pays }, key) => ({ key, drug, zh: pays?.zh ?? '', en: pays?.en ?? '' })),
  }
}

/** What is said of the plan, but for its code. Payment left empty in both languages is not known; in one, the server says which is missing. */
export function saidIn({ nameZh, nameEn, unit, city, validFrom, validTo, sourceZh, sourceEn, drugs }: PlanDraft): PlanChange {
  return {
    name: { zh: nameZh.trim(), en: nameEn.trim() }, unit: unit || null, city: city || null, validFrom, validTo: validTo || null, source: { zh: sourceZh.trim(), en: sourceEn.trim() },
    drugs: drugs.map(({ drug, zh, en }) => ({ drug, pays: zh.trim() === '' && en.trim() === '' ? null : { zh: zh.trim(), en: en.trim() } })),
  }
}
