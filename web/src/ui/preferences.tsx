import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setLanguage, useLanguage } from '../lib/i18n'
import { useLine } from '../lib/live'
import { Icon } from './icons'
import css from './shell.module.css'

/** 中文 or English, for the whole page. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className={css.languages} role="group" aria-label={t('language.label')}>
      <button type="button" lang="zh-CN" aria-pressed={language === 'zh'} onClick={() => void setLanguage('zh')}>{t('language.zh')}</button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => void setLanguage('en')}>{t('language.en')}</button>
    </div>
  )
}

/** Light or dark colours. */
export function SchemeSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  const label = t(dark ? 'scheme.toLight' : 'scheme.toDark')
  return <button type="button" className={css.tool} aria-label={label} title={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}><Icon name={dark ? 'sun' : 'moon'} /></button>
}

/** Whether figures change by themselves when a report comes in. */
export function LineState() {
  const { t } = useTranslation()
  const line = useLine()
  return <span className={css.line} data-line={line} role="status">{t(`line.${line}`)}</span>
}
