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
  return { one, other, door, demote }
}

test('nobody changes what his own account may: not a duty that keeps apart, nor the way to prices', async () => {
  const { one, demote } = await two()
  expect(await demote(one, one)).toBe(409)
})

test('of two administrators who take each other\'s role away at once, one stays', async () => {
  const { one, other, door, demote } = await two()
  const [first, second] = (await Promise.all([demote(one, other), demote(other, one)])).sort()
  // The slower finds himself the last one, or is nobody any more when he asks.
  expect([first, [401, 409].includes(second!)]).toEqual([200, true])
  expect((await Promise.all([one, other].map(async ({ headers }) => (await door.ask('/api/accounts', { headers })).status))).filter((status) => status === 200)).toHaveLength(1)
})
