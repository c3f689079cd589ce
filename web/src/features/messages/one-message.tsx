import { severityOf, type Message, type Mute } from '@lastmile/shared/message'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { useText } from '../../lib/i18n'
import { Drop } from '../../ui/drop'
import { Button } from '../../ui/field'
import { Icon } from '../../ui/icons'
import { Tag } from '../../ui/page-head'
import { MessageLink } from './message-link'
import { useAbout } from './message-words'
import css from './messages.module.css'
import { OwedDuty } from './owed-duty'

const tones = { information: 'plain', action: 'warn', urgent: 'alarm' } as const

/** A message: what happened, to what, what is to be done, and the way there; that it was seen; and that nothing more of its kind, or of its source, is wanted. */
export function OneMessage({ message, chosen, onChoose, onAcknowledge, onMute, busy }: {
  message: Message
  chosen: boolean
  onChoose: (chosen: boolean) => void
  onAcknowledge: () => void
  onMute: (what: Mute) => void
  busy: boolean
}) {
  const { t } = useTranslation()
  const text = useText()
  const instant = useHomeInstant()
  const about = useAbout()
  const title = useId()
  const { kind, list, source, sourceName, at, acknowledgedAt, settledAt, muted } = message
  const isNew = acknowledgedAt === null && settledAt === null
  const severity = severityOf(kind)
  const mutes: [Mute, string][] = [[{ kind }, t('messages.muteKind', { kind: t(`messages.kinds.${kind}.title`) })], ...(source === null ? [] : [[{ list, source }, t('messages.muteSource', { source: sourceName === null ? source : text(sourceName) })] satisfies [Mute, string]])]
  return (
    <li className={css.message} data-severity={severity} data-open={isNew && !muted} aria-labelledby={title}>
      {isNew ? <label className={css.choose}><input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.target.checked)} aria-labelledby={title} /></label> : <span className={css.choose} />}
      <div className={css.said}>
        <h3 id={title}><MessageLink message={message}>{t(`messages.kinds.${kind}.title`)}</MessageLink> {severity !== 'information' && <Tag tone={tones[severity]}>{t(`messages.severities.${severity}`)}</Tag>}</h3>
        <p className={css.about}>{about(message).map((one, i) => <span key={i}>{one}</span>)}</p>
        <OwedDuty message={message} />
        <p>{t(`messages.kinds.${kind}.todo`)}</p>
        <p className={css.when}><span className="number">{instant(at)}</span>{settledAt !== null && <span>{t('messages.settledAt', { at: instant(settledAt) })}</span>}{acknowledgedAt !== null && <span>{t('messages.acknowledgedAt', { at: instant(acknowledgedAt) })}</span>}{muted && <Tag>{t('messages.states.muted')}</Tag>}</p>
      </div>
      <div className={css.deeds}>
        {isNew && <span data-acknowledge><Button onClick={onAcknowledge} disabled={busy}>{t('messages.acknowledge')}</Button></span>}
        {!muted && (
          <Drop button={<><span>{t('messages.mute')}</span><Icon name="down" size={11} /></>} className={css.mute} panelLabel={t('messages.mute')} width={200} leftOnPhone>
            {(close) => mutes.map(([what, words]) => <button key={words} type="button" aria-disabled={busy} onClick={() => { close(); onMute(what) }}>{words}</button>)}
          </Drop>
        )}
      </div>
    </li>
  )
}
