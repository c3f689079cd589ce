import type { Letters } from '@lastmile/shared/notice'
import type { Language } from '@lastmile/shared/text'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { useTitle } from '../../ui/page-head'
import css from './letter-sheet.module.css'

/**
 * A letter as it is printed, after GB/T 9704 (letters): who writes in red between two red lines, its number at the right, its
 * title, whom it is for, what it says, what is attached, who signs and when; then the attachment on a page of its own. It looks
 * the same in light and dark, as paper does.
 */
export function LetterSheet({ code, letters, demonstration, language, onLanguage }: { code: string; letters: Letters; demonstration: boolean; language: Language; onLanguage: (language: Language) => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { issuer, number, title, salutation, paragraphs, closing, date, attachment, columns, rows } = letters[language]
  useTitle(`${number ?? t('cases.draftLetter')} ${title}`)
  const lang = language === 'zh' ? 'zh-CN' : 'en'
  return (
    <>
      <div className={css.tools}>
        <Button primary onClick={() => window.print()}>{t('cases.print')}</Button>
        <SelectField label={t('cases.letterLanguage')} value={language} options={[{ value: 'zh', label: t('cases.asZh') }, { value: 'en', label: t('cases.asEn') }]} onChange={(next) => onLanguage(next as Language)} />
        <Link to="/$list/cases/$code" params={{ list: list.code, code }}>{t('cases.toCase')}</Link>
        {number !== null && <span className="quiet">{t('cases.frozen')}</span>}
      </div>
      <article className={css.paper} lang={lang} data-map-scheme="light" data-paper="true" aria-label={title}>
        <div className={css.page}>
          {(demonstration || number === null) && <p className={css.mark}>{[demonstration ? t('cases.demonstrationMark') : null, number === null ? t('cases.draftMark') : null].filter((one) => one !== null).join(' · ')}</p>}
          <header>
            <p className={css.issuer}>{issuer}</p>
            <div className={css.top} aria-hidden="true" />
            <p className={css.number}>{number ?? t('cases.draftLetter')}</p>
          </header>
          <h1>{title}</h1>
          <p className={css.salutation}>{salutation}</p>
          {paragraphs.map((one, i) => <p key={i} className={css.text}>{one}</p>)}
          <p className={css.text}>{closing}</p>
          <p className={css.attached}>{attachment}</p>
          <div className={css.signed}><p>{issuer}</p><p>{date}</p></div>
          <div className={css.bottom} aria-hidden="true" />
        </div>
        <div className={css.page} data-next="true">
          <h2>{attachment}</h2>
          <table>
            <thead><tr>{columns.map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
            <tbody>{rows.map((row, i) => <tr key={i}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </article>
    </>
  )
}
