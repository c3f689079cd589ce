import { mailings, type MessageSettings, type MessageSettingsAnswer } from '@lastmile/shared/message'
import { languages } from '@lastmile/shared/text'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageSettingsQuery, saveMessageSettings } from '../../lib/queries/messages'
import { useDoing } from '../../lib/use-doing'
import { Answered } from '../../ui/answered'
import { Choices } from '../../ui/choices'
import { SelectField, Toolbar } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Panel } from '../../ui/panel'

/** Whether and how mail tells of new messages. Links in mail lead here (`#mail`). */
export function MailSettings({ isDemonstration }: { isDemonstration: boolean }) {
  const { t } = useTranslation()
  const answer = useQuery(messageSettingsQuery())
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (location.hash === '#mail') head.current?.focus() }, [])
  return (
    <Panel title={t('messages.mail.title')} lead={t('messages.mail.lead')} place={head}>
      {isDemonstration ? <p>{t('messages.mail.demonstration')}</p> : (
        <Answered query={answer} height={80}>{(settings) => (settings.mailTo === null ? <p>{t('messages.mail.none')}</p> : <Chosen settings={settings} mailTo={settings.mailTo} />)}</Answered>
      )}
    </Panel>
  )
}

function Chosen({ settings: { mail, language }, mailTo }: { settings: MessageSettingsAnswer; mailTo: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isKept, setKept] = useState(false)
  const keep = useDoing(async (settings: MessageSettings) => saveMessageSettings(settings), (kept) => {
    setKept(true)
    client.setQueryData(messageSettingsQuery().queryKey, kept)
  })
  const change = (next: Partial<MessageSettings>) => {
    setKept(false)
    void keep.run({ mail, language, ...next })
  }
  return (
    <>
      <p>{t('messages.mail.to', { address: mailTo })}</p>
      <FormProblem error={keep.error} />
      <Toolbar label={t('messages.mail.title')}>
        <Choices label={t('messages.mail.when')} labelled value={mail} options={mailings.map((value) => ({ value, label: t(`messages.mail.mailings.${value}`) }))} onChange={(value) => change({ mail: value })} />
        <SelectField label={t('messages.mail.language')} value={language ?? undefined} all={t('messages.mail.both')} options={languages.map((value) => ({ value, label: t(`language.${value}`) }))} onChange={(value) => change({ language: languages.find((one) => one === value) ?? null })} />
      </Toolbar>
      {isKept && <Done takesFocus={false}>{t('messages.mail.kept')}</Done>}
    </>
  )
}
