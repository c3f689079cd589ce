import { getRouteApi, Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DemonstrationAccounts } from '../features/sign-in/demonstration-accounts'
import { SetUpForm } from '../features/sign-in/set-up-form'
import { SignInForms } from '../features/sign-in/sign-in-forms'
import { pageOf, useBecome, useSession } from '../lib/actor'
import { useScopeWords } from '../lib/scope-name'
import { Done, FormProblem } from '../ui/form-problem'
import { Outside } from '../ui/outside'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/sign-in')

/** Signing in: by password and second factor or by the single sign-on; the first account where there is none; and, in the demonstration alone, its accounts. */
export function SignInPage() {
  const { t } = useTranslation()
  const { actor, publicMayLook, needsSetUp, singleSignOn, demonstrationAccounts } = useSession()
  const { from, error } = route.useSearch()
  const taken = useLocation({ select: ({ state }) => state.takenUpAs })
  const words = useScopeWords(actor)
  const become = useBecome()
  const [made, setMade] = useState<string | null>(null)
  const go = pageOf(from) ?? '/'
  const enter = () => become(go)
  // Whoever has just taken up an invitation signs in as its owner, whoever is signed in here.
  const isIn = actor.kind === 'account' && taken === undefined
  return (
    <Outside narrow>
      <Stack>
        <PageHead title={t('account.door.title')} lead={<p>{t(publicMayLook ? 'account.door.lead' : 'account.door.leadShut')}</p>} />
        {isIn && <div><Done takesFocus={false}>{t('account.door.already', { as: words })}</Done><p><Link to={go}>{t('account.door.goOn')}</Link></p></div>}
        {error !== undefined && <FormProblem error={new Error(t('account.door.ssoFailed', { error: error.slice(0, 60) }))} />}
        {needsSetUp && made === null && <SetUpForm onDone={setMade} />}
        {(!needsSetUp || made !== null) && !isIn && (
          <SignInForms key={made} email={made ?? taken ?? ''} welcome={made !== null ? t('account.door.madeFirst') : taken !== undefined ? t('account.door.welcome') : null} singleSignOn={singleSignOn} onDone={enter} />
        )}
        {demonstrationAccounts.length > 0 && <DemonstrationAccounts accounts={demonstrationAccounts} onDone={enter} />}
      </Stack>
    </Outside>
  )
}
