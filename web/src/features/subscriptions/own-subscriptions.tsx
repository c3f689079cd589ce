import type { Subscription, SubscriptionChange } from '@lastmile/shared/subscription'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { changeSubscription, endSubscription, subscriptionsQuery } from '../../lib/queries/subscriptions'
import { useDoing } from '../../lib/use-doing'
import { Answered } from '../../ui/answered'
import { ConfirmButton } from '../../ui/confirm-button'
import { Empty } from '../../ui/empty'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { useSubscriptionWords } from './subscription-words'
import css from './subscriptions.module.css'
import { ToldFields } from './told-fields'

/** To what one subscribes, with the ways to change and to end it. What is refused stays as it was typed. */
export function OwnSubscriptions() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const words = useSubscriptionWords()
  const answer = useQuery(subscriptionsQuery())
  const [said, setSaid] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['*', 'subscriptions'] })
  const end = useDoing(endSubscription, async () => { setSaid(t('subscriptions.ended')); await again() })
  const keep = useDoing((id: string, change: SubscriptionChange, _: () => void) => changeSubscription(id, change), async (...[, , , close]) => { close(); setSaid(t('subscriptions.kept')); await again() })
  return (
    <Panel title={t('subscriptions.own')}>
      <FormProblem error={end.error ?? keep.error} />
      {said !== null && <Done>{said}</Done>}
      <Answered query={answer} height={80}>
        {({ subscriptions }) => (subscriptions.length === 0 ? <Empty>{t('subscriptions.none')}</Empty> : (
          <ul className={css.list}>
            {subscriptions.map((one) => <One key={one.id} one={one} words={words} busy={end.busy || keep.busy} onEnd={() => { setSaid(null); void end.run(one.id) }} onKeep={(change, close) => { setSaid(null); void keep.run(one.id, change, close) }} />)}
          </ul>
        ))}
      </Answered>
    </Panel>
  )
}

function One({ one, words, busy, onEnd, onKeep }: { one: Subscription; words: ReturnType<typeof useSubscriptionWords>; busy: boolean; onEnd: () => void; onKeep: (change: SubscriptionChange, close: () => void) => void }) {
  const { t } = useTranslation()
  const instant = useHomeInstant()
  const [changing, setChanging] = useState<SubscriptionChange | null>(null)
  const what = words.of(one)
  return (
    <li aria-label={what}>
      <div>
        <h3>{what} <Tag>{t(`words.evidence.${one.evidence}.short`)}</Tag></h3>
        <p>{words.events(one)}</p>
        <p className="quiet">{t('subscriptions.byMail', { pace: t(`subscriptions.paces.${one.pace}`) })} · {t('subscriptions.since')} <span className="number">{instant(one.createdAt)}</span></p>
      </div>
      <div className={css.deeds}>
        <Button onClick={() => setChanging(changing === null ? { events: [...one.events], pace: one.pace } : null)} disabled={busy}>{t(changing === null ? 'subscriptions.change' : 'account.cancel')}</Button>
        <ConfirmButton question={t('subscriptions.endAsk', { what })} confirm={t('subscriptions.end')} onConfirm={onEnd} disabled={busy}>{t('subscriptions.end')}</ConfirmButton>
      </div>
      {changing !== null && (
        <div className={css.form}>
          <ToldFields value={changing} onChange={setChanging} />
          <div><Button primary onClick={() => { onKeep(changing, () => setChanging(null)) }} disabled={busy || changing.events.length === 0}>{t('subscriptions.save')}</Button></div>
        </div>
      )}
    </li>
  )
}
