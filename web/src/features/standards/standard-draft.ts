import { Kind } from '@lastmile/shared/kind'
import { rulesOn, type StandardRule } from '@lastmile/shared/standard'
import { z } from 'zod'

/** A rule as it is typed. `units` null: everywhere; `reach` null: none is asked. */
const RuleDraft = z.object({
  key: z.number(),
  units: z.array(z.string()).readonly().nullable(),
  kinds: z.array(Kind).readonly(),
  eligibleOnly: z.boolean(),
  minInstitutions: z.string(),
  minCities: z.string(),
  reach: z.object({ km: z.string(), share: z.string() }).nullable(),
  servedBy: z.array(z.object({ key: z.number(), unit: z.string(), institution: z.string().nullable() })).readonly(),
  zh: z.string(),
  en: z.string(),
})
export type RuleDraft = z.infer<typeof RuleDraft>

/** A standard as it is typed: what holds from a day on, and which rules of other days are dropped (as {@link ruleName} calls them). */
export const StandardDraft = z.object({ from: z.string(), rules: z.array(RuleDraft).min(1).readonly(), dropped: z.array(z.string()).readonly(), why: z.string() })
export type StandardDraft = z.infer<typeof StandardDraft>

/** What tells a rule of a standard from its others: all that it says. */
export function ruleName(rule: StandardRule): string {
  return JSON.stringify([rule.from, ...content(rule)])
}

/** A rule to begin with. */
export function newRule(key: number): RuleDraft {
  return { key, units: null, kinds: ['hospital', 'pharmacy'], eligibleOnly: false, minInstitutions: '1', minCities: '0', reach: null, servedBy: [], zh: '', en: '' }
}

/** The draft of who opens the form: what holds on a day is to be said anew from then on; what held before stays. */
export function draftOf(rules: readonly StandardRule[], units: readonly string[], from: string): StandardDraft {
  const holding = rulesOn(rules, units, from)
  return { from, why: '', dropped: [], rules: holding.length === 0 ? [newRule(0)] : holding.map(typed) }
}

function typed({ units, kinds, eligibleOnly, minInstitutions, minCities, reach, servedBy, reason }: StandardRule, key: number): RuleDraft {
  return {
    key, units, kinds, eligibleOnly, minInstitutions: String(minInstitutions), minCities: String(minCities), reach: reach && { km: String(reach.km), share: String(reach.share) },
    servedBy: servedBy.map((one, key) => ({ key, ...one })), zh: reason.zh, en: reason.en === reason.zh ? '' : reason.en,
  }
}

/** The rules that a draft says, those that stay among them; null while something is missing. What holds already on its day is not said again. */
export function rulesIn({ from, rules, dropped }: StandardDraft, before: readonly StandardRule[], units: readonly string[]): StandardRule[] | null {
  const said = rules.map((one) => ruleIn(one, from))
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || said.some((one) => one === null)) return null
  const holding = rulesOn(before, units, from)
  const staying = before.filter((one) => one.from !== from && !dropped.includes(ruleName(one)))
  const isHolding = said.length === holding.length && said.every((one, i) => JSON.stringify(content(one!)) === JSON.stringify(content(holding[i]!))) && holding.every((one) => one.from === from || staying.includes(one))
  return isHolding ? before.filter((one) => one.from === from || staying.includes(one)) : [...staying, ...(said as StandardRule[])]
}

/** What a rule says but for the day, in one order of fields. */
function content({ units, kinds, eligibleOnly, minInstitutions, minCities, reach, servedBy, reason }: StandardRule): unknown[] {
  return [units, kinds, eligibleOnly, minInstitutions, minCities, reach?.km, reach?.share, servedBy.map(({ unit, institution }) => [unit, institution]), reason.zh, reason.en]
}

function ruleIn({ units, kinds, eligibleOnly, minInstitutions, minCities, reach, servedBy, zh, en }: RuleDraft, from: string): StandardRule | null {
  const [institutions, cities] = [whole(minInstitutions), whole(minCities)]
  const far = reach && { km: whole(reach.km), share: whole(reach.share) }
  const centres = servedBy.flatMap(({ unit, institution }) => (unit === '' || institution === null ? [] : [{ unit, institution }]))
  if (institutions === null || cities === null || (far && (far.km === null || far.share === null)) || zh.trim() === '' || kinds.length === 0 || units?.length === 0 || centres.length < servedBy.length) return null
  return { from, units: units && [...units], kinds: [...kinds], eligibleOnly, minInstitutions: institutions, minCities: cities, reach: far && { km: far.km!, share: far.share! }, servedBy: centres, reason: { zh: zh.trim(), en: en.trim() || zh.trim() } }
}

function whole(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null
}
