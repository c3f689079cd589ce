import type { Actor, SessionAnswer } from '@lastmile/shared/account'
import { can, type Action, type Reach } from '@lastmile/shared/permission'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { askAnew, readerOf, sessionQuery } from './queries/session'
import { leaveBy, noteEnd } from './session-end'

/** Who looks, and how one can sign in. The router has asked before any page is drawn. */
export function useSession(): SessionAnswer {
  return useSuspenseQuery(sessionQuery()).data
}

/** Who looks. */
export function useActor(): Actor {
  return useSession().actor
}

/** Whether whoever looks may look at what is public: where the public is shut out, and before a second factor is set up, nothing is asked for. */
export function useMayLook(): boolean {
  const { actor, publicMayLook } = useSession()
  return actor.role !== 'unproven' && (actor.kind !== 'public' || publicMayLook)
}

/**
 * What whoever looks may do of an action: everything, his own, or null: then it is not offered. On a page of a list that he
 * has no part in, what he may do is nothing of his own.
 */
export function useCan(action: Action): Reach | null {
  const actor = useActor()
  const { list } = useParams({ strict: false })
  const reach = can(actor, action)
  // What everybody may see does not depend on the list.
  if (reach !== null && actor.list !== null && list !== undefined && list !== actor.list && can({ role: 'public' }, action) === null) return null
  return reach
}

/** Whether whoever looks can confirm or refute what companies declare: the regulator, a province, a city, an institution. */
export function useConfirms(): boolean {
  const { role } = useActor()
  return useCan('report.send') !== null && role !== 'company'
}

/** Signing in or out, or looking as another: everything is asked anew, by whoever it is now. Goes to `href`, a page of this product. `by`: what makes another of one, where that is not done yet. */
export function useBecome(): (href: string, by?: () => Promise<unknown>) => Promise<void> {
  const client = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()
  return useCallback((href: string, by?: () => Promise<unknown>) => {
    const now = client.getQueryData(sessionQuery().queryKey)
    return leaveBy(now ? readerOf(now.actor) : '', async () => {
      await by?.()
      await askAnew(client)
      noteEnd(false)
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'session' })
      await navigate({ href, replace: true })
      await router.invalidate()
    })
  }, [client, router, navigate])
}

/** A page of this product to go on to, from text that came with an address; null for anything else. */
export function pageOf(text: string | undefined): string | null {
  return text !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(text) && !/^\/(sign-in|invitation)\b/.test(text) ? text : null
}
