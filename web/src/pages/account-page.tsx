import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OwnFacts } from '../features/account/own-facts'
import { OwnSessions } from '../features/account/own-sessions'
import { PasswordChange } from '../features/account/password-change'
import { SecondFactor } from '../features/account/second-factor'
import { MailSettings } from '../features/messages/mail-settings'
import { pageOf, useBecome, useCan, useSession } from '../lib/actor'
import { ownAccountQuery } from '../lib/queries/session'
import { Answered } from '../ui/answered'
import { OfficePage } from '../ui/office-page'
import { Panel } from '../ui/panel'

const route = getRouteApi('/account')

/** One's own account. Whoever must set up a second factor sees that alone. */
export function AccountPage() {
  const { t } = useTranslation()
  return <OfficePage action="account.own" title={t('account.page.title')} lead={<p>{t('account.page.lead')}</p>} narrow><Own /></OfficePage>
}

function Own() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const become = useBecome()
  const { next } = useSession()
  const may = useCan('message.own')
  const { from } = route.useSearch()
  const answer = useQuery(ownAccountQuery())
  const again = () => client.invalidateQueries({ queryKey: ownAccountQuery().queryKey })
  return (
    <Answered query={answer} height={320}>
      {({ account, hasPassword, sessions }) => (next === 'set_up_second_factor' ? <SecondFactor account={account} first onDone={() => become(pageOf(from) ?? '/')} /> : (
        <>
          <OwnFacts account={account} />
          {account.demonstration ? <Panel title={t('account.page.factor')}><p>{t('account.page.demonstration')}</p></Panel>
            : hasPassword ? <><PasswordChange email={account.email} onDone={again} /><SecondFactor account={account} onDone={again} /></>
            : <Panel title={t('account.page.password')}><p>{t('account.page.sso')}</p></Panel>}
          {may !== null && <MailSettings isDemonstration={account.demonstration} />}
          <OwnSessions sessions={sessions} onChange={again} />
        </>
      ))}
    </Answered>
  )
}
