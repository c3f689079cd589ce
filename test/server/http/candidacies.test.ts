import { beforeAll, describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { Candidacy, CandidaciesAnswer, EditionsAnswer, LifeAnswer } from '@lastmile/shared/candidacy'
import { MessagesAnswer } from '@lastmile/shared/message'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { candidacySaid, filed, listings, stageSaid } from '../../support/listings.js'
import { givenPlan } from '../../support/plans.js'
import { doorOf, type Door } from './door.js'

/*
 * The doors to drugs in the course of editions: everybody reads what was published, a company states what it applied for, the
 * regulator every stage, and what was not published is theirs alone.
 */

const base = `/api/lists/${listCode}`
const json = { 'content-type': 'application/json' }
/** A name that must stand in nothing that others are sent. */
const canary = 'Canary of acme'
const canaryName = { zh: canary, en: canary }

let world: World
const doors = {} as Record<'acme' | 'colleague' | 'bestco' | 'operator' | 'reader' | 'north' | 'insurer' | 'auditor' | 'public', Door>

beforeAll(async () => {
  world = await given({ institutions: { H1: '100100' }, listings: listings(), reports: [{ source: 'maker', asOf: '2026-01-11', rows: ['H1 alpha in_stock'] }] })
  await givenPlan(world, 'a-plan', { drugs: ['alpha'] })
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, {
    acme: door({ role: 'company', company: 'acme' }), colleague: door({ role: 'company', company: 'acme', list: listCode }), bestco: door({ role: 'company', company: 'bestco' }), operator: door({ role: 'operator' }), reader: door({ role: 'reader' }),
    north: door({ role: 'province_officer', unit: '100000' }), insurer: door({ role: 'insurer', insurer: 'north-life' }), auditor: door({ role: 'auditor' }), public: door('public'),
  })
})

const send = (door: Door, method: string, path: string, body?: object, version?: number) => door.ask(`${base}${path}`, { method, headers: { ...json, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) }, ...(body ? { body: JSON.stringify(body) } : {}) })
const begin = (door: Door, own: Parameters<typeof candidacySaid>[0] = {}) => send(door, 'POST', '/candidacies', candidacySaid(own))
const states = (door: Door, { code, version }: Pick<Candidacy, 'code' | 'version'>, own: Parameters<typeof stageSaid>[0]) => send(door, 'POST', `/candidacies/${code}/stages`, stageSaid(own), version)
const made = async (answer: Response | Promise<Response>) => { const one = await answer; expect([200, 201], await one.clone().text()).toContain(one.status); return Candidacy.parse(await one.json()) }
const refusal = async (answer: Response | Promise<Response>) => { const one = await answer; const { error } = Problem.parse(await one.json()); return [one.status, error.code, error.field] }
const rows = async (door: Door, ask = '') => CandidaciesAnswer.parse(await door.read(`${base}/candidacies${ask}`)).rows
const life = async (door: Door, drug: string, ask = '') => LifeAnswer.parse(await door.read(`${base}/drugs/${drug}/life${ask}`))
const editions = async (door: Door, ask = '') => EditionsAnswer.parse(await door.read(`${base}/editions${ask}`))

describe('editions side by side', () => {
  test('say what was published of each, where their drugs stand, what ends next, and who can apply to the next, to everybody', async () => {
    const answer = await editions(doors.public)
    expect(answer.editions.map(({ edition: { code }, phase, drugs, stages }) => [code, phase, drugs, stages.map(({ stage, drugs: n }) => `${n} ${stage}`).join()])).toEqual([['first', 'in_force', 2, '2 in_force'], ['second', 'awaited', 0, ''], ['basic', 'published', 1, '1 in_force']])
    expect(answer.ending.map(({ edition, endsOn, daysLeft, drugs }) => [edition, endsOn, daysLeft, drugs])).toEqual([['first', '2026-09-30', 92, 1], ['basic', '2026-12-31', 184, 1], ['first', '2027-12-31', 549, 1]])
    expect(answer.next?.edition).toBe('second')
    // Of alpha a plan is known, and when it was launched; of gamma nothing.
    expect(answer.next?.rows.map(({ drug, plans, eligibility: { state, launchedSince, parts } }) => [drug, plans, state, launchedSince, parts.map(({ reason }) => reason).join()])).toEqual([
      ['alpha', 1, 'meets', '2021-06-30', 'launched_within,not_rare_disease,covered_by_plans'], ['gamma', 0, 'not_known', '2021-06-30', 'launch_missing,rare_disease_missing,cover_proof_missing'],
    ])
    expect((await editions(doors.public, '?asOf=2025-12-06')).editions[0]).toMatchObject({ phase: 'awaited', stages: [{ stage: 'unknown', drugs: 2 }] })
    expect((await rows(doors.public, '?ends=2026-09-30')).map(({ code }) => code)).toEqual(['first-gamma'])
    expect((await doors.public.ask(`${base}/candidacies?edition=nobodys`)).status).toBe(404)
    expect((await rows(doors.public, '?edition=basic&search=basic%20ONE&stage=in_force&contradicted=false')).map(({ code, standing }) => [code, standing.since])).toEqual([['basic-1', '2025-01-01']])
  })

  test('a drug of the list is found by its code, with the first day on which it was in stock; what is not there is 404', async () => {
    const alpha = await life(doors.public, 'alpha')
    expect(alpha).toMatchObject({ substance: 'alpha', drug: 'alpha', eligibility: { edition: 'second', eligibility: { state: 'meets' } }, firstStocked: [{ evidence: 'declared', day: '2026-01-11' }, { evidence: 'confirmed', day: null }, { evidence: 'supplied', day: null }] })
    expect(alpha.candidacies.map(({ code, standing, contradictions, mayKeep, former }) => ({ code, stage: standing.stage, contradictions, mayKeep, former }))).toEqual([{ code: 'first-alpha', stage: 'in_force', contradictions: [], mayKeep: false, former: [] }])
    // First days are of what is known now: asked of an instant, they are not told.
    expect((await life(doors.public, 'alpha', '?knownOn=2026-06-30T03:00:00.000Z')).firstStocked).toEqual([])
    expect(await refusal(doors.public.ask(`${base}/drugs/none/life`))).toEqual([404, 'drug.not_found', undefined])
  })
})

describe('what was not published', () => {
  test('is its company\'s and the regulator\'s: nobody else finds it in any list, number, file, or event, nor can he move it', async () => {
    const heard: unknown[] = []
    const deaf = world.services.events.subscribe((event) => void heard.push(event))
    const before = await editions(doors.bestco)
    const one = await made(begin(doors.acme, { name: canaryName, bothLists: true, launched: { on: '2025-02', source: canaryName }, cover: { proved: true, source: canaryName } }))
    expect(one).toMatchObject({ company: 'acme', published: false, madeUp: false, version: 1, facts: [{ no: 1, stage: 'applied', by: 'company', on: '2026-05-20' }], cover: { by: 'company' } })
    const two = await made(states(doors.operator, one, { stage: 'formal_review', on: '2026-06-29' }))
    expect(two.facts.map(({ stage, by }) => `${stage} ${by}`)).toEqual(['applied company', 'formal_review operator'])
    deaf()
    expect(heard).toEqual([])
    for (const door of [doors.acme, doors.colleague, doors.operator, doors.reader]) {
      expect((await rows(door, '?published=false')).map(({ name }) => name.en)).toContain(canary)
      expect((await life(door, one.substance)).candidacies[0]!.former).toHaveLength(1)
    }
    for (const door of [doors.bestco, doors.north, doors.insurer, doors.public]) {
      for (const path of ['/candidacies?limit=500', '/editions', '/drugs/alpha/life', '/candidacies?format=csv', '/editions?format=csv', `/candidacies?search=${encodeURIComponent(canary)}`, '/candidacies?knownOn=2026-06-30T05:00:00.000Z']) {
        const said = await (await door.ask(`${base}${path}`)).text()
        expect([said.includes(canary), said.includes(one.code)], path).toEqual([false, false])
      }
      expect(await refusal(door.ask(`${base}/drugs/${one.substance}/life`))).toEqual([404, 'drug.not_found', undefined])
    }
    expect(await editions(doors.bestco)).toEqual(before)
    // In the words for what there is not, whatever is said of it.
    expect(await refusal(states(doors.bestco, one, { stage: 'withdrawn', reason: canaryName }))).toEqual([404, 'candidacy.not_found', undefined])
    expect(await refusal(states(doors.bestco, { code: 'none', version: 1 }, {}))).toEqual([404, 'candidacy.not_found', undefined])
    expect(await refusal(states(doors.north, one, {}))).toEqual([404, 'path.not_found', undefined])
    expect(await refusal(states(doors.public, one, {}))).toEqual([401, 'session.required', undefined])
    // A rival does not go on with its substance either.
    expect(await refusal(begin(doors.bestco, { substance: one.substance }))).toEqual([422, 'substance.not_found', 'substance'])
    expect(await refusal(begin(doors.bestco, { substance: 'alpha' }))).toEqual([422, 'substance.not_found', 'substance'])
  })

  test('becomes everybody\'s on the day on which it is published, and then with what was announced; its cover stays the company\'s', async () => {
    let one = await made(begin(doors.acme, { name: { zh: 'Published', en: 'Published' }, cover: { proved: true, source: canaryName } }))
    const heard: unknown[] = []
    const deaf = world.services.events.subscribe((event) => void heard.push(event))
    for (const own of [{ stage: 'listed', on: '2026-06-30' }, { stage: 'in_force', on: '2026-07-15', until: '2026-12-31' }, { stage: 'removed', on: '2026-10-01', reason: canaryName }] as const) one = await made(states(doors.operator, one, own))
    deaf()
    expect(heard).toHaveLength(3)
    const [shown] = await rows(doors.bestco, '?search=Published')
    expect([shown!.published, shown!.cover, shown!.standing, shown!.facts.map(({ stage }) => stage)]).toEqual([true, null, { stage: 'listed', since: '2026-06-30', endsOn: null }, ['applied', 'listed']])
    expect((await rows(doors.acme, '?search=Published'))[0]!.facts.map(({ stage }) => stage)).toEqual(['applied', 'listed', 'in_force', 'removed'])
    // Listed without what comes before: told, and not refused.
    expect(shown!.contradictions.map(({ kind, stage, against }) => `${kind} ${stage} ${against}`)).toEqual(['former_missing listed price_consultation'])
  })

  test('is told to everybody by stage, day and who said so; what was written beside stays its company\'s and the regulator\'s, but for documents that anybody can read', async () => {
    const secret = (word: string) => ({ zh: `${canary} ${word}`, en: `${canary} ${word}` })
    const evidence = (word: string, own: object = {}) => ({ document: secret(word), number: `${canary} 1`, day: '2026-05-21', url: null, ...own })
    let one = await made(begin(doors.acme, { name: { zh: 'Told', en: 'Told' }, launched: { on: '2025-02', source: secret('launched') }, stage: stageSaid({ evidence: evidence('applied', { url: `https://example.org/${encodeURIComponent(canary)}` }) }) }))
    for (const own of [
      { stage: 'formal_review', on: '2026-05-22', evidence: evidence('review') },
      { stage: 'price_consultation', on: '2026-06-01', evidence: evidence('price') },
      { stage: 'not_agreed', on: '2026-06-02', evidence: evidence('refused'), reason: secret('refused') },
      { stage: 'listed', on: '2026-06-20', evidence: { document: { zh: 'Notice 9', en: 'Notice 9' }, number: 'No. 9', day: '2026-06-20', url: 'https://example.org/notice-9' } },
    ] as const) one = await made(states(doors.operator, one, own))
    const shownTo = async (door: Door) => (await rows(door, '?search=Told'))[0]!
    for (const door of [doors.bestco, doors.north, doors.insurer, doors.public]) {
      const { facts, launched } = await shownTo(door)
      expect([launched, facts.map(({ stage, on, by, evidence: { document, number, url }, reason }) => [stage, on, by, document?.en ?? null, number, url, reason])]).toEqual([{ on: '2025-02', source: null }, [
        ['applied', '2026-05-20', 'company', null, null, null, null], ['formal_review', '2026-05-22', 'operator', null, null, null, null], ['price_consultation', '2026-06-01', 'operator', null, null, null, null],
        ['not_agreed', '2026-06-02', 'operator', null, null, null, null], ['listed', '2026-06-20', 'operator', 'Notice 9', 'No. 9', 'https://example.org/notice-9', null],
      ]])
      for (const path of ['/candidacies?limit=500', '/candidacies?format=csv', `/drugs/${one.substance}/life`, `/drugs/${one.substance}/life?format=csv`, '/editions', `/drugs/${one.substance}/life?knownOn=2026-06-30T05:00:00.000Z`]) {
        const said = await (await door.ask(`${base}${path}`)).text()
        expect([said.includes(canary), said.includes(encodeURIComponent(canary))], path).toEqual([false, false])
      }
    }
    for (const door of [doors.acme, doors.operator, doors.reader]) expect((await shownTo(door)).facts.map(({ evidence: { document }, reason }) => [document?.en, reason?.en ?? null])).toEqual([...['applied', 'review', 'price'].map((word) => [`${canary} ${word}`, null]), [`${canary} refused`, `${canary} refused`], ['Notice 9', null]])
  })
})

describe('stating', () => {
  test('a company states that it applied or withdrew, and the regulator the rest; what is to come has not happened', async () => {
    const one = await made(begin(doors.acme))
    expect(await refusal(states(doors.acme, one, { stage: 'formal_review' }))).toEqual([403, 'candidacy.stage', undefined])
    expect(await refusal(begin(doors.acme, { stage: stageSaid({ stage: 'listed' }) }))).toEqual([403, 'candidacy.stage', undefined])
    expect(await refusal(begin(doors.acme, { stage: stageSaid({ on: '2026-07-01' }) }))).toEqual([422, 'candidacy.future', 'stage.on'])
    expect(await refusal(states(doors.operator, one, { stage: 'listed', on: '2026-07-01' }))).toEqual([422, 'candidacy.future', 'on'])
    expect(await refusal(begin(doors.acme, { edition: 'none' }))).toEqual([422, 'edition.not_found', 'edition'])
    expect(await refusal(begin(doors.operator, { company: 'none' }))).toEqual([422, 'company.not_found', 'company'])
    expect(await refusal(begin(doors.acme, { substance: one.substance }))).toEqual([409, 'candidacy.exists', 'edition'])
    expect(await refusal(send(doors.acme, 'POST', '/candidacies', { ...candidacySaid(), stage: { ...stageSaid(), until: '2026-06-01' } }))).toEqual([400, 'question.invalid', 'stage.until'])
    // Who states for a company names no other: what he states is its own.
    for (const company of ['bestco', 'none']) expect(await refusal(begin(doors.acme, { company }))).toEqual([422, 'company.not_found', 'company'])
    expect([(await made(begin(doors.acme))).company, (await made(begin(doors.acme, { company: 'acme' }))).company]).toEqual(['acme', 'acme'])
    expect((await made(begin(doors.operator, { company: 'bestco', substance: 'gamma' }))).substance).toBe('gamma')
    const withdrawn = await made(states(doors.acme, one, { stage: 'withdrawn', on: '2026-06-01', reason: canaryName }))
    expect((await life(doors.acme, one.substance)).candidacies[0]!.standing).toMatchObject({ stage: 'withdrawn', since: '2026-06-01' })
    expect(await refusal(send(doors.acme, 'DELETE', `/candidacies/${one.code}/stages/9`, undefined, withdrawn.version))).toEqual([404, 'stage.not_found', undefined])
  })

  test('of one name a company has one in an edition, however it is written and whoever states it; of a name that others have, its own', async () => {
    const name = { zh: '测试药', en: 'Test drug' }
    const one = await made(begin(doors.acme, { name }))
    const again = await begin(doors.acme, { name })
    expect((await again.clone().text())).toContain(`as ${one.code}. State its next stage there`)
    const sameName = [409, 'candidacy.same_name', 'name']
    expect(await refusal(again)).toEqual(sameName)
    for (const other of [{ zh: '另一名称', en: 'TEST  drug' }, { zh: '　测试药', en: 'Another' }, { zh: '甲', en: 'Ｔｅｓｔ drug' }]) expect(await refusal(begin(doors.acme, { name: other }))).toEqual(sameName)
    expect(await refusal(begin(doors.operator, { name, company: 'acme' }))).toEqual(sameName)
    // Two companies may apply with one generic name; and what is called otherwise does not become the same by a change.
    expect((await made(begin(doors.bestco, { name }))).company).toBe('bestco')
    const other = await made(begin(doors.acme))
    expect(await refusal(send(doors.acme, 'PUT', `/candidacies/${other.code}`, { name }, 1))).toEqual(sameName)
    // Of two that are stated at once there is one.
    const two = { zh: '同时', en: 'At once' }
    expect((await Promise.all([begin(doors.acme, { name: two }), begin(doors.acme, { name: two })])).map(({ status }) => status).sort()).toEqual([201, 409])
    // One that was withdrawn stands there still; one that was taken back does not, and is not stated beside the next.
    const withdrawn = await made(states(doors.acme, one, { stage: 'withdrawn', on: '2026-06-01', reason: name }))
    expect(await refusal(begin(doors.acme, { name }))).toEqual(sameName)
    let back = await made(send(doors.acme, 'DELETE', `/candidacies/${one.code}/stages/1`, undefined, withdrawn.version))
    back = await made(send(doors.acme, 'DELETE', `/candidacies/${one.code}/stages/${back.facts[0]!.no}`, undefined, back.version))
    expect((await made(begin(doors.acme, { name }))).code).not.toBe(one.code)
    expect(await refusal(states(doors.acme, back, {}))).toEqual(sameName)
  })

  test('of an earlier edition it goes on with its own substance, and the life joins both', async () => {
    // Of two who begin it at once one does: no drug stands in an edition twice.
    const own = { substance: 'alpha', name: { zh: 'alpha', en: 'alpha' }, launched: null }
    const both = await Promise.all([begin(doors.acme, own), begin(doors.operator, { ...own, company: 'acme' })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await refusal(both.find(({ status }) => status === 409)!)).toEqual([409, 'candidacy.exists', 'edition'])
    const next = await made(both.find(({ status }) => status === 201)!)
    const { candidacies, eligibility } = await life(doors.acme, 'alpha')
    expect(candidacies.map(({ edition, standing, mayKeep }) => [edition, standing.stage, mayKeep])).toEqual([['first', 'in_force', true], ['second', 'applied', true]])
    // It is judged by what is said of it last; its plans are those of its listed drug.
    expect([eligibility?.candidacy, eligibility?.plans, eligibility?.eligibility.parts[0]!.reason]).toEqual([next.code, 1, 'launch_missing'])
    expect((await life(doors.bestco, 'alpha')).candidacies.map(({ edition }) => edition)).toEqual(['first'])
  })

  test('the company hears when the regulator states a stage of its drug, says one otherwise or takes it back; of what it states itself nobody is told', async () => {
    const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages?limit=200')).messages.filter(({ kind }) => kind === 'candidacy_stated').map(({ subject: { edition, drugs } }) => [edition, ...(drugs ?? [])].join(' '))
    const [before, rival] = [await told(doors.acme), await told(doors.bestco)]
    let one = await made(begin(doors.acme))
    one = await made(send(doors.acme, 'PUT', `/candidacies/${one.code}`, { name: { zh: `${canary} anew`, en: `${canary} anew` }, rareDisease: true }, 1))
    expect(await told(doors.acme)).toEqual(before)
    one = await made(states(doors.operator, one, { stage: 'formal_review', on: '2026-06-10' }))
    one = await made(send(doors.operator, 'PUT', `/candidacies/${one.code}/stages/2`, stageSaid({ stage: 'formal_review', on: '2026-06-11' }), one.version))
    one = await made(send(doors.operator, 'PUT', `/candidacies/${one.code}`, { name: one.name }, one.version))
    await made(send(doors.operator, 'DELETE', `/candidacies/${one.code}/stages/2`, undefined, one.version))
    expect([await told(doors.acme), await told(doors.bestco), await told(doors.operator)]).toEqual([['second', 'second', 'second', ...before], rival, []])
  })

  test('of two who change the same version one does; what was known before stays, and what says the same changes nothing', async () => {
    const one = await made(begin(doors.acme))
    const both = await Promise.all([states(doors.operator, one, { stage: 'formal_review', on: '2026-06-10' }), states(doors.operator, one, { stage: 'not_passed', on: '2026-06-10', reason: canaryName })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(await refusal(both.find(({ status }) => status === 412)!)).toEqual([412, 'candidacy.version', undefined])
    const [fact] = (await rows(doors.acme, `?search=${one.code}`))[0]!.facts
    const corrected = await made(send(doors.acme, 'PUT', `/candidacies/${one.code}/stages/${fact!.no}`, stageSaid({ on: '2026-05-19' }), 2))
    expect(corrected).toMatchObject({ version: 3, facts: [{ no: 1, on: '2026-05-19', by: 'company' }, { no: 2, by: 'operator' }] })
    expect((await made(send(doors.acme, 'PUT', `/candidacies/${one.code}/stages/1`, stageSaid({ on: '2026-05-19' }), 3))).version).toBe(3)
    expect(await refusal(send(doors.acme, 'DELETE', `/candidacies/${one.code}/stages/2`, undefined, 3))).toEqual([403, 'candidacy.regulators', undefined])
    expect((await made(send(doors.operator, 'DELETE', `/candidacies/${one.code}/stages/2`, undefined, 3))).facts.map(({ no }) => no)).toEqual([1])
    const about = { name: one.name, bothLists: false, rareDisease: true }
    const [described, again] = [await made(send(doors.acme, 'PUT', `/candidacies/${one.code}`, about, 4)), await made(send(doors.acme, 'PUT', `/candidacies/${one.code}`, about, 5))]
    expect([described.version, described.rareDisease, again.version]).toEqual([5, true, 5])
    expect((await life(doors.acme, one.substance)).candidacies[0]!.former.map(({ version, facts }) => [version, facts.map(({ stage, on }) => `${stage} ${on}`).join()])).toEqual([[4, 'applied 2026-05-19'], [3, expect.stringContaining('applied 2026-05-19')], [2, expect.stringContaining('applied 2026-05-20')], [1, 'applied 2026-05-20']])
    const { entries } = AuditAnswer.parse(await doors.auditor.read('/api/audit?limit=500'))
    expect(entries.filter(({ object }) => object === one.code).map(({ action, role }) => `${action} ${role}`)).toEqual(['candidacy.change company', 'candidacy.stage operator', 'candidacy.stage company', 'candidacy.stage operator', 'candidacy.create company'])
  })
})

test('a drug that is included for a time is told with its days and its reason, and ends apart from windows of a listing; a number opens those that it counts', async () => {
  const reason = { zh: '突发疫情', en: 'an outbreak' }
  const one = await made(begin(doors.operator, { stage: stageSaid({ stage: 'temporary_inclusion', on: '2026-06-01', until: '2026-09-30', reason }) }))
  const { ending } = await editions(doors.public)
  expect(ending.filter(({ endsOn }) => endsOn === '2026-09-30').map(({ edition, temporary, drugs }) => [edition, temporary, drugs])).toEqual([['first', false, 1], ['second', true, 1]])
  const [shown, ...others] = await rows(doors.public, '?edition=second&ends=2026-09-30&stage=temporary_inclusion&madeUp=false')
  expect([shown!.code, shown!.standing, shown!.facts.map(({ reason: why }) => why), others]).toEqual([one.code, { stage: 'temporary_inclusion', since: '2026-06-01', endsOn: '2026-09-30' }, [reason], []])
  expect(await rows(doors.public, '?madeUp=true')).toEqual([])
})

describe('the files of the edition', () => {
  test('state what is not changed on screen; loaded otherwise, what was known before stays, and what others stated stays beside', async () => {
    const other = await given({ today: '2026-03-31', listings: listings() })
    const [operator, acme] = [doorOf(other.services, { role: 'operator' }), doorOf(other.services, { role: 'company', company: 'acme' })]
    const [alpha] = await rows(operator, '?search=first-alpha')
    expect(await refusal(send(operator, 'DELETE', `/candidacies/first-alpha/stages/${alpha!.facts[0]!.no}`, undefined, 1))).toEqual([409, 'candidacy.filed', undefined])
    const beside = await made(states(operator, alpha!, { stage: 'temporary_inclusion', on: '2026-02-01', until: '2026-03-01', reason: canaryName }))
    expect((await made(send(acme, 'PUT', '/candidacies/first-alpha', { name: alpha!.name, cover: { proved: true, source: canaryName } }, beside.version))).cover).toMatchObject({ proved: true, by: 'company' })
    const at = '2026-03-31T05:00:00.000Z'
    await other.loadEdition({ listings: listings({ candidacies: [filed('alpha', { company: 'acme', drug: 'alpha' }, '2026-12-31')] }) }, at)
    const now = await rows(operator, '?limit=500')
    expect(now.map(({ code, version, cover, standing, facts }) => [code, version, cover?.by, standing.endsOn, facts.filter(({ by }) => by === 'operator').map(({ stage }) => stage)])).toEqual([['first-alpha', 4, 'company', '2026-12-31', ['temporary_inclusion']]])
    expect((await rows(operator, '?knownOn=2026-03-30T00:00:00.000Z')).map(({ code, standing }) => [code, standing.endsOn])).toEqual([['first-alpha', '2027-12-31'], ['first-gamma', '2026-09-30'], ['basic-1', '2026-12-31']])
    // The same files again change nothing, and what became known later is not told before.
    await other.loadEdition({ listings: listings({ candidacies: [filed('alpha', { company: 'acme', drug: 'alpha' }, '2026-12-31')] }) }, '2026-03-31T06:00:00.000Z')
    expect(await rows(operator, '?limit=500')).toEqual(now)
    await expect(other.loadEdition({ listings: listings() }, '2026-02-01')).rejects.toThrow('became known later')
    await expect(other.loadEdition({ listings: listings({ candidacies: [filed('alpha'), { ...filed('beta'), substance: 'alpha', company: 'none', stages: [] }] }) }, at)).rejects.toThrow(/company "none" is not in companies.json[\s\S]*"alpha" stands in "first" twice/)
  })

  test('no drug stands in an edition under two companies, of two who begin it at once either', async () => {
    const at = await given({ institutions: { H1: '100100' }, listings: listings() })
    const operator = doorOf(at.services, { role: 'operator' })
    const both = await Promise.all([begin(operator, { substance: 'gamma', company: 'bestco' }), begin(operator, { substance: 'gamma', company: 'acme' }), begin(operator, { substance: 'gamma' })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect((await rows(operator, '?edition=second')).map(({ substance }) => substance)).toEqual(['gamma'])
    // Nor by the files: under another code they say of it what stands there already.
    const { code } = (await rows(operator, '?edition=second'))[0]!
    const filedAs = (name: string) => ({ ...filed('gamma', { company: 'bestco' }), code: name, edition: 'second' })
    await expect(at.loadEdition({ listings: listings({ candidacies: [filedAs('second-gamma')] }) }, '2026-06-30T05:00:00.000Z')).rejects.toThrow(`"gamma" would stand in "second" twice, as "${code}" and "second-gamma"`)
    await at.loadEdition({ listings: listings({ candidacies: [filedAs(code)] }) }, '2026-06-30T05:00:00.000Z')
    expect((await rows(operator, '?edition=second')).map((one) => [one.code, one.company])).toEqual([[code, 'bestco']])
  })

  test('a drug that was begun for the wrong company, and taken back, is begun for the right one, or loaded; what is there then is not begun beside it', async () => {
    const at = await given({ institutions: { H1: '100100' }, listings: listings() })
    const operator = doorOf(at.services, { role: 'operator' })
    const takesBack = async ({ code, version }: Candidacy) => made(send(operator, 'DELETE', `/candidacies/${code}/stages/1`, undefined, version))
    const wrong = await takesBack(await made(begin(operator, { substance: 'gamma', company: 'acme' })))
    expect(wrong.facts).toEqual([])
    const right = await made(begin(operator, { substance: 'gamma', company: 'bestco' }))
    expect(await refusal(states(operator, wrong, {}))).toEqual([409, 'candidacy.exists', 'edition'])
    // The company whose drug it was in an edition before is sent to the regulator, and told of nothing that is another's.
    const [acme, bestco] = [doorOf(at.services, { role: 'company', company: 'acme' }), doorOf(at.services, { role: 'company', company: 'bestco' })]
    await made(begin(operator, { substance: 'alpha', company: 'bestco' }))
    const taken = await begin(acme, { substance: 'alpha' })
    expect([(await taken.clone().text()).match(/bestco|next stage/i), await refusal(taken)]).toEqual([null, [409, 'candidacy.not_yours', 'edition']])
    expect(await refusal(begin(bestco, { substance: 'gamma' }))).toEqual([409, 'candidacy.exists', 'edition'])
    await takesBack(right)
    await at.loadEdition({ listings: listings({ candidacies: [filed('gamma', { company: 'bestco' }), { ...filed('gamma', { company: 'bestco' }), code: 'second-gamma', edition: 'second' }] }) }, '2026-06-30T05:00:00.000Z')
    expect((await rows(operator, '?edition=second')).filter(({ facts, substance }) => facts.length > 0 && substance === 'gamma').map((one) => [one.code, one.company])).toEqual([['second-gamma', 'bestco']])
  })
})
