import { describe, expect, test } from 'vitest'
import { ladderContradictions, ladderOf, reachOf, type LadderGiven, type LadderPlan, type LadderStock } from '@lastmile/shared/ladder'
import { detailsExpected, FactDetail, LadderFactSaid, type LadderFact } from '@lastmile/shared/ladder-fact'
import { climbRungs, rungs, standsAs, type Rung } from '@lastmile/shared/rung'

/* The rule of the ladder: what holds on a day follows from facts, reports and plans; what nobody says is never "no". */

type Facts = Partial<LadderFact> & { rung: Rung }

let made = 0
const fact = ({ detail, ...own }: Omit<Facts, 'detail'> & { detail?: Partial<FactDetail> }): LadderFact => ({
  code: `f${made += 1}`, version: 1, drug: 'alpha', unit: '100000', city: null, cityName: null, says: 'yes', detail: FactDetail.parse(detail ?? {}), validFrom: '2026-02-01', validTo: null, exact: true,
  source: { text: { zh: '测试', en: 'a test' }, number: null, dated: null, url: null }, note: null, origin: 'province', enteredBy: null, standing: 'confirmed', decidedBy: null, decidedAt: null, reason: null, knownFrom: '2026-02-01T00:00:00.000Z', knownTo: null, ...own,
})
const stock = (evidence: LadderStock['evidence'], own: Partial<LadderStock> = {}): LadderStock => ({ evidence, institutions: 0, hospitals: 0, pharmacies: 0, onOrder: 0, no: 0, unknown: 0, eligible: null, eligibleNo: 0, contradicted: 0, heldSince: null, since: null, hospitalsSince: null, pharmaciesSince: null, bothSince: null, ...own })
const given = (own: Partial<LadderGiven> = {}): LadderGiven => ({ asOf: '2026-06-30', inForce: '2026-01-01', publishedOn: '2025-12-07', facts: [], stock: [stock('declared'), stock('confirmed'), stock('supplied')], supplySeen: false, plans: [], ...own })
const rungOf = (rung: Rung, own: Partial<LadderGiven>) => ladderOf(given(own)).find((one) => one.rung === rung)!
const plan = (own: Partial<LadderPlan> = {}): LadderPlan => ({ code: 'p', name: { zh: '甲', en: 'A' }, unit: '100000', city: null, names: true, pays: null, validFrom: '2026-03-01', ...own })

describe('a rung', () => {
  test('of which nobody says anything is not known, whichever it is', () => {
    const ladder = ladderOf(given())
    expect(ladder.map(({ rung }) => rung)).toEqual(rungs)
    expect(new Set(ladder.map(({ state }) => state))).toEqual(new Set(['not_known']))
    expect(reachOf(ladder)).toEqual({ upTo: null, confirmedUpTo: null, firstMissing: null, firstUnknown: 'platform_listed', highest: null })
  })

  test('stands by the last word of the weightiest: who confirmed before a publication, that before a company, the drug before all drugs', () => {
    const listed = (...facts: Partial<LadderFact>[]) => { const { state, standing, since } = rungOf('platform_listed', { facts: facts.map((own) => fact({ rung: 'platform_listed', ...own })) }); return `${state} ${standing} ${since}` }
    expect(listed({ origin: 'company', standing: 'unconfirmed' })).toBe('yes unconfirmed 2026-02-01')
    expect(listed({ origin: 'company', standing: 'unconfirmed', validFrom: '2026-05-01' }, { says: 'no' })).toBe('no confirmed 2026-02-01')
    expect(listed({ origin: 'published', says: 'no' }, { origin: 'company', standing: 'unconfirmed' })).toBe('no published 2026-02-01')
    expect(listed({ drug: null, says: 'no', validFrom: '2026-04-01' }, {})).toBe('yes confirmed 2026-02-01')
    expect(listed({}, { says: 'no', validFrom: '2026-04-01' })).toBe('no confirmed 2026-04-01')
    expect(listed({ standing: 'refused', origin: 'company' })).toBe('not_known null null')
    expect(listed({ validFrom: '2026-07-01' })).toBe('not_known null null')
    expect(listed({ validTo: '2026-05-31' })).toBe('no confirmed 2026-06-01')
    expect(listed({ says: 'no', validTo: '2026-05-31' })).toBe('not_known null null')
    expect(listed({}, { detail: FactDetail.parse({ stopping: true }), validFrom: '2026-03-01', validTo: '2026-05-31' })).toBe('no confirmed 2026-06-01')
  })

  test('is held where it holds, under a condition too, and is found on the word on which it stands; what is not known is found on nobody\'s', () => {
    const ladder = ladderOf(given({ facts: [fact({ rung: 'platform_listed', origin: 'company', standing: 'unconfirmed' }), fact({ rung: 'one_stop_settlement', says: 'conditional' }), fact({ rung: 'admitted', says: 'no' })] }))
    const words = (rung: Rung, state: 'held' | 'yes' | 'no' | 'not_known') => (['firm', 'company', undefined] as const).map((word) => standsAs(ladder, { rung, state, word }))
    expect([words('platform_listed', 'held'), words('one_stop_settlement', 'held')]).toEqual([[false, true, true], [true, false, true]])
    expect([words('one_stop_settlement', 'yes'), words('admitted', 'held'), words('settled', 'held')]).toEqual([[false, false, false], [false, false, false], [false, false, false]])
    expect([words('admitted', 'no'), words('settled', 'not_known')]).toEqual([[true, false, true], [true, false, true]])
  })

  test('that is required is not held for that', () => {
    expect(rungOf('in_force', { facts: [fact({ rung: 'in_force', says: 'required', origin: 'published', drug: null, unit: null })] })).toMatchObject({ state: 'not_known', required: true, standing: null })
    expect(rungOf('in_force', { facts: [fact({ rung: 'in_force', says: 'required', origin: 'published', drug: null, unit: null }), fact({ rung: 'in_force', drug: null })] })).toMatchObject({ state: 'yes', required: true })
  })

  test('that holds in a city alone, or of a fund that is about to stop, holds under a condition; that a city lacks it says nothing of the unit', () => {
    const oneStop = (...facts: Facts[]) => rungOf('one_stop_settlement', { facts: facts.map(fact) })
    expect(oneStop({ rung: 'one_stop_settlement', city: '100100', detail: FactDetail.parse({ institutions: 22 }) })).toMatchObject({ state: 'conditional', institutions: 22 })
    expect(oneStop({ rung: 'one_stop_settlement', city: '100100', says: 'no' }).state).toBe('not_known')
    expect(oneStop({ rung: 'one_stop_settlement', city: '100100', origin: 'published' }, { rung: 'one_stop_settlement', says: 'no' }).state).toBe('no')
    expect(rungOf('special_fund', { facts: [fact({ rung: 'special_fund', detail: { stopping: true } })] }).state).toBe('conditional')
  })

  test('of stock goes by the strongest word; none is no only where all who are eligible say so and nobody is silent', () => {
    const stocked = (declared: Partial<LadderStock>, confirmed: Partial<LadderStock>) => { const { state, standing, institutions, evidence } = rungOf('stocked', { stock: [stock('declared', declared), stock('confirmed', confirmed), stock('supplied')] }); return [state, standing, institutions, evidence] }
    expect(stocked({ institutions: 5, since: '2026-01-11' }, {})).toEqual(['yes', 'unconfirmed', 5, 'declared'])
    expect(stocked({ institutions: 5 }, { institutions: 2 })).toEqual(['yes', 'confirmed', 2, 'confirmed'])
    expect(stocked({ institutions: 5, contradicted: 4 }, { no: 4 })).toEqual(['yes', 'unconfirmed', 5, 'declared'])
    expect(stocked({ institutions: 1, contradicted: 1 }, { no: 1 })[0]).toBe('not_known')
    expect(stocked({}, { no: 3, eligible: 3, eligibleNo: 3 })).toEqual(['no', 'confirmed', 0, 'confirmed'])
    expect([stocked({}, { no: 3 })[0], stocked({}, { no: 3, eligible: 300, eligibleNo: 3 })[0], stocked({}, { eligible: 0 })[0], stocked({ no: 3, eligible: 3, eligibleNo: 3 }, { eligible: 3 })[0]]).toEqual(['not_known', 'not_known', 'not_known', 'not_known'])
    expect(rungOf('stocked', { stock: [stock('confirmed', { institutions: 1, since: '2026-01-10', heldSince: '2026-06-01' })] }).since).toBe('2026-06-01')
    expect(stocked({}, { no: 3, unknown: 1, eligible: 3, eligibleNo: 3 })).toEqual(['not_known', null, null, null])
    expect(stocked({ unknown: 1 }, { no: 3, eligible: 3, eligibleNo: 3 })[0]).toBe('not_known')
    // Those that have it on order, not those that stock it: none does, or each that does is denied.
    expect([stocked({ onOrder: 2, no: 1 }, {}), stocked({ institutions: 1, contradicted: 1 }, { onOrder: 3, no: 1 })]).toEqual([['conditional', 'unconfirmed', 2, 'declared'], ['conditional', 'confirmed', 3, 'confirmed']])
  })

  test('of supplies is missing only where supplies of other drugs were seen', () => {
    expect(rungOf('supplied', {}).state).toBe('not_known')
    expect(rungOf('supplied', { supplySeen: true })).toMatchObject({ state: 'not_known', standing: null, institutions: 0 })
    expect(rungOf('supplied', { stock: [stock('supplied', { institutions: 2, since: '2026-03-02' })] })).toMatchObject({ state: 'yes', since: '2026-03-02', institutions: 2 })
  })

  test('of guides goes by the plans that are sold there, else by what is entered', () => {
    expect(rungOf('guide_listed', { plans: [plan(), plan({ code: 'q', validFrom: '2026-02-01' })] })).toMatchObject({ state: 'yes', standing: 'computed', since: '2026-02-01' })
    expect(rungOf('guide_listed', { plans: [plan({ city: '100100' })] }).state).toBe('conditional')
    expect(rungOf('guide_listed', { plans: [plan({ names: false })] })).toMatchObject({ state: 'not_known', standing: null })
    expect(rungOf('guide_listed', { plans: [plan({ names: false })], facts: [fact({ rung: 'guide_listed', origin: 'published' })] })).toMatchObject({ state: 'yes', standing: 'published' })
  })
})

test('how far a patient gets ends at the first rung that is missing or not known, and both are told', () => {
  const of = (states: Partial<Record<Rung, LadderFact['says']>>, own: Partial<LadderGiven> = {}) => reachOf(ladderOf(given({ facts: Object.entries(states).map(([rung, says]) => fact({ rung: rung as Rung, says })), ...own })))
  const seen = { stock: [stock('declared', { institutions: 1, since: '2026-03-01' }), stock('confirmed'), stock('supplied', { institutions: 1, since: '2026-03-05' })] }
  expect(of({ platform_listed: 'yes', admitted: 'yes', guide_listed: 'no' }, seen)).toEqual({ upTo: 'supplied', confirmedUpTo: 'admitted', firstMissing: 'guide_listed', firstUnknown: 'one_stop_settlement', highest: 'supplied' })
  expect(of({ admitted: 'no', settled: 'yes' }, seen)).toEqual({ upTo: null, confirmedUpTo: null, firstMissing: 'admitted', firstUnknown: 'platform_listed', highest: 'settled' })
  expect(climbRungs.at(-1)).toBe('settled')
})

describe('what speaks against each other is shown', () => {
  const kinds = (own: Partial<LadderGiven>) => { const all = given(own); return ladderContradictions(ladderOf(all), all).map(({ kind }) => kind) }
  const declared = (since: string) => [stock('declared', { institutions: 1, since }), stock('confirmed'), stock('supplied')]
  test('stocked before it was listed, but not where the listing may be older than is known', () => {
    expect(kinds({ stock: declared('2026-01-15'), facts: [fact({ rung: 'platform_listed' })] })).toEqual(['stocked_before_listed'])
    expect(kinds({ stock: declared('2026-01-15'), facts: [fact({ rung: 'platform_listed', exact: false })] })).toEqual([])
    expect(kinds({ stock: declared('2026-02-01'), facts: [fact({ rung: 'platform_listed' })] })).toEqual([])
  })
  test('stocked before it was published that the drug is listed, where that is known; each with its days', () => {
    expect(kinds({ stock: declared('2025-12-06') })).toEqual(['stocked_before_published'])
    expect([kinds({ stock: declared('2025-12-07') }), kinds({ stock: declared('2025-12-06'), publishedOn: null })]).toEqual([[], []])
    const early = given({ stock: declared('2025-12-06'), facts: [fact({ rung: 'platform_listed' })] })
    expect(ladderContradictions(ladderOf(early), early).map(({ kind, days }) => [kind, ...days])).toEqual([['stocked_before_published', '2025-12-06', '2025-12-07'], ['stocked_before_listed', '2025-12-06', '2026-02-01']])
  })
  test('stocked and neither listed nor admitted', () => {
    expect(kinds({ stock: declared('2026-03-01'), facts: [fact({ rung: 'platform_listed', says: 'no' }), fact({ rung: 'admitted', says: 'no' })] })).toEqual(['stocked_not_listed', 'stocked_not_admitted'])
  })
  test('supplied before it was in force, or where all say that it is not there; settled without a supply, or before one', () => {
    const supplied = (since: string) => [stock('declared'), stock('confirmed', { no: 1, eligible: 1, eligibleNo: 1 }), stock('supplied', { institutions: 1, since })]
    expect(kinds({ stock: supplied('2025-12-20') })).toEqual(['supplied_before_in_force', 'supplied_not_stocked'])
    expect(kinds({ stock: supplied('2026-01-20'), facts: [fact({ rung: 'in_force', drug: null })] })).toEqual(['supplied_before_in_force', 'supplied_not_stocked'])
    expect(kinds({ supplySeen: true, facts: [fact({ rung: 'settled' })] })).toEqual(['settled_not_supplied'])
    expect(kinds({ stock: [stock('supplied', { institutions: 1, since: '2026-03-01' })], facts: [fact({ rung: 'settled' })] })).toEqual(['settled_before_supplied'])
  })
  test('two who name another first day, and one who says the same again from a later one; not what was said anew, ended between, or may be older', () => {
    const two = (a: Partial<LadderFact>, b: Partial<LadderFact>) => kinds({ facts: [fact({ rung: 'admitted', ...a }), fact({ rung: 'admitted', ...b })] })
    const company = { origin: 'company', standing: 'unconfirmed' } as const
    const later = { validFrom: '2026-03-01' }
    expect([two({}, { ...company, ...later }), two(company, { ...company, ...later }), two({}, later)]).toEqual([['days_disagree'], ['days_disagree'], ['days_disagree']])
    expect([two({}, company), two({}, { ...later, detail: FactDetail.parse({ institutions: 3 }) }), two({ validTo: '2026-02-10' }, later), two({}, { ...company, ...later, exact: false }), two({}, { ...company, validFrom: '2026-12-01' }), two({}, { ...company, ...later, standing: 'refused' })]).toEqual([[], [], [], [], [], []])
    const apart = given({ facts: [fact({ rung: 'admitted', code: 'late', ...later }), fact({ rung: 'admitted', code: 'early', ...company })] })
    expect(ladderContradictions(ladderOf(apart), apart)).toEqual([{ kind: 'days_disagree', rungs: ['admitted'], days: ['2026-02-01', '2026-03-01'], facts: ['early', 'late'] }])
  })
  test('two who say otherwise of one place, and not one who said otherwise before', () => {
    const two = (a: Partial<LadderFact>, b: Partial<LadderFact>) => kinds({ facts: [fact({ rung: 'admitted', ...a }), fact({ rung: 'admitted', ...b })] })
    expect(two({}, { origin: 'company', standing: 'unconfirmed', says: 'no' })).toEqual(['facts_disagree'])
    expect(two({}, { says: 'no', validFrom: '2026-03-01' })).toEqual([])
    expect(two({}, { drug: null, says: 'no' })).toEqual([])
    expect(kinds({ facts: [fact({ rung: 'admitted' }), fact({ rung: 'admitted', city: '100100' }), fact({ rung: 'admitted', city: '100100', origin: 'published', says: 'no' })] })).toEqual(['facts_disagree'])
  })
})

test('which fact and which plan is named does not follow the order in which they are given', () => {
  const others = { origin: 'company', standing: 'unconfirmed' } as const
  const facts = [
    fact({ rung: 'platform_listed', code: 'b', validTo: '2026-05-31' }), fact({ rung: 'platform_listed', code: 'a', origin: 'published', validTo: '2026-05-31' }),
    fact({ rung: 'admitted', code: 'd', validFrom: '2026-03-01' }), fact({ rung: 'admitted', code: 'c', ...others, validFrom: '2026-03-01' }), fact({ rung: 'admitted', code: 'e', origin: 'published' }),
  ]
  const plans = [plan({ code: 'q', validFrom: '2026-02-01', city: '100100' }), plan({ code: 'p', validFrom: '2026-02-01', city: '100200' })]
  const told = (own: Partial<LadderGiven>) => { const all = given(own); return { ladder: ladderOf(all), apart: ladderContradictions(ladderOf(all), all) } }
  const [one, other] = [told({ facts, plans }), told({ facts: facts.toReversed(), plans: plans.toReversed() })]
  expect(one).toEqual(other)
  expect(one.ladder.find(({ rung }) => rung === 'platform_listed')).toMatchObject({ state: 'no', fact: 'a' })
  expect(one.apart).toMatchObject([{ kind: 'days_disagree', facts: ['e', 'c', 'd'] }])
})

test('a fact says what belongs to its rung, in days that are in order', () => {
  const reviewPath = { zh: '市级审核', en: 'the city reviews' }
  const said = ({ detail = {}, ...own }: { detail?: object } & Record<string, unknown>) => LadderFactSaid.safeParse({ rung: 'exclusion_drg', says: 'conditional', detail: 'rung' in own ? detail : { reviewPath, ...detail }, unit: '100000', validFrom: '2026-02-01', source: { text: { zh: '甲', en: 'A' } }, ...own }).error?.issues.map(({ path }) => path.join('.'))
  expect(said({ detail: { casesApplied: 3, casesApproved: 2 }, source: { text: { zh: '甲', en: 'A' }, dated: '2025-12' } })).toBeUndefined()
  expect([said({ detail: { casesApplied: 1, casesApproved: 2 } }), said({ detail: { by: 'formulary' } }), said({ validTo: '2026-01-31' }), said({ city: '100100', unit: null })]).toEqual([['detail.casesApproved'], ['detail.by'], ['validTo'], ['unit']])
  expect([said({ rung: 'stocked' }), said({ source: { text: { zh: '甲', en: 'A' }, dated: '2025-13' } }), said({ source: { text: { zh: '甲', en: 'A' }, url: 'ftp://x' } })]).toEqual([['rung'], ['source.dated'], ['source.url']])
})

test('a conditional exclusion says by which review a case is left out; how many cases there were may be unknown, and is never 0 then', () => {
  const said = (own: object) => LadderFactSaid.safeParse({ rung: 'exclusion_drg', says: 'conditional', unit: '100000', validFrom: '2026-02-01', source: { text: { zh: '甲', en: 'A' } }, ...own })
  const reviewPath = { zh: '市级审核', en: 'the city reviews' }
  expect([said({}), said({ detail: { casesApplied: 3, casesApproved: 2 } }), said({ says: 'no' }), said({ rung: 'exclusion_self_pay' })].map(({ error }) => error?.issues.map(({ path, message }) => `${path.join('.')}: ${message.slice(0, 23)}`))).toEqual([['detail.reviewPath: a conditional exclusion'], ['detail.reviewPath: a conditional exclusion'], undefined, ['note: what is conditional say']])
  expect(said({ detail: { reviewPath } }).data!.detail).toMatchObject({ reviewPath, casesApplied: null, casesApproved: null })
  expect([detailsExpected({ rung: 'exclusion_drg', says: 'conditional' }), detailsExpected({ rung: 'exclusion_drg', says: 'required' }), detailsExpected({ rung: 'exclusion_self_pay', says: 'yes' }), detailsExpected({ rung: 'exclusion_self_pay', says: 'no' }), detailsExpected({ rung: 'settled', says: 'yes' })]).toEqual([['rule', 'reviewPath', 'casesApplied', 'casesApproved'], ['rule'], ['rule'], [], []])
})
