import type { AccountChange, NewAccount, NewApiKey } from '@lastmile/shared/account'
import { queryOptions } from '@tanstack/react-query'
import { accounts, answerTo, keys } from '../api'

/** Everybody's accounts, for who manages them. */
export const accountsQuery = () => queryOptions({ queryKey: ['*', 'accounts'] as const, queryFn: ({ signal }) => answerTo(accounts.$get({}, { init: { signal } })) })

export const makeAccount = (json: NewAccount) => answerTo(accounts.$post({ json }))
/** Changes an account that is still at the version that was seen. */
export const changeAccount = (id: string, version: number, json: AccountChange) => answerTo(accounts[':id'].$put({ param: { id }, header: { 'If-Match': `"${version}"` }, json }))
export const inviteAnew = (id: string) => answerTo(accounts[':id'].invitation.$post({ param: { id } }))
export const takeSecondFactor = (id: string) => answerTo(accounts[':id']['second-factor'].$delete({ param: { id } }))
export const signOutEverywhere = (id: string) => answerTo(accounts[':id'].sessions.$delete({ param: { id } }))

/** The keys of machines. */
export const keysQuery = () => queryOptions({ queryKey: ['*', 'keys'] as const, queryFn: ({ signal }) => answerTo(keys.$get({}, { init: { signal } })) })

export const makeKey = (json: NewApiKey) => answerTo(keys.$post({ json }))
export const revokeKey = (code: string) => answerTo(keys[':code'].$delete({ param: { code } }))
