import { expect, test } from 'vitest'
import { signedIn } from '../../support/actors.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const json = { 'content-type': 'application/json' }

/** Two administrators, who can each take the other's role away. */
async function two() {
  const { services } = await given({})
  const [one, other] = [await signedIn(services, { role: 'security_administrator' }), await signedIn(services, { role: 'security_administrator' })]
  const door = doorOf(services, 'public')
  const demote = async (by: typeof one, who: typeof one) => (await door.ask(`/api/accounts/${who.id}`, { method: 'PUT', headers: { ...by.headers, ...json, 'if-match': '"1"' }, body: JSON.stringify({ name: 'x', role: 'reader', disabled: false }) })).status
  return { one, other, demote }
}

test('nobody changes what his own account may: not a duty that keeps apart, nor the way to prices', async () => {
  const { one, demote } = await two()
  expect(await demote(one, one)).toBe(409)
})

test('of two administrators who take each other\'s role away at once, one stays', async () => {
  const { one, other, demote } = await two()
  expect((await Promise.all([demote(one, other), demote(other, one)])).sort()).toEqual([200, 409])
})
