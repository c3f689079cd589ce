import { expect, test } from 'vitest'
import { CandidaciesAnswer, EditionsAnswer, LifeAnswer } from '@lastmile/shared/candidacy'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { listings, stageSaid } from '../../support/listings.js'
import { givenPlan } from '../../support/plans.js'
import { doorOf } from './door.js'

/* Who can be applied for to the next edition. */

const base = `/api/lists/${listCode}`

test('of each drug it is told where it stands in the last edition: one that was removed meets the rules all the same', async () => {
  const world = await given({ today: '2026-06-30', listings: listings() })
  await givenPlan(world, 'a-plan', { drugs: ['alpha'] })
  const operator = doorOf(world.services, { role: 'operator' })
  const [alpha] = CandidaciesAnswer.parse(await operator.read(`${base}/candidacies?search=first-alpha`)).rows
  const removed = await operator.ask(`${base}/candidacies/${alpha!.code}/stages`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'if-match': `"${alpha!.version}"` },
    body: JSON.stringify(stageSaid({ stage: 'removed', on: '2026-06-15', reason: { zh: '测试', en: 'a test' } })),
  })
  expect(removed.status).toBe(200)
  const told = async (ask = '') => EditionsAnswer.parse(await operator.read(`${base}/editions${ask}`)).next!.rows.map(({ drug, standing: { stage, since }, eligibility: { state } }) => [drug, stage, since, state])
  expect((await told())[0]).toEqual(['alpha', 'removed', '2026-06-15', 'meets'])
  expect((await told('?asOf=2026-06-14'))[0]!.slice(0, 2)).toEqual(['alpha', 'in_force'])
  expect(LifeAnswer.parse(await operator.read(`${base}/drugs/alpha/life`)).eligibility).toMatchObject({ standing: { stage: 'removed' } })
})
