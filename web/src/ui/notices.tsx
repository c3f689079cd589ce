import { useTranslation } from 'react-i18next'
import { useActor, useBecome } from '../lib/actor'
import { endSeeAs } from '../lib/queries/session'
import { useScopeWords } from '../lib/scope-name'
import { useEnded } from '../lib/session-end'
import { useDoing } from '../lib/use-doing'
import { Button } from './field'
import { Icon } from './icons'
import { SignInLink } from './identity'
import css from './shell.module.css'

/** What holds for the whole page and must not be overlooked: that one looks as another, or that one's session has ended. */
export function Notices() {
  const actor = useActor()
  return (
    <>
      {actor.preview && <Preview />}
      {actor.kind === 'public' && <Ended />}
    </>
  )
}

function Preview() {
  const { t } = useTranslation()
  const words = useScopeWords(useActor())
  const become = useBecome()
  const end = useDoing(() => become('/', endSeeAs))
  return (
    <aside className={css.preview} aria-label={t('account.seeAs.banner')}>
      <Icon name="info" /><p>{t('account.seeAs.looking', { as: words })}</p>
      <Button onClick={() => void end.run()} disabled={end.busy}>{t('account.seeAs.end')}</Button>
    </aside>
  )
}

function Ended() {
  const { t } = useTranslation()
  if (!useEnded()) return null
  return <div className={css.preview} role="alert"><Icon name="clock" /><p>{t('account.ended')}</p><SignInLink className={css.again} /></div>
}
