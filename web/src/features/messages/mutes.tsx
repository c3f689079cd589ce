import type { MessageSettingsAnswer } from '@lastmile/shared/message'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { messageSettingsQuery, unmute } from '../../lib/queries/messages'
import { useDoing } from '../../lib/use-doing'
import { Answered } from '../../ui/answered'
import { Button } from '../../ui/field'
import { FormProblem } from '../../ui/form-problem'
import { Panel } from '../../ui/panel'
import css from './messages.module.css'

type Muted = MessageSettingsAnswer['mutes'][number]

/** Of what one does not want to hear, with the way to hear of it again. */
export function Mutes() {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const answer = useQuery(messageSettingsQuery())
  const head = useRef<HTMLHeadingElement>(null)
  const hear = useDoing(async (one: Muted) => unmute('kind' in one ? { kind: one.kind } : { list: one.list, source: one.source }), async () => {
    await client.invalidateQueries({ queryKey: ['*', 'messages'] })
    head.current?.focus()
  })
  const nameOf = (one: Muted) => ('kind' in one ? t(`messages.kinds.${one.kind}.title`) : text(one.sourceName))
  return (
    <Panel title={t('messages.mutes')} lead={t('messages.mutesLead')} place={head}>
      <FormProblem error={hear.error} />
      <Answered query={answer} height={60}>
        {({ mutes }) => (mutes.length === 0 ? <p>{t('messages.noMutes')}</p> : (
          <ul className={css.mutes}>
            {mutes.map((one) => <li key={JSON.stringify(one)}><span>{nameOf(one)}</span><Button onClick={() => void hear.run(one)} disabled={hear.busy}>{t('messages.unmute')}<span className="sr-only"> {nameOf(one)}</span></Button></li>)}
          </ul>
        ))}
      </Answered>
    </Panel>
  )
}
