import { expect, test } from 'vitest'
import { CandidaciesAnswer, EditionsAnswer, LifeAnswer } from '@lastmile/shared/candidacy'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { filed, givenCandidacy, listings, stageSaid } from '../../support/listings.js'
import { doorOf, type Door } from './door.js'

/* What was known of drugs in the course of editions on an instant, by the documents that the edition's files name. */

const base = `/api/lists/${listCode}`
const rows = async (door: Door, ask = '') => CandidaciesAnswer.parse(await door.read(`${base}/candidacies${ask}`)).rows
const life = async (door: Door, drug: string) => LifeAnswer.parse(await door.read(`${base}/drugs/${drug}/life`))
const editions = async (door: Door, ask: string) => EditionsAnswer.parse(await door.read(`${base}/editions${ask}`))

test('stages that files state are known a document at a time, however early they were loaded: nobody knew of a stage before the document that states it', async () => {
  const stages = [...filed('alpha').stages!, { stage: 'renewed' as const, on: '2028-01-01', until: '2028-12-31', document: 'renewal' }]
  const course = (own: object[] = stages, papers = { renewal: '2026-03-10' }) => ({ listings: listings({ papers, candidacies: [{ ...filed('alpha', { company: 'acme', drug: 'alpha' }), stages: own as typeof stages }, { ...filed('gamma'), code: 'basic-gamma', edition: 'basic', stages: [] }] }) })
  const other = await given({ loaded: '2025-12-01', ...course() })
  const operator = doorOf(other.services, { role: 'operator' })
  const at = async (knownOn: string | null, door = operator) => (await rows(door, `?limit=500${knownOn === null ? '' : `&knownOn=${knownOn}`}`)).map(({ code, version, facts, knownFrom, knownTo }) => [code, version, facts.map(({ stage }) => stage).join(), knownFrom, knownTo])
  const first = 'listed,in_force'
  const before = ['formal_review', 'expert_evaluation', 'price_consultation']
  const known = async (knownOn: string | null) => (await rows(operator, `?search=first-alpha${knownOn === null ? '' : `&knownOn=${knownOn}`}`)).map(({ facts }) => facts.map(({ stage }) => stage).filter((stage) => stage !== 'applied' && !before.includes(stage)).join())
  // Of gamma the files state no stage: it stands there from the load on. Of alpha nothing was published then.
  expect(await at('2025-12-06T15:59:59.999Z')).toEqual([['basic-gamma', 1, '', '2025-12-01T04:00:00.000Z', null]])
  expect([(await editions(operator, '?knownOn=2025-12-06T15:59:59.999Z')).editions[0]!.phase, (await editions(operator, '?knownOn=2025-12-06T16:00:00.000Z')).editions[0]!.phase]).toEqual(['awaited', 'in_force'])
  expect([await known('2025-12-06T16:00:00.000Z'), await known('2026-03-09T15:59:59.999Z'), await known('2026-03-09T16:00:00.000Z'), await known(null)]).toEqual([[first], [first], [`${first},renewed`], [`${first},renewed`]])
  expect((await rows(operator, '?search=first-alpha'))[0]!.facts.map(({ at: said }) => said).filter((one, i, all) => all.indexOf(one) === i)).toEqual(['2025-12-06T16:00:00.000Z', '2026-03-09T16:00:00.000Z'])
  expect((await life(operator, 'alpha')).candidacies[0]!.former.map(({ version, knownFrom, knownTo }) => [version, knownFrom, knownTo])).toEqual([[1, '2025-12-06T16:00:00.000Z', '2026-03-09T16:00:00.000Z']])
  // The same files again change nothing, whenever; what a person states stays beside what they say.
  const all = await rows(operator, '?limit=500')
  await other.loadEdition(course(), '2026-06-01')
  expect(await rows(operator, '?limit=500')).toEqual(all)
  const [alpha] = await rows(operator, '?search=first-alpha')
  const said = stageSaid({ stage: 'temporary_inclusion', on: '2026-02-01', until: '2026-03-01', reason: { zh: '测试', en: 'a test' } })
  expect((await operator.ask(`${base}/candidacies/first-alpha/stages`, { method: 'POST', headers: { 'content-type': 'application/json', 'if-match': `"${alpha!.version}"` }, body: JSON.stringify(said) })).status).toBe(200)
  await other.loadEdition(course(), '2026-06-30T05:00:00.000Z')
  expect((await at(null)).map(([code, version]) => [code, version])).toEqual([['first-alpha', 3], ['basic-gamma', 1]])
  // One of a day to come is not: it would be told as known now. Nothing is stored of it, and the files can be mended the same day.
  const amended = (day: string) => course(stages.map((one) => (one.stage === 'renewed' ? { ...one, until: '2029-06-30', document: 'amendment' } : one)), { renewal: '2026-03-10', amendment: day } as never)
  const ends = async () => (await rows(operator, '?search=first-alpha')).map(({ version, facts }) => [version, facts.flatMap(({ stage, until }) => (stage === 'renewed' ? [until] : [])).join()])
  await expect(other.loadEdition(amended('2026-07-02'), '2026-06-30T06:00:00.000Z')).rejects.toThrow(/editions\.json:\n.*candidacy first-alpha, stage renewed: its document "amendment" \(amendment（中）\) is dated 2026-07-02, and it is 2026-06-30T06:00:00\.000Z.*Load the files on 2026-07-02 or later/)
  expect(await ends()).toEqual([[3, '2028-12-31']])
  await other.loadEdition(amended('2026-06-30'), '2026-06-30T07:00:00.000Z')
  expect(await ends()).toEqual([[4, '2029-06-30']])
  // Its day begins at midnight in the list's time zone.
  await expect(other.loadEdition(amended('2026-07-01'), '2026-06-30T15:59:59.999Z')).rejects.toThrow('is dated 2026-07-01')
  await other.loadEdition(amended('2026-07-01'), '2026-06-30T16:00:00.000Z')
  await expect(other.loadEdition(course(), '2026-02-01')).rejects.toThrow('became known later')
})

test('what a later document says otherwise holds from its day on, until then what was said before; what others stated stays beside both', async () => {
  const alpha = (until: string, document: string) => ({ ...filed('alpha', { company: 'acme', drug: 'alpha' }, until), stages: [...filed('alpha').stages!.slice(0, 3), { stage: 'in_force' as const, on: '2026-01-01', until, document }] })
  const own = await given({ listings: listings({ candidacies: [] }) })
  await givenCandidacy(own, 'first-alpha', { edition: 'first', substance: 'alpha' })
  await own.loadEdition({ listings: listings({ candidacies: [alpha('2027-12-31', 'notice')] }) }, '2026-02-01')
  // Loaded as known since February: the amendment came in March, before today.
  await own.loadEdition({ listings: listings({ papers: { amendment: '2026-03-10' }, candidacies: [alpha('2026-12-31', 'amendment')] }) }, '2026-02-02')
  const operator = doorOf(own.services, { role: 'operator' })
  const ends = async (knownOn: string | null) => (await rows(operator, `?search=first-alpha${knownOn === null ? '' : `&knownOn=${knownOn}`}`)).map(({ standing, facts }) => [standing.endsOn, facts.filter(({ by }) => by === 'company').length])
  expect([await ends('2026-02-02T04:00:00.000Z'), await ends('2026-03-09T15:59:59.999Z'), await ends('2026-03-09T16:00:00.000Z'), await ends(null)]).toEqual([[['2027-12-31', 1]], [['2027-12-31', 1]], [['2026-12-31', 1]], [['2026-12-31', 1]]])
})

test('a drug is asked for exactly, in the editions of the list: another edition that names it, and another drug whose name holds its code, do not answer for it', async () => {
  const course = listings({ candidacies: [
    { code: 'basic-alpha', edition: 'basic', substance: 'alpha', drug: 'alpha', name: { zh: '甲', en: 'alpha' }, stages: [{ stage: 'in_force', on: '2025-01-01', until: '2026-12-31', document: 'notice' }] },
    { ...filed('alpha', { company: 'acme', drug: 'alpha' }), stages: [...filed('alpha').stages!, { stage: 'removed', document: 'removal', reason: { zh: '测试', en: 'a test' } }] },
    filed('gamma', { company: 'bestco', drug: 'gamma', name: { zh: '丙', en: 'alpha of another kind' } }),
  ], papers: { removal: '2026-05-10' } })
  const [first, ...others] = course.editions
  const own = await given({ listings: { ...course, editions: [...others.reverse(), { ...first!, list: listCode }] } })
  const reader = doorOf(own.services, 'public')
  const asked = async (ask: string) => (await rows(reader, ask)).map(({ code, standing: { stage, since, endsOn } }) => [code, stage, since, endsOn].join(' '))
  expect(await asked('?search=alpha')).toEqual(['basic-alpha in_force 2025-01-01 2026-12-31', 'first-alpha removed  ', 'first-gamma in_force 2026-01-01 2027-12-31'])
  expect(await asked('?drug=alpha&ofList=true')).toEqual(['first-alpha removed  '])
  expect(await asked('?drug=alpha&ofList=true&asOf=2026-05-09')).toEqual(['first-alpha in_force 2026-01-01 2026-05-09'])
  expect([await asked('?drug=alpha&ofList=false'), await asked('?drug=alph'), await asked('?ofList=true')]).toEqual([['basic-alpha in_force 2025-01-01 2026-12-31'], [], ['first-alpha removed  ', 'first-gamma in_force 2026-01-01 2027-12-31']])
})
