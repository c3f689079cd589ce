import type { BulletinAnswer, BulletinBasis, BulletinDocument, BulletinRun, BulletinTable } from '@lastmile/shared/bulletin'
import { rowsBehind } from '@lastmile/shared/bulletin-rows'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { NumberLink } from '../../ui/number-link'
import css from './bulletin-sheet.module.css'

/**
 * A bulletin as a sheet of paper, laid out as the official document that it is: on the screen, printed, or saved as PDF. It
 * looks the same in light and dark, as paper does. Each number opens the rows behind it, as they were known.
 */
export function BulletinSheet({ document, pictures, basis }: { document: BulletinDocument; pictures: BulletinAnswer['pictures']; basis: BulletinBasis }) {
  const { issuer, redHeader, number, title, subtitle, warning, blocks, signedOn, questions, language } = document
  return (
    <article className={css.sheet} data-map-scheme="light" lang={language === 'zh' ? 'zh-CN' : 'en'} aria-label={`${number} ${title}`}>
      {redHeader && issuer !== null ? <header className={css.red}><p className={css.issuer}>{issuer}</p><p>{number}</p></header> : <p className={css.number}>{number}</p>}
      <h2 className={css.title}>{title}</h2>
      <p className={css.subtitle}>{subtitle}</p>
      {warning !== null && <p className={css.warning}>{warning}</p>}
      {blocks.map((one, i) => {
        switch (one.block) {
          case 'heading': return <h3 key={i}>{one.text}</h3>
          case 'paragraph': return <p key={i} className={css.text}><Runs runs={one.runs} basis={basis} /></p>
          case 'table': return <SheetTable key={i} table={one} basis={basis} />
          case 'picture': {
            const picture = pictures.find(({ id }) => id === one.id)
            return picture && (
              <figure key={i} className={css.picture}>
                <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`} alt={one.title} />
                <figcaption>{one.title}{one.note !== null && <small>{one.note}</small>}</figcaption>
              </figure>
            )
          }
        }
      })}
      <footer className={css.signature}>{issuer !== null && <p>{issuer}</p>}<p>{signedOn}</p></footer>
      <section className={css.questions} aria-label={questions.title}>
        <p className={css.attachment}>{questions.attachment}</p>
        <h3>{questions.title}</h3>
        <dl>{questions.items.map(({ question, answer }) => <Fragment key={question}><dt>{question}</dt><dd>{answer}</dd></Fragment>)}</dl>
      </section>
    </article>
  )
}

/** A table of a bulletin. */
export function SheetTable({ table, basis }: { table: BulletinTable; basis: BulletinBasis }) {
  return (
    <div className={css.block} tabIndex={0} role="group" aria-label={table.title}>
      <table>
        <caption>{table.title}</caption>
        <colgroup>{table.columns.map(({ text, width }) => <col key={text} style={{ width: `${width}%` }} />)}</colgroup>
        <thead><tr>{table.columns.map(({ text, align }) => <th key={text} scope="col" data-align={align}>{text}</th>)}</tr></thead>
        <tbody>{table.rows.map(({ line, cells }) => <tr key={line}>{cells.map((cell, i) => <td key={i} data-align={table.columns[i]?.align}><Runs runs={[cell]} basis={basis} label={`${textOf(cells[table.id === 'drugs' ? 1 : 0])}, ${table.columns[i]?.text ?? ''}`} /></td>)}</tr>)}</tbody>
      </table>
      {table.note !== null && <p className={css.note}>{table.note}</p>}
    </div>
  )
}

/** Text, and numbers that open their rows on the bulletin's own basis. `label` names the number where nothing beside it does. */
function Runs({ runs, basis, label }: { runs: readonly BulletinRun[]; basis: BulletinBasis; label?: string }) {
  const { t } = useTranslation()
  const { list, evidence, asOf, knownOn } = basis
  return runs.map((run, i) => {
    if (typeof run === 'string') return run
    if ('rows' in run) return <NumberLink key={i} value={run.text} label={label ?? t('bulletins.figure')} className={css.figure} rows={rowsBehind(basis, run.rows)} />
    const search = { evidence, asOf, knownOn: knownOn ?? undefined }
    if (run.page === 'matrix') return <Link key={i} to="/$list/matrix" params={{ list }} search={search} className={css.figure}>{run.text}</Link>
    return <Link key={i} to="/$list" params={{ list }} search={{ ...search, from: run.from }} className={css.figure}>{run.text}</Link>
  })
}

const textOf = (run: BulletinRun | undefined) => (run === undefined ? '' : typeof run === 'string' ? run : run.text)
