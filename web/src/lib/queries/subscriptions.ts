import type { NewSubscription, SubscriptionChange } from '@lastmile/shared/subscription'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, subscriptions } from '../api'

/** To what one subscribes. */
export const subscriptionsQuery = () => queryOptions({ queryKey: ['*', 'subscriptions', 'own'] as const, queryFn: ({ signal }) => answerTo(subscriptions.$get({}, { init: { signal } })) })

/** Who subscribes to what. */
export const subscribersQuery = () => queryOptions({ queryKey: ['*', 'subscriptions', 'everybody'] as const, queryFn: ({ signal }) => answerTo(subscriptions.everybody.$get({}, { init: { signal } })) })

export const subscribe = (json: NewSubscription) => answerTo(subscriptions.$post({ json }))
export const changeSubscription = (subscription: string, json: SubscriptionChange) => answerTo(subscriptions[':subscription'].$put({ param: { subscription }, json }))
export const endSubscription = (subscription: string) => answerTo(subscriptions[':subscription'].$delete({ param: { subscription } }))
