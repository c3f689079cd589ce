import { describe, expect, test } from 'vitest'
import { isToldOn, publicFact, publicFrom, StageSaid, type DrugStage, type StageFact } from '@lastmile/shared/drug-stage'
import { holdsOn, nextStage, standingInList, standingOn, windowsHeld, windowsOf, type Dated } from '@lastmile/shared/drug-standing'
import { editionKnownOn, editionPhase, nextEdition, windowReminderOn, windowsEnding, type ListingEdition } from '@lastmile/shared/listing-edition'
import { eligibilityOf, type ListingFacts } from '@lastmile/shared/listing-eligibility'
import { stageContradictionsIn } from '@lastmile/shared/stage-contradiction'

const text = (word: string) => ({ zh: word, en: word })
/** A stage as `applied 2026-01-05`, `in_force 2026-01-01..2026-12-31`, or `listed ? (2025-12-07)`: on an unknown day, shown by a document of that day. */
const stage = (written: string): Dated => {
  const [, name, on, until, day] = /^(\w+) (\?|[\d-]+)(?:\.\.([\d-]+))?(?: \(([\d-]+)\))?$/.exec(written)!
  return { stage: name as DrugStage, on: on === '?' ? null : on!, until: until ?? null, evidence: { document: text('a paper'), number: null, day: day ?? null, url: null } }
}
const stages = (...written: string[]) => written.map(stage)
const course = ['applied 2025-07-10', 'formal_review 2025-08-12', 'expert_evaluation 2025-09-20', 'price_consultation 2025-10-30', 'listed 2025-12-07', 'in_force 2026-01-01..2027-12-31']
const stands = (day: string, ...written: string[]) => { const { stage: at, since, endsOn } = standingOn(stages(...written), day); return [at, since, endsOn] }

describe('where a drug stands on a day', () => {
  test.each([
    ['2025-07-09', 'unknown', null, null], ['2025-07-10', 'applied', '2025-07-10', null], ['2025-09-19', 'formal_review', '2025-08-12', null], ['2025-12-06', 'price_consultation', '2025-10-30', null],
    ['2025-12-07', 'listed', '2025-12-07', null], ['2025-12-31', 'listed', '2025-12-07', null], ['2026-01-01', 'in_force', '2026-01-01', '2027-12-31'], ['2027-12-31', 'in_force', '2026-01-01', '2027-12-31'], ['2028-01-01', 'expired', '2028-01-01', null],
  ])('on %s it is %s', (day, ...expected) => expect(stands(day, ...course)).toEqual(expected))

  test('what is renewed goes on, as soon as that is known, and not over a gap', () => {
    expect(stands('2027-06-01', ...course, 'renewed 2028-01-01..2029-12-31')).toEqual(['in_force', '2026-01-01', '2029-12-31'])
    expect(stands('2028-06-01', ...course, 'renewed 2028-01-01..2029-12-31')).toEqual(['in_force', '2026-01-01', '2029-12-31'])
    expect(stands('2027-06-01', ...course, 'renewed 2028-02-01..2029-12-31')).toEqual(['in_force', '2026-01-01', '2027-12-31'])
    expect(stands('2028-01-15', ...course, 'renewed 2028-02-01..2029-12-31')[0]).toBe('expired')
    expect(stands('2028-02-01', ...course, 'renewed 2028-02-01..2029-12-31')).toEqual(['in_force', '2028-02-01', '2029-12-31'])
  })

  test('removed or moved, it ends the day before, which is told ahead', () => {
    expect(stands('2026-06-01', ...course, 'removed 2026-09-01')).toEqual(['in_force', '2026-01-01', '2026-08-31'])
    expect(stands('2026-09-01', ...course, 'removed 2026-09-01')).toEqual(['removed', '2026-09-01', null])
    expect(stands('2027-01-01', ...course, 'transferred 2027-01-01')).toEqual(['transferred', '2027-01-01', null])
  })

  test('one that ended stands there until it is applied for anew', () => {
    const ended = ['applied 2025-07-10', 'not_passed 2025-08-12']
    expect(stands('2026-01-01', ...ended)).toEqual(['not_passed', '2025-08-12', null])
    expect(stands('2026-06-01', ...ended, 'applied 2026-05-20')).toEqual(['applied', '2026-05-20', null])
    expect(stands('2025-12-01', ...course.slice(0, 4), 'not_agreed 2025-10-31')[0]).toBe('not_agreed')
  })

  test('a temporary inclusion counts while it lasts, and gives way to being in force', () => {
    const included = 'temporary_inclusion 2026-02-01..2026-04-30'
    expect(stands('2026-02-01', included)).toEqual(['temporary_inclusion', '2026-02-01', '2026-04-30'])
    expect(stands('2026-05-01', included)).toEqual(['unknown', null, null])
    expect(stands('2026-03-01', ...course, included)[0]).toBe('in_force')
    expect(stands('2025-11-01', ...course, 'temporary_inclusion 2025-10-15..2025-11-30')[0]).toBe('temporary_inclusion')
  })

  test('a day that is not known is no earlier than the document that shows it', () => {
    const published = ['applied ? (2025-12-07)', 'listed 2025-12-07']
    expect(stands('2025-12-06', ...published)[0]).toBe('unknown')
    expect(stands('2025-12-07', ...published)[0]).toBe('listed')
    expect(stands('2020-01-01', 'applied ?')).toEqual(['applied', null, null])
    expect(stands('2026-01-01', 'in_force ?')).toEqual(['in_force', null, null])
    expect(windowsOf(stages('in_force ?..2026-12-31 (2025-12-07)'))).toEqual([{ stage: 'in_force', from: '2025-12-07', to: '2026-12-31' }])
  })
})

test('a window is over with the day before the drug is removed or moved, a temporary inclusion is not; and what comes next is told', () => {
  const ends = (...said: string[]) => windowsHeld(stages(...said)).map(({ stage, from, to }) => `${stage} ${from} ${to}`)
  const included = 'temporary_inclusion 2026-03-01..2026-12-31'
  expect(ends(...course, included, 'removed 2026-06-15')).toEqual(['in_force 2026-01-01 2026-06-14', 'temporary_inclusion 2026-03-01 2026-12-31'])
  expect(ends(...course, 'renewed 2028-01-01..2029-12-31', 'transferred 2029-01-01')).toEqual(['in_force 2026-01-01 2027-12-31', 'renewed 2028-01-01 2028-12-31'])
  // By the same days as where it stands: that of the document where the day itself is not known, and on its very day it has left.
  const left: [string[], string[]][] = [
    [['removed ? (2026-06-15)'], ['in_force 2026-01-01 2026-06-14']], [['transferred ? (2026-06-15)', 'removed 2026-06-10'], ['in_force 2026-01-01 2026-06-09']],
    [['removed 2026-01-01'], []], [['removed ? (2026-01-01)'], []], [['removed ?'], []], [['removed 2025-12-31'], ['in_force 2026-01-01 2027-12-31']], [['removed 2027-12-31'], ['in_force 2026-01-01 2027-12-30']],
  ]
  for (const [said, windows] of left) {
    expect(ends(...course, ...said), said.join()).toEqual(windows)
    for (const day of ['2026-01-01', '2026-06-09', '2026-06-10', '2026-06-14', '2026-06-15', '2027-12-30', '2027-12-31']) {
      expect(stands(day, ...course, ...said)[0] === 'in_force', `${said.join()} on ${day}`).toBe(windowsHeld(stages(...course, ...said)).some((one) => holdsOn(one, day)))
    }
  }
  expect(stands('2026-06-01', ...course, 'removed ? (2026-06-15)')).toEqual(['in_force', '2026-01-01', '2026-06-14'])
  expect([ends(...course), ends(...course, 'removed 2028-06-01')]).toEqual([['in_force 2026-01-01 2027-12-31'], ['in_force 2026-01-01 2027-12-31']])
  const next = (day: string) => nextStage(stages(...course, 'transferred 2026-12-31', 'formal_review ?'), day)?.stage ?? null
  expect(['2025-10-30', '2026-01-01', '2026-12-30', '2026-12-31'].map(next)).toEqual(['listed', 'transferred', 'transferred', null])
})

test('in a list a drug stands where the last of its editions has it in force, or had; one that it is applied for in changes nothing yet', () => {
  const inList = (...editions: string[][]) => standingInList(editions.map((said) => standingOn(stages(...said), '2028-06-01')))?.stage ?? null
  const [removed, again, applied, ended] = [[...course, 'removed 2026-09-01'], ['listed 2027-12-07', 'in_force 2028-01-01..2029-12-31'], ['applied 2028-05-20'], ['applied 2027-07-10', 'not_passed 2027-08-12']]
  expect([inList(removed), inList(removed, applied), inList(removed, ended), inList(removed, again), inList(course, again, applied), inList(applied), inList()]).toEqual(['removed', 'removed', 'removed', 'in_force', 'in_force', null, null])
})

describe('what speaks against itself', () => {
  const kinds = (...written: string[]) => stageContradictionsIn(stages(...written)).map(({ kind, stage: one, against }) => `${kind} ${one} ${against}`)
  test.each<[string, string[], string[]]>([
    ['nothing in a whole course', course, []],
    ['a stage without the one before, told once', ['applied 2025-07-10', 'price_consultation 2025-10-30', 'listed 2025-12-07'], ['former_missing price_consultation expert_evaluation']],
    ['days out of order', ['applied 2026-06-15', 'formal_review 2026-06-10'], ['out_of_order formal_review applied']],
    ['on one day they are in order', ['applied 2026-06-10', 'formal_review 2026-06-10'], []],
    ['in force before published', [...course.slice(0, 4), 'listed 2026-02-01', 'in_force 2026-01-01..2027-12-31'], ['in_force_before_listed in_force listed']],
    ['a stage on two days', ['applied 2025-07-10', 'formal_review 2025-08-12', 'formal_review 2025-08-15'], ['stated_twice formal_review formal_review']],
    ['a stage after the end', ['applied 2025-07-10', 'not_passed 2025-08-12', 'formal_review 2025-09-01'], ['after_end formal_review not_passed']],
    ['a new course after the end is none', ['applied 2025-07-10', 'formal_review 2025-08-12', 'not_passed 2025-09-12', 'applied 2026-05-20', 'formal_review 2026-06-29'], []],
    ['renewed and never listed', ['renewed 2026-01-01..2026-12-31'], ['without_listing renewed listed']],
    ['a gap before a renewal', [...course, 'renewed 2028-02-01..2029-12-31'], ['gap_between_windows renewed in_force']],
    ['a renewal that overlaps', [...course, 'renewed 2027-12-31..2029-12-31'], ['windows_overlap renewed in_force']],
    ['a renewal on the next day is in order', [...course, 'renewed 2028-01-01..2029-12-31'], []],
    ['what is not known on which day is in no order', ['applied ?', 'formal_review 2025-08-12'], []],
  ])('%s', (_, written, expected) => expect(kinds(...written)).toEqual(expected))

  test('of an edition that tells two stages alone nothing is missing of the others; stocked before it was listed is told', () => {
    expect(stageContradictionsIn(stages('in_force 2025-01-01..2026-12-31'), ['in_force'])).toEqual([])
    expect(stageContradictionsIn(stages(...course), undefined, '2025-12-06').map(({ kind, againstOn }) => [kind, againstOn])).toEqual([['stocked_before_listed', '2025-12-06']])
    expect(stageContradictionsIn(stages(...course), undefined, '2025-12-07')).toEqual([])
  })
})

describe('what everybody may see', () => {
  test.each<[string, string[], string | null]>([
    ['an application', ['applied 2026-05-20', 'formal_review 2026-06-29'], null], ['what was listed, from that day', course, '2025-12-07'], ['what is included for a time', ['temporary_inclusion 2026-02-01..2026-04-30'], '2026-02-01'],
    ['what was announced before its own day', ['temporary_inclusion 2026-04-01..2026-04-30 (2026-03-01)'], '2026-03-01'],
    ['what was published on an unknown day', ['in_force ?'], '1900-01-01'], ['the end of an application', ['applied 2025-07-10', 'not_passed 2025-08-12'], null],
  ])('%s', (_, written, expected) => expect(publicFrom(stages(...written), '1900-01-01')).toBe(expected))

  test('of its stages those that were announced, or have happened', () => {
    expect(stages('removed 2026-09-01', 'removed 2026-09-01 (2026-06-01)', 'removed 2026-05-01', 'applied ?').map((one) => isToldOn(one, '2026-06-30'))).toEqual([false, true, true, true])
  })
})

describe('a stage as it is stated', () => {
  const said = (own: object) => StageSaid.safeParse({ stage: 'applied', on: '2026-05-20', evidence: { document: text('a paper') }, ...own })
  test.each<[string, object, string | null]>([
    ['is usual', {}, null], ['has no window', { until: '2026-06-01' }, 'until'], ['ends before it begins', { stage: 'in_force', until: '2026-05-01' }, 'until'], ['needs a reason', { stage: 'not_passed' }, 'reason'],
    ['includes for a time without its first day', { stage: 'temporary_inclusion', on: null, reason: text('an outbreak') }, 'on'], ['is shown at an address of no web', { evidence: { document: text('a paper'), url: 'javascript:alert(1)' } }, 'evidence.url'],
    ['is shown by nothing', { evidence: { document: { zh: '', en: '' } } }, 'evidence.document.zh'], ['of the 30th of February', { on: '2026-02-30' }, 'on'],
  ])('%s', (_, own, field) => expect(said(own).error?.issues[0]?.path.join('.') ?? null).toBe(field))
})

describe('eligibility for the next edition', () => {
  const rules = { withinYears: 5, countedTo: null, orRareDisease: true, coverProof: true, source: text('a test') }
  const known: ListingFacts = { launched: '2024-05-01', rareDisease: false, cover: true, plans: 0 }
  const judged = (own: Partial<ListingFacts>, more = {}) => { const { state, parts } = eligibilityOf({ ...rules, ...more }, { ...known, ...own }, '2026-06-30'); return [state, ...parts.map(({ reason }) => reason)].join(' ') }
  test.each<[Partial<ListingFacts>, string]>([
    [{}, 'meets launched_within not_rare_disease cover_proved'],
    [{ launched: '2021-06-30' }, 'meets launched_within not_rare_disease cover_proved'], [{ launched: '2021-06-29' }, 'does_not_meet launched_before not_rare_disease cover_proved'],
    [{ launched: '2021-06' }, 'not_known launch_day_missing not_rare_disease cover_proved'], [{ launched: '2021-05' }, 'does_not_meet launched_before not_rare_disease cover_proved'], [{ launched: '2021-07' }, 'meets launched_within not_rare_disease cover_proved'],
    [{ launched: '2022' }, 'meets launched_within not_rare_disease cover_proved'], [{ launched: '2021' }, 'not_known launch_day_missing not_rare_disease cover_proved'], [{ launched: '2020' }, 'does_not_meet launched_before not_rare_disease cover_proved'],
    [{ launched: '2026-07-01' }, 'does_not_meet not_launched_yet not_rare_disease cover_proved'], [{ launched: '2026-07' }, 'does_not_meet not_launched_yet not_rare_disease cover_proved'], [{ launched: '2026-06' }, 'meets launched_within not_rare_disease cover_proved'],
    [{ launched: '2015-01', rareDisease: true }, 'meets launched_before rare_disease cover_proved'], [{ launched: null, rareDisease: true }, 'meets launch_missing rare_disease cover_proved'],
    [{ launched: null }, 'not_known launch_missing not_rare_disease cover_proved'], [{ launched: '2015-01', rareDisease: null }, 'not_known launched_before rare_disease_missing cover_proved'],
    [{ cover: null }, 'not_known launched_within not_rare_disease cover_proof_missing'], [{ cover: null, plans: 2 }, 'meets launched_within not_rare_disease covered_by_plans'],
    [{ cover: false }, 'does_not_meet launched_within not_rare_disease no_cover'], [{ cover: false, launched: null }, 'does_not_meet launch_missing not_rare_disease no_cover'],
  ])('%o', (own, expected) => expect(judged(own)).toBe(expected))

  test('counts back from the day that was published, and asks for no more than the rules do', () => {
    expect(eligibilityOf({ ...rules, countedTo: '2024-02-29' }, known, '2026-06-30').launchedSince).toBe('2019-03-01')
    expect(judged({ rareDisease: true, launched: '2015-01', cover: null }, { orRareDisease: false, coverProof: false })).toBe('does_not_meet launched_before')
  })
})

describe('editions side by side', () => {
  const edition = (code: string, own: Partial<ListingEdition> = {}): ListingEdition => ({ code, kind: 'commercial', name: text(code), list: null, document: null, publishedOn: null, inForce: null, validTo: null, expected: null, told: ['listed'], steps: [], funnel: [], rules: { withinYears: 5, countedTo: null, orRareDisease: true, coverProof: true, source: text('a test') }, remind: null, note: null, ...own })
  const first = edition('first', { publishedOn: '2025-12-07', inForce: '2026-01-01', validTo: '2027-12-31' })
  test('stand in a phase by the day, and the next one is the first that is awaited', () => {
    expect(['2025-12-06', '2025-12-07', '2026-01-01', '2027-12-31', '2028-01-01'].map((day) => editionPhase(first, day))).toEqual(['awaited', 'published', 'in_force', 'in_force', 'over'])
    const all = [first, edition('basic', { kind: 'basic' }), edition('second'), edition('third')]
    expect([nextEdition(all, '2026-06-30')?.code, nextEdition(all, '2025-01-01')?.code, nextEdition([first], '2026-06-30')]).toEqual(['second', 'first', null])
  })

  test('are known a step at a time, and before they were published nothing of what was published', () => {
    const told = (day: string) => { const { steps, publishedOn, inForce, document, note } = editionKnownOn({ ...first, document: text('33'), note: text('19 drugs'), steps: [{ what: text('reviewed'), on: '2025-08-12', source: text('a notice') }, { what: text('published'), on: '2025-12-07', source: text('a notice') }] }, day); return [steps.map(({ what }) => what.en).join(), publishedOn, inForce, document?.en ?? null, note?.en ?? null] }
    expect(['2025-08-11', '2025-12-06', '2025-12-07'].map(told)).toEqual([['', null, null, null, null], ['reviewed', null, null, null, null], ['reviewed,published', '2025-12-07', '2026-01-01', '33', '19 drugs']])
    // What is noted of one whose result is awaited was not published with it.
    expect(editionKnownOn(edition('second', { note: text('negotiated in June') }), '2026-06-30').note?.en).toBe('negotiated in June')
  })

  test('end window by window, those that are made up by themselves', () => {
    const ends = (edition: string, endsOn: string | null, madeUp = false, temporary = false) => ({ edition, endsOn, madeUp, temporary })
    expect(windowsEnding([ends('a', '2026-12-31', false, true), ends('a', '2026-12-31'), ends('a', '2026-12-31')], '2026-06-30').map(({ drugs, temporary }) => [drugs, temporary])).toEqual([[2, false], [1, true]])
    expect(windowsEnding([ends('b', '2026-12-31'), ends('a', '2027-12-31'), ends('b', '2026-12-31'), ends('b', '2026-12-31', true), ends('b', '2026-06-29'), ends('b', null), ends('a', '2026-06-30')], '2026-06-30').map(({ edition: code, endsOn, daysLeft, drugs, madeUp }) => [code, endsOn, daysLeft, drugs, madeUp])).toEqual([
      ['a', '2026-06-30', 0, 1, false], ['b', '2026-12-31', 184, 2, false], ['b', '2026-12-31', 184, 1, true], ['a', '2027-12-31', 549, 1, false],
    ])
  })

  test.each<[string, string | null]>([['2026-06-29', null], ['2026-06-30', '2026-06-30'], ['2026-07-30', '2026-06-30'], ['2026-07-31', null], ['2026-12-01', '2026-11-30'], ['2026-12-30', '2026-11-30'], ['2026-12-31', null], ['2027-01-01', null]])('on %s the reminder is that of %s', (today, day) => expect(windowReminderOn('2026-12-31', [184, 31], today)).toBe(day))
})

test('a published course tells everybody its stages, and of what was written beside them documents that can be read, and why a drug is included for a time', () => {
  const fact = (own: Partial<StageFact>): StageFact => ({ no: 1, stage: 'price_consultation', on: '2026-06-01', until: null, evidence: { document: text('a letter'), number: '7', day: '2026-06-02', url: null }, reason: text('why'), by: 'operator', at: '2026-06-03T00:00:00.000Z', ...own })
  const told = (own: Partial<StageFact>) => { const { evidence: { document, number, day, url }, reason, on, by } = publicFact(fact(own), '2026-06-30'); return [document?.en ?? '-', number ?? '-', url ?? '-', reason?.en ?? '-', on, day, by].join(' ') }
  const url = 'https://example.org/1'
  const read = (day: string | null) => ({ document: text('a notice'), number: '9', day, url })
  expect(told({ by: 'edition' })).toBe('a letter 7 - why 2026-06-01 2026-06-02 edition')
  expect(told({})).toBe('- - - - 2026-06-01 2026-06-02 operator')
  expect(told({ evidence: read('2026-06-30') })).toBe(`a notice 9 ${url} - 2026-06-01 2026-06-30 operator`)
  expect([told({ evidence: read('2026-07-01') }), told({ by: 'company', evidence: read('2026-06-30') })]).toEqual(['- - - - 2026-06-01 2026-07-01 operator', '- - - - 2026-06-01 2026-06-30 company'])
  expect([told({ stage: 'temporary_inclusion' }), told({ stage: 'temporary_inclusion', by: 'company' })]).toEqual(['- - - why 2026-06-01 2026-06-02 operator', '- - - - 2026-06-01 2026-06-02 company'])
})
