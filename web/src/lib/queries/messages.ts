import type { Acknowledging, MessageKind, MessageSettings, Mute } from '@lastmile/shared/message'
import { queryOptions } from '@tanstack/react-query'
import { answerTo, asQuery, messages } from '../api'
import type { InboxSearch } from '../searches'

/** One's messages, a page of them, the latest first: those that are open unless others are asked for. */
export const messagesQuery = ({ state, kind, ...params }: InboxSearch & { limit: number }) => queryOptions({
  queryKey: ['*', 'messages', 'page', { state, kind, ...params }] as const,
  // What an address asks that is no kind, the server refuses.
  queryFn: ({ signal }) => answerTo(messages.$get({ query: asQuery({ ...params, kind: kind as MessageKind | undefined, state: state === 'all' ? undefined : state ?? ('open' as const) }) }, { init: { signal } })),
})

/** How many messages are open. Where the line of events is lost it is asked again now and then. */
export const openMessagesQuery = () => queryOptions({ queryKey: ['*', 'messages', 'open'] as const, queryFn: ({ signal }) => answerTo(messages.open.$get({}, { init: { signal } })), refetchInterval: 5 * 60_000 })

/** How one is told. */
export const messageSettingsQuery = () => queryOptions({ queryKey: ['*', 'messages', 'settings'] as const, queryFn: ({ signal }) => answerTo(messages.settings.$get({}, { init: { signal } })) })

export const acknowledge = (json: Acknowledging) => answerTo(messages.acknowledged.$put({ json }))
export const mute = (json: Mute) => answerTo(messages.mutes.$put({ json }))
export const unmute = (json: Mute) => answerTo(messages.mutes.$delete({ json }))
export const saveMessageSettings = (json: MessageSettings) => answerTo(messages.settings.$put({ json }))
