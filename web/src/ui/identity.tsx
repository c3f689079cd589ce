import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useBecome, useCan, useSession } from '../lib/actor'
import { signOut } from '../lib/queries/session'
import { useScopeWords } from '../lib/scope-name'
import { useDoing } from '../lib/use-doing'
import { Drop } from './drop'
import css from './identity.module.css'
import { Icon } from './icons'

/** Who looks, with what is his: always in the header. Whoever is signed in finds his account, and the way out, under it. */
export function Identity() {
  const { t } = useTranslation()
  const actor = useActor()
  const words = useScopeWords(actor)
  const isAtTheDoor = useLocation({ select: ({ pathname }) => pathname === '/sign-in' })
  if (actor.kind === 'public') {
    return (
      <span className={css.public}>
        <span className={css.scope}><span className="sr-only">{t('account.youAre')} </span>{words}</span>
        {!isAtTheDoor && <SignInLink className={css.enter} />}
      </span>
    )
  }
  return (
    <Drop
      className={css.button} panelLabel={t('account.menu')} width={280}
      button={<><Icon name="person" /><span className={css.words}><span className="sr-only">{t('account.youAre')} </span>{words}</span><Icon name="down" size={11} /></>}
    >
      {(close) => <Menu close={close} words={words} />}
    </Drop>
  )
}

/** The way to sign in and back to this page. */
export function SignInLink({ className }: { className?: string | undefined }) {
  const { t } = useTranslation()
  const from = useLocation({ select: ({ href }) => href })
  return <Link to="/sign-in" search={from.startsWith('/sign-in') || from === '/' ? {} : { from }} className={className}>{t('account.signIn')}</Link>
}

function Menu({ close, words }: { close: () => void; words: string }) {
  const { t } = useTranslation()
  const become = useBecome()
  const { account, publicMayLook } = useSession()
  const [own, seeAs] = [useCan('account.own'), useCan('account.see_as')]
  const leave = useDoing(() => become(publicMayLook ? '/' : '/sign-in', signOut))
  return (
    <>
      <p className={css.who}><strong>{account?.name}</strong><span>{words}</span></p>
      {own !== null && <Link to="/account" onClick={close}>{t('account.own')}</Link>}
      {seeAs !== null && <Link to="/see-as" onClick={close}>{t('account.seeAs.page')}</Link>}
      <button type="button" aria-disabled={leave.busy} onClick={() => void leave.run()}>{t('account.signOut')}</button>
      {leave.error !== null && <p role="alert" className={css.who}>{t('problem.title')}</p>}
    </>
  )
}
