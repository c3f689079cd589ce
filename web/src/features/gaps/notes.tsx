import type { GapsAnswer } from '@lastmile/shared/gap'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import css from './gaps.module.css'

type Standards = GapsAnswer['standards']

/** The different reasons of the standards, each once, by their Chinese words. */
export function notesOf(standards: Standards): string[] {
  return [...new Set(standards.map((standard) => standard.reason.zh))]
}

/** The note of a drug's standard, as {@link notesOf} lists it. */
export function noteOf(standards: Standards, drug: string): string {
  return standards.find((standard) => standard.drug === drug)?.reason.zh ?? ''
}

/** Why the standards are what they are, numbered as the table points to them. */
export function Notes({ standards }: { standards: Standards }) {
  const { t } = useTranslation()
  const text = useText()
  const notes = notesOf(standards)
  if (notes.length === 0) return null
  return (
    <div className={css.notes}>
      <h3>{t('gaps.notes')}</h3>
      <ol>{notes.map((note) => <li key={note}>{text(standards.find((standard) => standard.reason.zh === note)!.reason)}</li>)}</ol>
    </div>
  )
}
