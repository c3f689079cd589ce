import type { Actor, PasswordChange, SecondFactorCode, SeenAs, SetUp, SignIn, TakeUp } from '@lastmile/shared/account'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { account, answerTo, session } from '../api'
import { noteEnd } from '../session-end'

/** What of an actor decides over all answers: another is another reader, who is shown nothing that this one was given. */
export function readerOf(actor: Actor): string {
  return [actor.kind, actor.id, actor.role, actor.list, actor.unit, actor.city, actor.company, actor.insurer, actor.institution, actor.preview?.by].join('/')
}

/**
 * Who one is, and how one can sign in. Where that turns out to be another than before (signed out elsewhere, a session
 * that has ended), everything known for the one before is forgotten at once.
 */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['*', 'session'] as const,
    queryFn: async ({ signal, client }) => {
      const now = await answerTo(session.$get({}, { init: { signal } }))
      // Given up meanwhile: who is here is asked anew, and says what becomes of what is known.
      signal.throwIfAborted()
      const before = client.getQueryData<typeof now>(['*', 'session'])
      if (before && readerOf(before.actor) !== readerOf(now.actor)) {
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'session' })
        noteEnd(before.actor.kind === 'account' && now.actor.kind === 'public')
      }
      return now
    },
    // Whoever is here is kept signed in by this, and a page that was left alone learns that its session has ended.
    // Who signs in or out in another window is that here too.
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => (state.data?.account ? 60_000 : false),
  })

/** Asks anew who one is, after something that changed it. */
export async function askAnew(client: QueryClient): Promise<void> {
  // One that is under way may have asked before it changed.
  await client.cancelQueries({ queryKey: sessionQuery().queryKey })
  await client.fetchQuery({ ...sessionQuery(), staleTime: 0 })
}

export const signIn = (json: SignIn) => answerTo(session.$post({ json }))
export const giveSecondFactor = (json: SecondFactorCode) => answerTo(session['second-factor'].$post({ json }))
export const signInDemonstration = (account: string) => answerTo(session.demonstration.$post({ json: { account } }))
export const startSingleSignOn = () => answerTo(session['single-sign-on'].$post())
export const signOut = () => answerTo(session.$delete())
export const setUp = (json: SetUp) => answerTo(session['set-up'].$post({ json }))
export const takeUp = (json: TakeUp) => answerTo(session.invitation.$post({ json }))
export const seeAs = (json: SeenAs) => answerTo(session['see-as'].$post({ json }))
export const endSeeAs = () => answerTo(session['see-as'].$delete())

/** One's own account, and where it is signed in. */
export const ownAccountQuery = () => queryOptions({ queryKey: ['*', 'account'] as const, queryFn: ({ signal }) => answerTo(account.$get({}, { init: { signal } })) })

export const changePassword = (json: PasswordChange) => answerTo(account.password.$put({ json }))
export const beginSecondFactor = (password: string) => answerTo(account['second-factor'].$post({ json: { password } }))
export const confirmSecondFactor = (code: string) => answerTo(account['second-factor'].$put({ json: { code } }))
export const endSecondFactor = (password: string) => answerTo(account['second-factor'].$delete({ json: { password } }))
export const endSession = (id: string) => answerTo(account.sessions[':id'].$delete({ param: { id } }))
export const endOtherSessions = () => answerTo(account.sessions.$delete())
