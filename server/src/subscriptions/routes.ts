import { z } from '@hono/zod-openapi'
import { subscribersOf, subscriptionsOf } from '@lastmile/db/query/subscriptions'
import { NewSubscription, SubscribersAnswer, Subscription, SubscriptionChange, SubscriptionsAnswer } from '@lastmile/shared/subscription'
import { heardBy } from '../alerts/subscribers.js'
import { answered, jsonBody, newRoutes, operation, refusedWith } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { notFound } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { changedSubscription, endedSubscription, newSubscription } from './keep-subscriptions.js'

const Named = z.object({ subscription: z.string().max(40) })

/** Of which changes one wants to hear, and who subscribes to what. */
export function subscriptionRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('subscription.own', { method: 'get', path: '/', summary: 'To what one subscribes', responses: answered(SubscriptionsAnswer, 'All of them.') }), async (c) => {
      return c.json({ subscriptions: await subscriptionsOf(db, c.get('actor').id) }, 200)
    })
    .openapi(operation('subscription.own', {
      method: 'post', path: '/', summary: 'Subscribe to a drug, a unit, a company, or all of one\'s own', request: { body: jsonBody(NewSubscription) },
      description: 'From now on what begins and ends is told in the inbox, and by mail as wished, as far as it is one\'s own; a company and an institution hear of what they can mend.',
      responses: { ...answered(Subscription, 'The subscription.'), ...refusedWith({ 409: 'You subscribe to it already, or to as much as one can.' }) },
    }), async (c) => {
      const wanted = c.req.valid('json')
      const { list: own } = c.get('actor')
      if (own !== null && own !== wanted.list) throw notFound('list', wanted.list)
      return c.json(await newSubscription(services, c, await listOf(services, wanted.list), wanted), 200)
    })
    .openapi(operation('subscription.own', { method: 'put', path: '/{subscription}', summary: 'Say of what, and how, one hears', request: { params: Named, body: jsonBody(SubscriptionChange) }, responses: answered(Subscription, 'The subscription as it is now.') }), async (c) => {
      return c.json(await changedSubscription(services, c, c.req.valid('param').subscription, c.req.valid('json')), 200)
    })
    .openapi(operation('subscription.own', { method: 'delete', path: '/{subscription}', summary: 'Subscribe no more', request: { params: Named }, responses: answered(z.strictObject({ ended: z.boolean() }), 'Nothing more is told of it.') }), async (c) => {
      await endedSubscription(services, c, c.req.valid('param').subscription)
      return c.json({ ended: true }, 200)
    })
    .openapi(operation('subscription.read', { method: 'get', path: '/everybody', summary: 'Who subscribes to what', responses: answered(SubscribersAnswer, 'Everybody\'s, by list.') }), async (c) => {
      const { list: own } = c.get('actor')
      const all = (await subscribersOf(db, null)).filter(({ list }) => own === null || own === list)
      return c.json({ subscriptions: all.map((one) => {
        const { account: { id, name, role }, institutionUnit: _, ...subscription } = one
        return { ...subscription, account: id, name, role, isHeard: heardBy(one).of !== 'nothing' }
      }) }, 200)
    })
}
