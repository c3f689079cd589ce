import { beforeAll, describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { LadderAnswer, LadderFactAnswer, LadderFactsAnswer, LadderImportAnswer, LaddersAnswer } from '@lastmile/shared/ladder-answer'
import { LadderFact, type LadderFactSaid } from '@lastmile/shared/ladder-fact'
import { MessagesAnswer } from '@lastmile/shared/message'
import { Problem } from '@lastmile/shared/problem'
import type { Rung } from '@lastmile/shared/rung'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { factSaid } from '../../support/ladder.js'
import { givenPlan } from '../../support/plans.js'
import { doorOf, type Door } from './door.js'

/*
 * The doors to the ladder of the last mile: everybody reads it, a company enters facts of its own drugs, and the province of which
 * they speak confirms or refuses them. What was known stays.
 */

const [ladders, facts] = [`/api/lists/${listCode}/ladders`, `/api/lists/${listCode}/ladder-facts`]
/** A word of bestco's that no other company is to read. */
const canary = '哨兵雀 canary bird'

let world: World
const doors = {} as Record<'operator' | 'reader' | 'auditor' | 'north' | 'south' | 'acme' | 'bestco' | 'city' | 'hospital' | 'elsewhere' | 'public', Door>

const newWorld = () => given({
  institutions: { H1: '100100', H2: '100200', P1: '100100', H3: '200100' },
  eligibility: [{ drug: 'alpha', rules: [{ by: 'attributes', kind: 'hospital' }] }],
  ladder: [
    { code: 'in-force', rung: 'in_force', says: 'required' }, { code: 'south', rung: 'exclusion_self_pay', units: ['200000'], exact: false }, { code: 'canteen', rung: 'one_stop_settlement', units: ['100000'], city: '100100', detail: { institutions: 22 } },
  ],
  reports: [
    { source: 'maker', asOf: '2026-06-01', rows: ['H1 alpha in_stock', 'P1 alpha in_stock'] }, { source: 'hospitals', asOf: '2026-06-10', rows: ['H1 alpha in_stock', 'H3 alpha not_carried'] },
    { source: 'sales', asOf: '2026-06-12', rows: ['H1 alpha @2026-06-11'] },
  ],
})

beforeAll(async () => {
  world = await newWorld()
  await givenPlan(world, 'northern', { unit: '100000', drugs: ['alpha: half of it'], validFrom: '2026-03-01' })
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, {
    operator: door({ role: 'operator' }), reader: door({ role: 'reader' }), auditor: door({ role: 'auditor' }), north: door({ role: 'province_officer', unit: '100000' }), south: door({ role: 'province_officer', unit: '200000' }), acme: door({ role: 'company', company: 'acme' }),
    bestco: door({ role: 'company', company: 'bestco' }), city: door({ role: 'city_officer', unit: '100000', city: '100100' }), hospital: door({ role: 'institution', institution: 'H1' }), elsewhere: door({ role: 'company', company: 'acme', list: 'another-list' }), public: door('public'),
  })
})

const json = { 'content-type': 'application/json' }
const enter = (door: Door, own: object = {}) => door.ask(facts, { method: 'POST', headers: json, body: JSON.stringify({ ...factSaid(), ...own }) })
const put = (door: Door, code: string, version: number, said: LadderFactSaid | object) => door.ask(`${facts}/${code}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify(said) })
const drop = (door: Door, code: string, version: number) => door.ask(`${facts}/${code}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
const decide = (door: Door, code: string, version: number, reason?: string) => door.ask(`${facts}/${code}/${reason === undefined ? 'confirmation' : 'refusal'}`, { method: 'POST', headers: { ...(reason === undefined ? {} : json), 'if-match': `"${version}"` }, ...(reason === undefined ? {} : { body: JSON.stringify({ reason }) }) })
const factOf = async (answer: Promise<Response>) => LadderFact.parse(await (await answer).json())
const problemOf = async (answer: Response | Promise<Response>) => { const given = await answer; return [given.status, Problem.parse(await given.json()).error.code] as const }
const one = async (door: Door, drug = 'alpha', unit = '100000', ask = '') => LadderAnswer.parse(await door.read(`${ladders}/${drug}/${unit}${ask}`))
const rungIn = async (rung: Rung, door = doors.public, drug = 'alpha', unit = '100000', ask = '') => (await one(door, drug, unit, ask)).rungs.find((each) => each.rung === rung)!
const told = async (door: Door) => MessagesAnswer.parse(await door.read('/api/messages')).messages.filter(({ kind }) => kind.startsWith('ladder_')).map(({ kind, subject, settledAt }) => `${kind} ${subject.drugs?.join()} ${subject.regions?.join()}${settledAt === null ? '' : ' (done)'}`)

describe('a ladder', () => {
  test('is read by everybody, made of reports, plans and what was published', async () => {
    const ladder = await one(doors.public)
    const said = Object.fromEntries(ladder.rungs.map(({ rung, state, standing, since, institutions }) => [rung, [state, standing, since, institutions].join(' ').trim()]))
    expect(said).toMatchObject({
      platform_listed: 'not_known', stocked: 'yes confirmed 2026-06-10 1', supplied: 'yes computed 2026-06-11 1', guide_listed: 'yes computed 2026-03-01', one_stop_settlement: 'conditional published 2026-02-01 22', in_force: 'not_known', exclusion_self_pay: 'not_known',
    })
    expect(ladder.rungs.find(({ rung }) => rung === 'in_force')!.required).toBe(true)
    expect(ladder.stock.map(({ evidence, institutions, hospitals, pharmacies, bothSince }) => [evidence, institutions, hospitals, pharmacies, bothSince])).toEqual([['declared', 2, 1, 1, '2026-06-01'], ['confirmed', 1, 1, 0, null], ['supplied', 1, 1, 0, null]])
    expect([ladder.plans.map(({ code, names, pays }) => [code, names, pays?.en]), ladder.reach]).toEqual([[['northern', true, 'half of it']], { upTo: null, confirmedUpTo: null, firstMissing: null, firstUnknown: 'platform_listed', highest: 'one_stop_settlement' }])
    expect([(await rungIn('stocked', doors.public, 'alpha', '200000')).state, (await rungIn('supplied', doors.public, 'beta')).state, (await rungIn('supplied', doors.public, 'beta', '200000')).state]).toEqual(['no', 'not_known', 'not_known'])
    expect((await rungIn('exclusion_self_pay', doors.public, 'beta', '200000'))).toMatchObject({ state: 'yes', standing: 'published', exact: false })
  })

  test('is one of many: of a drug everywhere, of all drugs in a unit, of a company\'s; each says what the one says', async () => {
    const many = async (door: Door, ask: string) => LaddersAnswer.parse(await door.read(`${ladders}?${ask}`)).ladders
    const everywhere = await many(doors.public, 'drug=alpha')
    expect(everywhere.map(({ unit }) => unit)).toEqual(['100000', '200000', '300000', '650000', '660000'])
    expect(everywhere[0]!.rungs).toEqual((await one(doors.public)).rungs)
    expect((await many(doors.public, 'unit=100000')).map(({ drug }) => drug)).toEqual(['alpha', 'beta', 'gamma'])
    expect((await many(doors.bestco, 'unit=100000')).map(({ drug }) => drug)).toEqual(['gamma'])
    expect((await many(doors.public, 'company=acme')).length).toBe(10)
    expect((await many(doors.public, 'drug=alpha&rung=stocked&state=no')).map(({ unit }) => unit)).toEqual(['200000'])
    // Those that are held are those that hold and those that do under a condition, on the word that is asked for; another word is refused.
    expect((await many(doors.public, 'drug=alpha&rung=one_stop_settlement&state=held')).map(({ unit }) => unit)).toEqual(['100000'])
    for (const rung of ['stocked', 'guide_listed', 'one_stop_settlement'] as const) for (const word of ['', '&word=firm', '&word=company']) {
      const of = async (state: string) => (await many(doors.acme, `company=acme&rung=${rung}&state=${state}${word}`)).map(({ drug, unit }) => `${drug} ${unit}`)
      expect((await of('held')).sort(), `${rung}${word}`).toEqual([...await of('yes'), ...await of('conditional')].sort())
    }
    expect((await doors.public.ask(`${ladders}?drug=alpha&rung=stocked&state=anything`)).status).toBe(400)
    expect(await many(doors.public, 'drug=alpha&asOf=2026-01-31')).toMatchObject([{ rungs: expect.arrayContaining([expect.objectContaining({ rung: 'stocked', state: 'not_known' })]) as unknown }, {}, {}, {}, {}])
    expect(await many(doors.public, 'drug=alpha&knownOn=2026-06-30T04:00:00.000Z')).toEqual(everywhere)
    for (const [ask, code] of [['', 'question.ladders'], ['drug=none', 'drug.not_found'], ['unit=100100', 'unit.not_found'], ['company=none', 'company.not_found'], ['drug=alpha&asOf=2027-01-01', 'question.future'], ['drug=alpha&knownOn=2099-01-01T00:00:00.000Z', 'question.future']] as const) expect((await problemOf(await doors.public.ask(`${ladders}?${ask}`)))[1]).toBe(code)
    const csv = await (await doors.public.ask(`${ladders}?drug=alpha&format=csv`)).text()
    expect([csv.includes('alpha,100000,not_known'), csv.includes('nobody says'), csv.includes('one_stop_settlement,,,,platform_listed')]).toEqual([true, true, true])
    const ladder = await (await doors.public.ask(`${ladders}/alpha/100000?format=csv`)).text()
    expect([/,entered_by,confirmed_by,confirmed_at,plan,/.test(ladder), /guide_listed,.*,northern,.*,yes,.*half of it/.test(ladder)]).toEqual([true, true])
    expect((await doors.public.ask(`${ladders}/alpha/100000?format=xlsx`)).status).toBe(200)
  })
})

describe('what a company enters', () => {
  test('waits for its province, which is told; everybody reads it as not confirmed until then, and its note alone whose it is', async () => {
    const entered = await enter(doors.bestco, { drug: 'gamma', note: { zh: canary, en: canary } })
    expect(entered.status).toBe(201)
    const fact = LadderFact.parse(await entered.json())
    expect(fact).toMatchObject({ version: 1, origin: 'company', standing: 'unconfirmed', enteredBy: { role: 'company', company: 'bestco' }, decidedBy: null, knownFrom: '2026-06-30T04:00:00.000Z' })
    expect(await rungIn('platform_listed', doors.public, 'gamma')).toMatchObject({ state: 'yes', standing: 'unconfirmed', fact: fact.code })
    const stood = async (word: string) => LaddersAnswer.parse(await doors.public.read(`${ladders}?drug=gamma&rung=platform_listed&state=yes&word=${word}`)).ladders.map(({ unit }) => unit)
    expect([await stood('company'), await stood('firm')]).toEqual([['100000'], []])
    expect([await told(doors.north), await told(doors.south)]).toEqual([['ladder_fact_entered gamma 100000'], []])
    const notes = await Promise.all([doors.public, doors.acme, doors.south, doors.bestco, doors.north, doors.operator].map(async (door) => (await one(door, 'gamma')).facts.find(({ code }) => code === fact.code)!.note?.zh ?? null))
    expect(notes).toEqual([null, null, null, canary, canary, canary])
    // Of two who decide at once, one does; who saw it as it was before is told.
    const answers = await Promise.all([decide(doors.north, fact.code, 1), decide(doors.operator, fact.code, 1)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(await rungIn('platform_listed', doors.public, 'gamma')).toMatchObject({ state: 'yes', standing: 'confirmed', since: '2026-02-01' })
    expect([await told(doors.north), await told(doors.bestco), await told(doors.acme)]).toEqual([['ladder_fact_entered gamma 100000 (done)'], ['ladder_fact_confirmed gamma 100000'], []])
    expect(await problemOf(decide(doors.north, fact.code, 2))).toEqual([409, 'ladder_fact.decided'])
    // Said otherwise it waits anew, and what was known stays.
    expect(await factOf(put(doors.bestco, fact.code, 2, { ...factSaid({ drug: 'gamma' }), validTo: '2026-12-31' }))).toMatchObject({ version: 3, standing: 'unconfirmed', decidedBy: null })
    expect(await factOf(put(doors.bestco, fact.code, 3, { ...factSaid({ drug: 'gamma' }), validTo: '2026-12-31' }))).toMatchObject({ version: 3 })
    const history = LadderFactAnswer.parse(await doors.bestco.read(`${facts}/${fact.code}`))
    expect(history.former.map(({ version, standing }) => [version, standing])).toEqual([[2, 'confirmed'], [1, 'unconfirmed']])
    expect((await told(doors.north)).filter((text) => !text.endsWith('(done)'))).toEqual(['ladder_fact_entered gamma 100000'])
    // Refused it says nothing, and its company reads why.
    const refused = await factOf(decide(doors.north, fact.code, 3, canary))
    expect(refused).toMatchObject({ version: 4, standing: 'refused', reason: canary })
    expect(await rungIn('platform_listed', doors.public, 'gamma')).toMatchObject({ state: 'not_known', fact: null })
    expect([(await one(doors.public, 'gamma')).facts.some(({ code }) => code === fact.code), (await one(doors.bestco, 'gamma')).facts.find(({ code }) => code === fact.code)!.reason]).toEqual([false, canary])
    expect((await told(doors.bestco))[0]).toBe('ladder_fact_refused gamma 100000')
    expect(await problemOf(doors.acme.ask(`${facts}/${fact.code}`))).toEqual([404, 'ladder_fact.not_found'])
    expect((await drop(doors.bestco, fact.code, 4)).status).toBe(200)
    expect([(await told(doors.bestco))[0], await problemOf(doors.bestco.ask(`${facts}/${fact.code}`))]).toEqual(['ladder_fact_refused gamma 100000 (done)', [404, 'ladder_fact.not_found']])
    const { entries } = AuditAnswer.parse(await doors.auditor.read(`/api/audit?list=${listCode}&limit=200`))
    expect(entries.filter(({ object }) => object === fact.code).map(({ action, role }) => `${action} ${role}`).reverse()).toEqual([
      'ladder_fact.enter company', expect.stringMatching(/^ladder_fact.confirm /), 'ladder_fact.change company', 'ladder_fact.refuse province_officer', 'ladder_fact.withdraw company',
    ])
  })

  test('is a step of its drug, and no measure of a province, which is not its to state; the third exclusion is nobody\'s plain yes', async () => {
    const measures: Rung[] = ['in_force', 'exclusion_self_pay', 'exclusion_substitute', 'exclusion_drg', 'tertiary_exemption', 'special_fund']
    for (const rung of measures) expect([rung, await problemOf(enter(doors.acme, { drug: 'beta', rung, says: 'conditional', note: { zh: '部分', en: 'some' }, detail: rung === 'exclusion_drg' ? { reviewPath: { zh: '审核', en: 'a review' } } : {} }))]).toEqual([rung, [422, 'ladder_fact.rung']])
    expect((await one(doors.public, 'beta')).facts.filter(({ origin }) => origin === 'company')).toEqual([])
    expect(await problemOf(enter(doors.north, { rung: 'exclusion_drg', drug: null }))).toEqual([422, 'ladder_fact.says'])
    const form = new FormData()
    form.set('file', new File(['环节,药品编码,省份,状态,生效日期,依据\nspecial_fund,beta,North,是,2026-03-01,公告\n'], 'facts.csv'))
    const { errors } = LadderImportAnswer.parse(await (await doors.acme.ask(`${facts}/file?dryRun=true`, { method: 'POST', body: form })).json())
    expect(errors.map(({ row, column }) => [row, column])).toEqual([[2, 'rung']])
  })

  test('is of its own drugs in a province that is named, and nobody else\'s to change; another company reads no row of it', async () => {
    const mine = await factOf(enter(doors.bestco, { drug: 'gamma', rung: 'admitted', source: { text: { zh: canary, en: canary } } }))
    expect(await Promise.all([enter(doors.acme, { drug: 'gamma' }), enter(doors.acme, { drug: null }), enter(doors.acme, { unit: null }), enter(doors.acme, { says: 'required' }), enter(doors.acme, { drug: 'none' }), enter(doors.acme, { city: '200100' })].map(problemOf))).toEqual([
      [422, 'drug.not_found'], [422, 'ladder_fact.drug'], [422, 'ladder_fact.unit'], [422, 'ladder_fact.says'], [422, 'drug.not_found'], [422, 'city.not_found'],
    ])
    for (const door of [doors.acme, doors.north, doors.operator]) expect(await Promise.all([put(door, mine.code, 1, factSaid({ drug: 'gamma', rung: 'admitted' })), drop(door, mine.code, 1)].map(problemOf))).toEqual([[404, 'ladder_fact.not_found'], [404, 'ladder_fact.not_found']])
    for (const door of [doors.acme, doors.south, doors.reader]) expect((await decide(door, mine.code, 1)).status).toBe(404)
    for (const door of [doors.city, doors.hospital, doors.elsewhere, doors.reader]) expect((await enter(door)).status).toBe(404)
    expect(await problemOf(enter(doors.public))).toEqual([401, 'session.required'])
    // Nothing of bestco's words or rows, whatever acme asks: lists of facts, matrices, exports, messages.
    for (const path of [facts, `${facts}?format=csv`, `${ladders}?unit=100000`, `${ladders}?unit=100000&format=csv`, `${ladders}?company=acme`, '/api/messages']) {
      const text = await (await doors.acme.ask(path)).text()
      expect([path, text.includes('canary'), text.includes('gamma'), text.includes('bestco')]).toEqual([path, false, false, false])
    }
    expect(await problemOf(doors.acme.ask(`${ladders}?company=bestco`))).toEqual([404, 'company.not_found'])
    expect(LadderFactsAnswer.parse(await doors.bestco.read(facts)).facts.map(({ code }) => code)).toContain(mine.code)
    expect((await problemOf(doors.public.ask(facts)))[0]).toBe(401)
  })

  test('holds from a day that can be: not after today, not before the list can be known; another first day is a contradiction; an office announces within a year', async () => {
    const at = (door: Door, validFrom: string, unit: string) => enter(door, { drug: 'beta', rung: 'settled', unit, validFrom })
    for (const day of ['2026-07-01', '2099-06-01', '1950-06-01', '2015-12-31']) expect([day, await problemOf(at(doors.acme, day, '200000'))]).toEqual([day, [422, 'ladder_fact.day']])
    expect(await problemOf(at(doors.south, '2027-07-02', '200000'))).toEqual([422, 'ladder_fact.day'])
    const [ahead, early, late] = [await factOf(at(doors.south, '2027-07-01', '200000')), await factOf(at(doors.acme, '2026-03-01', '300000')), await factOf(at(doors.acme, '2026-06-30', '300000'))]
    expect((await one(doors.public, 'beta', '300000')).contradictions).toEqual([{ kind: 'days_disagree', rungs: ['settled'], days: ['2026-03-01', '2026-06-30'], facts: [early.code, late.code] }])
    expect(await problemOf(put(doors.acme, late.code, 1, factSaid({ drug: 'beta', rung: 'settled', unit: '300000', validFrom: '2026-07-01' })))).toEqual([422, 'ladder_fact.day'])
    for (const [door, { code }] of [[doors.south, ahead], [doors.acme, early], [doors.acme, late]] as const) expect((await drop(door, code, 1)).status).toBe(200)
  })
})

test('what is conditional says under which condition, whoever enters it and of whichever rung', async () => {
  const own = { unit: '200000', drug: 'beta', says: 'conditional', validFrom: '2026-05-05' } as const
  for (const [door, rung] of [[doors.acme, 'platform_listed'], [doors.acme, 'settled'], [doors.south, 'one_stop_settlement'], [doors.south, 'special_fund']] as const) {
    const { error } = Problem.parse(await (await enter(door, { ...own, rung })).json())
    expect([rung, error.code, error.field, error.message]).toEqual([rung, 'question.invalid', 'note', 'note: what is conditional says under which condition: write it in the note'])
  }
  const listed = await factOf(enter(doors.acme, { ...own, unit: '300000', note: { zh: '按例采购', en: 'ordered case by case' } }))
  expect(listed).toMatchObject({ says: 'conditional', note: { en: 'ordered case by case' } })
  // The wording of the rule and a fund that is about to stop say it too.
  const others = [await factOf(enter(doors.south, { ...own, rung: 'exclusion_self_pay', detail: { rule: { zh: '限住院', en: 'inpatients only' } } })), await factOf(enter(doors.south, { ...own, rung: 'special_fund', detail: { stopping: true } }))]
  for (const [door, { code }] of [[doors.acme, listed], [doors.south, others[0]!], [doors.south, others[1]!]] as const) expect((await drop(door, code, 1)).status).toBe(200)
})

describe('what a province enters', () => {
  test('is confirmed by that, for itself alone; the last word holds, and what was known on an instant is answered', async () => {
    const first = await factOf(enter(doors.north, { rung: 'exclusion_drg', drug: null, says: 'conditional', detail: { reviewPath: { zh: '市级审核', en: 'the city reviews' }, casesApplied: 12, casesApproved: 9 } }))
    expect(first).toMatchObject({ standing: 'confirmed', origin: 'province', decidedBy: { unit: '100000' } })
    expect(await rungIn('exclusion_drg', doors.public, 'beta')).toMatchObject({ state: 'conditional', standing: 'confirmed' })
    expect(await Promise.all([enter(doors.north, { unit: '200000' }), enter(doors.north, { unit: null }), enter(doors.north, { rung: 'exclusion_drg', drug: null, says: 'conditional', detail: { reviewPath: { zh: '市级审核', en: 'the city reviews' } } }), decide(doors.operator, first.code, 1)].map(problemOf))).toEqual([[422, 'unit.not_found'], [422, 'ladder_fact.unit'], [409, 'ladder_fact.exists'], [409, 'ladder_fact.not_a_companys']])
    expect(await problemOf(put(doors.north, first.code, 1, factSaid({ rung: 'exclusion_self_pay', drug: null })))).toEqual([422, 'ladder_fact.other'])
    expect((await drop(doors.north, first.code, 1)).status).toBe(200)
    expect([(await rungIn('exclusion_drg', doors.public, 'beta')).state, (await rungIn('exclusion_drg', doors.public, 'beta', '100000', '?knownOn=2026-06-30T03:59:00.000Z')).state]).toEqual(['not_known', 'not_known'])
    for (const [own, field] of [[{ detail: { casesApplied: 1, casesApproved: 2 }, rung: 'exclusion_drg' }, 'detail.casesApproved'], [{ rung: 'exclusion_drg', drug: null, says: 'conditional', detail: { casesApplied: 3 } }, 'detail.reviewPath'], [{ validTo: '2026-01-01' }, 'validTo'], [{ rung: 'stocked' }, 'rung'], [{ source: { text: { zh: '', en: '' } } }, 'source.text.zh'], [{ source: { text: { zh: '甲', en: 'A' }, url: 'javascript:1' } }, 'source.url']] as const) {
      const answer = await enter(doors.north, own)
      expect([answer.status, Problem.parse(await answer.json()).error.field]).toEqual([400, field])
    }
  })

  test('a contradiction is shown, and not decided', async () => {
    const listed = await factOf(enter(doors.north, { validFrom: '2026-06-20' }))
    expect((await one(doors.public)).contradictions).toEqual([{ kind: 'stocked_before_listed', rungs: ['stocked', 'platform_listed'], days: ['2026-06-01', '2026-06-20'], facts: [listed.code] }])
    await enter(doors.acme, { says: 'no', validFrom: '2026-06-21' })
    expect((await one(doors.public)).contradictions.map(({ kind }) => kind)).toEqual(['stocked_before_listed', 'facts_disagree'])
    expect(await rungIn('platform_listed')).toMatchObject({ state: 'yes', standing: 'confirmed' })
  })
})

describe('a file of facts', () => {
  const send = (door: Door, text: string | ArrayBuffer, dryRun = false, name = 'facts.csv') => {
    const form = new FormData()
    form.set('file', new File([text], name))
    return door.ask(`${facts}/file?dryRun=${dryRun}`, { method: 'POST', body: form })
  }
  const read = async (answer: Promise<Response>) => LadderImportAnswer.parse(await (await answer).json())
  const head = '环节,药品编码,省份,状态,生效日期,依据,机构数'

  test('is tried, entered, and entered again without a change; what it says otherwise is changed', async () => {
    const file = `${head}\n准入,beta,South,是,2026-03-01,药事会纪要,3\n挂网,beta,200000,否,2026/3/2,平台公告,\n`
    expect(await read(send(doors.acme, file, true))).toEqual({ dryRun: true, rows: 2, created: 2, changed: 0, unchanged: 0, leftOut: 0, errors: [], moreErrors: 0 })
    expect((await one(doors.acme, 'beta', '200000')).facts.filter(({ origin }) => origin === 'company')).toEqual([])
    expect(await read(send(doors.acme, file))).toMatchObject({ created: 2, changed: 0, unchanged: 0 })
    expect(await read(send(doors.acme, file))).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
    expect(await read(send(doors.acme, file.replace('纪要,3', '纪要,4')))).toMatchObject({ created: 0, changed: 1, unchanged: 1 })
    expect(await rungIn('admitted', doors.public, 'beta', '200000')).toMatchObject({ state: 'yes', standing: 'unconfirmed', institutions: 4 })
    // One message a file, not one a row.
    expect(await told(doors.south)).toEqual(['ladder_fact_entered beta 200000', 'ladder_fact_entered beta 200000'])
    // What goes out comes in again.
    for (const format of ['csv', 'xlsx'] as const) {
      const sentOut = await (await doors.acme.ask(`${facts}?format=${format}&unit=200000`)).arrayBuffer()
      expect(await read(send(doors.acme, sentOut, false, `facts.${format}`)), format).toEqual({ dryRun: false, rows: 2, created: 0, changed: 0, unchanged: 2, leftOut: 0, errors: [], moreErrors: 0 })
    }
  })

  test('that was exported confirms nothing of others: who takes in what he sent out changes nothing, and changes his own by its code', async () => {
    const mine = await factOf(enter(doors.acme, { unit: '200000', rung: 'admitted', drug: 'beta', validFrom: '2026-04-01' }))
    expect((await decide(doors.south, mine.code, 1, 'not so')).status).toBe(200)
    const own = await factOf(enter(doors.south, { unit: '200000', rung: 'tertiary_exemption', drug: null, validFrom: '2026-03-03' }))
    expect((await enter(doors.operator, { unit: null, drug: null, rung: 'special_fund', says: 'no' })).status).toBe(201)
    const exported = async (door: Door) => (await door.ask(`${facts}?format=csv`)).arrayBuffer()
    const before = LadderFactsAnswer.parse(await doors.operator.read(`${facts}?limit=500`)).facts
    for (const [door, origin] of [[doors.south, 'province'], [doors.operator, 'regulator'], [doors.acme, 'company']] as const) {
      const all = LadderFactsAnswer.parse(await door.read(`${facts}?limit=500`)).facts
      const [his, others] = [all.filter((one) => one.origin === origin).length, all.filter((one) => one.origin !== origin).length]
      expect(await read(send(door, await exported(door)))).toMatchObject({ created: 0, changed: 0, unchanged: his, leftOut: others, errors: [] })
      expect([his > 0, others > 0]).toEqual([true, origin !== 'company'])
    }
    expect(LadderFactsAnswer.parse(await doors.operator.read(`${facts}?limit=500`)).facts).toEqual(before)
    // Another first day is a change of the same fact, and no second one beside it; what is another's is not there.
    const file = (code: string, more = '') => `${head},fact,origin\n考核豁免,*,200000,是,2026-03-05,公告,,${code},province\n${more}`
    expect(await read(send(doors.south, file(own.code)))).toMatchObject({ created: 0, changed: 1, unchanged: 0 })
    expect(LadderFactAnswer.parse(await doors.south.read(`${facts}/${own.code}`))).toMatchObject({ fact: { version: 2, validFrom: '2026-03-05', standing: 'confirmed' }, former: [{ validFrom: '2026-03-03' }] })
    const columns = async (text: string, door = doors.south) => (await read(send(door, text))).errors.map(({ row, column }) => `${row} ${column}`)
    expect([await columns(file(mine.code)), await columns(file('none')), await columns(file(own.code, `考核豁免,*,200000,是,2026-03-06,公告,,${own.code},province\n`)), await columns(file(own.code).replace('考核豁免', '挂网')), await columns(file(own.code).replace(',province', ',nobody'))]).toEqual([['2 fact'], ['2 fact'], ['3 fact'], ['2 fact'], ['2 origin']])
    const [wrong] = (await read(send(doors.operator, `${head}\n挂网,beta,200000,也许,2026-03-05,公告,\n`))).errors
    expect([wrong!.column, wrong!.message.zh, wrong!.message.en.includes('required')]).toEqual(['says', '请填：是、有条件、否、要求执行', true])
  })

  test('with a wrong row enters nothing, and says of each row and column what is wrong', async () => {
    const answer = await send(doors.acme, `${head}\n准入,beta,North,是,2026-03-01,纪要,三\n配备,beta,North,是,2026-03-01,纪要,\n挂网,gamma,North,是,2026-03-01,公告,\n挂网,beta,Nowhere,也许,昨天,,\n挂网,beta,North,是,2026-03-01,公告,\n挂网,beta,North,是,2026-03-01,公告,\n挂网,beta,North,是,2026-03-05,公告,7\n`)
    expect(answer.status).toBe(422)
    const { errors, created } = LadderImportAnswer.parse(await answer.json())
    expect([created, errors.map(({ row, column }) => `${row} ${column}`)]).toEqual([0, ['2 institutions', '3 rung', '4 drug_code', '5 unit', '5 says', '5 valid_from', '5 source_zh', '7 null', '8 institutions']])
    expect(errors.every(({ message }) => /[一-龥]/.test(message.zh) && message.en.length > 3)).toBe(true)
    const { errors: [review] } = await read(send(doors.south, `${head}\n病种付费除外,*,South,有条件,2026-03-01,公告,\n`))
    expect([review!.column, review!.message.zh]).toEqual(['review_path_zh', '“有条件”的除外须写明审核路径：由谁申请、由谁审核'])
    const { errors: [condition] } = await read(send(doors.acme, `${head}\n挂网,beta,South,有条件,2026-05-06,公告,\n`, true))
    expect([condition!.row, condition!.column, condition!.message.zh]).toEqual([2, 'note_zh', '“有条件”须在备注中写明条件'])
    expect(await read(send(doors.acme, `${head},备注\n挂网,beta,South,有条件,2026-05-06,公告,,按例采购\n`, true))).toMatchObject({ created: 1, errors: [] })
    expect((await one(doors.acme, 'beta')).facts.some(({ origin }) => origin === 'company')).toBe(false)
    expect((await problemOf(send(doors.acme, 'a,b\n1,2\n')))[0]).toBe(400)
    for (const door of [doors.reader, doors.city, doors.elsewhere]) expect((await send(door, head)).status).toBe(404)
    expect((await problemOf(doors.acme.ask(`${facts}/file?dryRun=perhaps`, { method: 'POST' })))[0]).toBe(400)
  })
})

test('facts that the edition publishes otherwise are known otherwise from then on, and what it names no more says nothing', async () => {
  const own = await newWorld()
  const door = doorOf(own.services, 'public')
  await own.loadEdition({ ladder: [{ code: 'south', rung: 'exclusion_self_pay', units: ['200000'], says: 'no' }] }, '2026-06-29')
  const now = LadderAnswer.parse(await door.read(`${ladders}/alpha/200000`)).rungs
  expect([now.find(({ rung }) => rung === 'exclusion_self_pay')!.state, now.find(({ rung }) => rung === 'in_force')!.required]).toEqual(['no', false])
  const before = LadderAnswer.parse(await door.read(`${ladders}/alpha/200000?knownOn=2026-06-20T00:00:00.000Z`)).rungs
  expect([before.find(({ rung }) => rung === 'exclusion_self_pay')!.state, before.find(({ rung }) => rung === 'in_force')!.required]).toEqual(['yes', true])
})
