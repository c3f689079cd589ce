import { bulletinForms, type BulletinAnswer, type BulletinForm } from '@lastmile/shared/bulletin'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/i18n'
import { Button } from '../../ui/field'
import css from './bulletins.module.css'

/** What is offered of a language: its document and pictures, and the data. Documents as JSON are for programs, by their address. */
function formsIn(language: 'zh' | 'en'): BulletinForm[] {
  return bulletinForms.filter((one) => !one.startsWith('document') && (one.startsWith('data') || one.includes(`-${language}.`)))
}

/** Printing, and the ways to the forms of a bulletin. */
export function BulletinTools({ address, kept }: { address: (form: BulletinForm) => string; kept?: BulletinAnswer['forms'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shown = formsIn(language).filter((form) => kept === undefined || kept.some((one) => one.form === form))
  return (
    <p className={`${css.tools} ${css.noPrint}`}>
      <Button primary onClick={() => window.print()}>{t('bulletins.print')}</Button>
      {shown.map((form) => <a key={form} href={address(form)} download>{t(`bulletins.forms.${nameOf(form)}`)}</a>)}
    </p>
  )
}

/** A form by what it is, whatever its language. */
function nameOf(form: BulletinForm): 'docx' | 'json' | 'csv' | 'xlsx' | 'map' | 'bars' {
  if (form.startsWith('map')) return 'map'
  if (form.startsWith('bars')) return 'bars'
  return form.endsWith('docx') ? 'docx' : form.endsWith('csv') ? 'csv' : form.endsWith('xlsx') ? 'xlsx' : 'json'
}
