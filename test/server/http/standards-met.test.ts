import { beforeAll, expect, test } from 'vitest'
import { Problem } from '@lastmile/shared/problem'
import { StandardAnswer } from '@lastmile/shared/standard'
import { StandardPreview } from '@lastmile/shared/standard-preview'
import { listCode } from '../../support/edition.js'
import { given, type World } from '../../support/given.js'
import { ruleSaid, type RuleFacts } from '../../support/standards.js'
import { doorOf, type Door } from './door.js'

/* A rule that nobody can meet makes a gap wherever it speaks, and accuses whoever answers for the drug: it is refused, and says where. */

const standards = `/api/lists/${listCode}/standards`
const json = { 'content-type': 'application/json' }

let world: World
let operator: Door

beforeAll(async () => {
  world = await given({
    institutions: { H1: '100100', H2: '100200', P1: '100100', H3: '200100', H4: '300100', H5: { at: '650100', unit: '660000' } }, standards: [{ drug: 'alpha', minInstitutions: 1 }, { drug: 'beta', eligibleOnly: true, kinds: ['hospital'] }],
    eligibility: ['alpha', 'beta'].map((drug) => ({ drug, rules: [{ by: 'attributes' as const, kind: 'hospital' as const }] })), reports: [],
  })
  operator = doorOf(world.services, { role: 'operator' })
})

const decide = async (drug: string, version: number, rules: readonly RuleFacts[]) => operator.ask(`${standards}/${drug}`, { method: 'PUT', headers: { ...json, 'if-match': `"${version}"` }, body: JSON.stringify({ rules: rules.map(ruleSaid), why: 'a test' }) })
const refusal = async (drug: string, version: number, rules: readonly RuleFacts[]) => {
  const answer = await decide(drug, version, rules)
  const { error } = Problem.parse(await answer.json())
  return { status: answer.status, code: error.code, field: error.field, message: error.message, total: error.cannotBeMet?.total, where: error.cannotBeMet?.first.map(({ unit, what, asked, most }) => `${unit} ${what} ${asked}/${most}`) }
}
const preview = async (drug: string, rules: readonly RuleFacts[]) => StandardPreview.parse(await (await operator.ask(`${standards}/${drug}/preview`, { method: 'POST', headers: json, body: JSON.stringify({ rules: rules.map(ruleSaid) }) })).json()).cannotBeMet.map(({ unit, what, asked, most }) => `${unit} ${what} ${asked}/${most}`)

test('more cities than a unit has: the unit is named by the preview, and the standard stays as it was', async () => {
  const two = [{ minCities: 2, minInstitutions: 3 }]
  expect(await preview('alpha', two)).toEqual(['300000 cities 2/1'])
  expect(await refusal('alpha', 1, two)).toEqual({
    status: 422, code: 'standard.cannot_be_met', field: 'rules.0.minCities', total: 1, where: ['300000 cities 2/1'], message: 'rules.0.minCities: nobody could meet it in 1 unit: East (asks 2 cities, of 1). Write another rule for it.',
  })
  // The Corps has no cities of its own: its institutions can lie in anybody's.
  expect(await refusal('alpha', 1, [{ minCities: 50 }])).toMatchObject({ total: 5, where: ['100000 cities 50/2', '200000 cities 50/2', '300000 cities 50/1', '650000 cities 50/2', '660000 cities 50/7'] })
  expect(StandardAnswer.parse(await operator.read(`${standards}/alpha`)).standard!.version).toBe(1)
})

test('with a rule of their own for those units, it becomes the standard', async () => {
  const own = [{ minCities: 2, units: ['100000', '200000', '650000', '660000'] }, { minCities: 1, units: ['300000'] }]
  expect(await preview('alpha', own)).toEqual([])
  expect((await decide('alpha', 1, own)).status).toBe(200)
})

test('more institutions than are eligible of these kinds; where all are counted, nobody knows how many there could be', async () => {
  const rule = { from: '2026-02-01', eligibleOnly: true, kinds: ['hospital' as const], minInstitutions: 2 }
  expect(await refusal('alpha', 2, [rule])).toMatchObject({ status: 422, field: 'rules.0.minInstitutions', total: 4, where: ['200000 institutions 2/1', '300000 institutions 2/1', '650000 institutions 2/0', '660000 institutions 2/1'] })
  expect(await preview('alpha', [{ ...rule, units: ['100000'], minInstitutions: 1_000_000_000 }])).toEqual(['100000 institutions 1000000000/2'])
  expect(await preview('alpha', [{ ...rule, units: ['200000'], minInstitutions: 1, minCities: 2 }])).toEqual(['200000 cities 2/1'])
  expect(await preview('alpha', [{ ...rule, kinds: ['pharmacy'], units: ['100000'], minInstitutions: 1 }])).toEqual(['100000 institutions 1/0'])
  expect(await preview('alpha', [{ ...rule, eligibleOnly: false }])).toEqual([])
  expect(await preview('gamma', [rule])).toEqual([])
  expect(await preview('alpha', [{ ...rule, units: ['200000', '300000'], servedBy: [{ unit: '200000', institution: 'H1' }, { unit: '300000', institution: 'H1' }] }])).toEqual([])
})

test('who decides of one unit need not mend what was decided of others before', async () => {
  const { standard } = StandardAnswer.parse(await operator.read(`${standards}/beta`))
  expect((await decide('beta', 1, [...standard!.rules, { from: '2026-03-01', units: ['100000'], minInstitutions: 2 }])).status).toBe(200)
})

test('an edition that asks for more cities than a unit has is not loaded, and says which and where', async () => {
  await expect(world.loadEdition({ standards: [{ drug: 'alpha', minCities: 2 }] }, '2026-07-01')).rejects.toThrow('standard of alpha: it asks for 2 cities in each unit, and unit "300000" has 1: nobody could meet it there; write another rule for that unit')
})
