import { beforeAll, describe, expect, test } from 'vitest'
import { AuditAnswer } from '@lastmile/shared/audit'
import { GapsAnswer } from '@lastmile/shared/gap'
import { Problem } from '@lastmile/shared/problem'
import { StandardAnswer, StandardsAnswer, type StandardRule } from '@lastmile/shared/standard'
import { StandardPreview } from '@lastmile/shared/standard-preview'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { ruleSaid, type RuleFacts } from '../../support/standards.js'
import { doorOf, type Door } from './door.js'

/* The doors to standards: everybody reads what counts as covered and who decided it, and operators decide. */

const standards = `/api/lists/${listCode}/standards`
const json = { 'content-type': 'application/json' }

let world: World
const doors = {} as Record<'operator' | 'colleague' | 'reader' | 'north' | 'public' | 'auditor', Door>

beforeAll(async () => {
  world = await given({
    institutions: { H1: '100100', H2: '200100', P1: '100200' }, standards: ['alpha', 'beta'].map((drug) => ({ drug, minInstitutions: 2 })),
    reports: [{ source: 'maker', asOf: '2026-06-20', rows: ['H1 alpha in_stock', 'P1 alpha in_stock', 'H2 alpha in_stock', 'H1 beta in_stock'] }],
  })
  const door = (who: Parameters<typeof doorOf>[1]) => doorOf(world.services, who)
  Object.assign(doors, { operator: door({ role: 'operator', name: 'First officer' }), colleague: door({ role: 'operator', name: 'Second officer' }), reader: door({ role: 'reader' }), north: door({ role: 'province_officer', unit: '100000' }), public: door('public'), auditor: door({ role: 'auditor' }) })
})

const decide = (door: Door, drug: string, version: number | string, rules: readonly RuleFacts[], more: object = {}) => door.ask(`${standards}/${drug}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify({ rules: rules.map(ruleSaid), why: 'fewer patients there', ...more }) })
const giveUp = (door: Door, drug: string, version: number) => door.ask(`${standards}/${drug}`, { method: 'DELETE', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify({ why: 'as the edition says' }) })
const preview = async (rules: readonly RuleFacts[], drug = 'alpha') => StandardPreview.parse(await (await doors.operator.ask(`${standards}/${drug}/preview`, { method: 'POST', headers: json, body: JSON.stringify({ rules: rules.map(ruleSaid) }) })).json())
const read = async (drug: string, door = doors.reader) => StandardAnswer.parse(await door.read(`${standards}/${drug}`))
const gaps = async (drug: string) => GapsAnswer.parse(await doors.public.read(`/api/lists/${listCode}/gaps?drug=${drug}`)).gaps.map(({ region }) => region).sort()
const problemOf = async (answer: Response) => {
  const { error } = Problem.parse(await answer.json())
  return [answer.status, error.code, error.field] as const
}

test('a preview says how many gaps there are and would be, and which open and close, and changes nothing', async () => {
  const { evidences, judgedOn } = await preview([{ minInstitutions: 1, units: ['100000', '200000'] }])
  expect(judgedOn).toBe('2026-06-30')
  const declared = evidences.find(({ evidence }) => evidence === 'declared')!
  expect([declared.before, declared.after, declared.opens, declared.closes.map(({ region, reason }) => `${region} ${reason}`)]).toEqual([4, 0, [], ['200000 too_few', '300000 not_reported', '650000 not_reported', '660000 not_reported']])
  const stricter = (await preview([{ minInstitutions: 3, from: '2026-09-01' }]))
  expect([stricter.judgedOn, stricter.evidences[0]!.opens.map(({ region, minInstitutions }) => [region, minInstitutions])]).toEqual(['2026-09-01', [['100000', 3]]])
  expect([await gaps('alpha'), (await read('alpha')).former]).toEqual([['200000', '300000', '650000', '660000'], []])
})

describe('an operator decides', () => {
  test('and gaps are judged by it at once, everybody sees who it was by his office, and the regulator by name', async () => {
    expect((await decide(doors.operator, 'alpha', 1, [{ minInstitutions: 1, units: ['200000', '300000'] }])).status).toBe(200)
    expect(await gaps('alpha')).toEqual(['300000'])
    expect((await read('alpha')).standard).toMatchObject({ version: 2, origin: 'officer', author: 'First officer', role: 'operator', why: 'fewer patients there', knownFrom: '2026-06-30T04:00:00.000Z' })
    for (const door of [doors.north, doors.public]) expect(await read('alpha', door)).toMatchObject({ standard: { author: null, role: 'operator', why: 'fewer patients there' }, former: [{ author: 'a test', origin: 'edition' }], filed: { author: 'a test' } })
    expect(StandardsAnswer.parse(await doors.public.read(standards)).standards.map(({ drug, standard, otherwise }) => [drug, standard?.version, otherwise])).toEqual([['alpha', 2, true], ['beta', 1, false], ['gamma', undefined, false]])
  })

  test('for a drug that had none, naming version 0', async () => {
    expect((await decide(doors.operator, 'gamma', 0, [{ units: ['100000'] }])).status).toBe(200)
    expect(await gaps('gamma')).toEqual(['100000'])
  })

  test('of two who decide at once, one does, and the other is told', async () => {
    const { standard } = await read('beta')
    const answers = await Promise.all([...Array.from({ length: 5 }, (_, i) => decide(i % 2 ? doors.operator : doors.colleague, 'beta', standard!.version, [{ minInstitutions: 10 + i }])), giveUp(doors.colleague, 'beta', standard!.version)])
    const statuses = answers.map(({ status }) => status)
    // What is the edition's already has nothing to be given up, so that one may come first and change nothing.
    expect([statuses.slice(0, 5).filter((status) => status === 200), statuses.every((status) => [200, 412].includes(status))]).toEqual([[200], true])
    const after = await read('beta')
    expect([after.standard!.version, after.former.map(({ version }) => version)]).toEqual([standard!.version + 1, [standard!.version]])
  })

  test('on what was seen before is refused with the version as it is', async () => {
    const late = await decide(doors.colleague, 'alpha', 1, [])
    expect([late.status, Problem.parse(await late.json()).error]).toMatchObject([412, { code: 'standard.version', version: 2 }])
    expect((await giveUp(doors.operator, 'alpha', 1)).status).toBe(412)
  })

  test('what is so already, and nothing changes', async () => {
    const before = await read('alpha')
    expect((await decide(doors.colleague, 'alpha', 2, before.standard!.rules)).status).toBe(200)
    expect(await read('alpha')).toEqual(before)
  })

  test('and gives it up: what the edition says is the standard again', async () => {
    expect((await giveUp(doors.colleague, 'alpha', 2)).status).toBe(200)
    expect(await read('alpha')).toMatchObject({ standard: { version: 3, origin: 'edition', author: 'a test', why: 'as the edition says' }, filed: null })
    expect(await gaps('alpha')).toEqual(['200000', '300000', '650000', '660000'])
  })

  test('and each of it is noted with what was before and after, and why', async () => {
    const { entries } = AuditAnswer.parse(await doors.auditor.read('/api/audit?limit=500'))
    const own = entries.filter(({ object }) => object === 'alpha').reverse()
    expect(own.map(({ action, outcome, actorName, before, after }) => [action, outcome, actorName, before?.['version'], after?.['version'], after?.['why']])).toEqual([
      ['standard.change', 'done', 'First officer', 1, 2, 'fewer patients there'], ['standard.release', 'done', 'Second officer', 2, 3, 'as the edition says'],
    ])
    expect(own[0]!.after!['rules']).toMatchObject([{ minInstitutions: 1, units: ['200000', '300000'] }] satisfies Partial<StandardRule>[])
  })
})

describe('what cannot hold is refused with its field', () => {
  test.each<[string, readonly RuleFacts[], object, number, string, string]>([
    ['two rules of one day for one unit', [{}, { units: ['100000'] }], {}, 400, 'question.invalid', 'rules.1.units'], ['a unit that there is not', [{ units: ['100000', '999999'] }], {}, 422, 'unit.not_found', 'rules.0.units.1'],
    ['an institution that there is not', [{ servedBy: [{ unit: '200000', institution: 'H77' }] }], {}, 422, 'institution.not_found', 'rules.0.servedBy.0.institution'],
    ['an institution that would serve its own unit', [{ servedBy: [{ unit: '200000', institution: 'H2' }] }], {}, 422, 'standard.serves_itself', 'rules.0.servedBy.0.institution'],
    ['a day before the list came into force', [{ from: '1900-01-01' }], {}, 422, 'standard.before_list', 'rules.0.from'],
    ['no reason', [{}], { why: ' ' }, 400, 'question.invalid', 'why'], ['an author', [{}], { author: 'somebody' }, 400, 'question.invalid', 'author'],
    ['a share of more than all', [], { rules: [{ ...ruleSaid(), reach: { km: 150, share: 101 } }] }, 400, 'question.invalid', 'rules.0.reach.share'], ['a number below none', [], { rules: [{ ...ruleSaid(), minInstitutions: -1 }] }, 400, 'question.invalid', 'rules.0.minInstitutions'],
  ])('%s', async (_, rules, more, status, code, field) => {
    expect(await problemOf(await decide(doors.operator, 'beta', 2, rules, more))).toEqual([status, code, field])
  })

  test('by who may not, a drug that there is not, and no version named', async () => {
    expect(await problemOf(await decide(doors.reader, 'beta', 2, []))).toEqual([404, 'path.not_found', undefined])
    expect(await problemOf(await decide(doors.public, 'beta', 2, []))).toEqual([401, 'session.required', undefined])
    expect(await problemOf(await decide(doors.operator, 'none', 0, []))).toEqual([404, 'drug.not_found', undefined])
    expect(await problemOf(await doors.operator.ask(`${standards}/beta`, { method: 'PUT', headers: json, body: JSON.stringify({ rules: [], why: 'x' }) }))).toEqual([400, 'question.invalid', 'If-Match'])
  })
})
