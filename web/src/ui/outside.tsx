import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor, useMayLook } from '../lib/actor'
import { listsQuery } from '../lib/queries/lists'
import { Header } from './header'
import { Main } from './main'
import { Notices } from './notices'
import css from './shell.module.css'

/** What stands around pages that are in no list: signing in, accounts, keys, the audit. `narrow`: the page is read like a letter. */
export function Outside({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  const { t } = useTranslation()
  const { list } = useActor()
  const mayLook = useMayLook()
  const lists = useQuery({ ...listsQuery(), enabled: mayLook })
  const home = lists.data?.lists.find(({ code }) => code === list) ?? lists.data?.lists[0]
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">{t('skip')}</a>
      <Header list={mayLook ? home?.code : undefined} />
      <Notices />
      <Main narrow={narrow}>{children}</Main>
    </div>
  )
}
