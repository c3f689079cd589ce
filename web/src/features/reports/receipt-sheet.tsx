import type { Receipt } from '@lastmile/shared/receipt'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../../lib/evidence-words'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { useTitle } from '../../ui/page-head'
import { QrCode } from '../../ui/qr-code'
import css from './receipt-sheet.module.css'
import { ReportLink } from '../../ui/names'
import { Suspicions } from './suspicions'
import { Warnings } from './warnings'

/** A receipt as a sheet of paper, one page long: on the screen, printed, or saved as PDF. It looks the same in light and dark, as paper does. `told`: the instant as of which it stands. */
export function ReceiptSheet({ receipt, told }: { receipt: Receipt; told: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list, drugName, unitName } = useWorld()
  const words = useEvidenceWords()
  const { counts, scope } = receipt
  useTitle(`${t('receipt.title')} ${receipt.number}`)
  const all = t('parts.all')
  const address = `${window.location.origin}/${encodeURIComponent(list.code)}/reports/${encodeURIComponent(receipt.report)}/receipt`
  const figure = (count: number | null) => (count === null ? '–' : format.number(count))
  return (
    <>
      <p className={css.tools}>
        <Button primary onClick={() => window.print()}>{t('receipt.print')}</Button>
        <a href={`/api/lists/${encodeURIComponent(list.code)}/reports/${encodeURIComponent(receipt.report)}/receipt`}>{t('receipt.asData')}</a>
        <Link to="/$list/reports/$id" params={{ list: list.code, id: receipt.report }}>{t('receipt.toReport')}</Link>
      </p>
      <article className={css.sheet} data-map-scheme="light" aria-label={t('receipt.sheet', { list: text(receipt.listName), number: receipt.number })}>
        <header className={css.head}>
          <p>{text(receipt.listName)}</p>
          <h1>{t('receipt.title')}</h1>
          {receipt.demonstration && <p><strong>{t('receipt.receivedDemonstration')}</strong></p>}
        </header>
        <p className={css.numbers}>
          <span>{t('receipt.number')} <strong>{receipt.number}</strong></span>
          <span>{t('receipt.issuedOn')} <strong>{format.day(receipt.issuedOn)}</strong></span>
        </p>
        <p>{t('receipt.received', { source: text(receipt.sourceName), day: format.day(receipt.issuedOn) })}</p>
        <table className={`${css.table} ${css.facts}`}>
          <tbody>
            <Pair a={[t('receipt.source'), <>{text(receipt.sourceName)} <span className={css.small}>{receipt.source}</span></>]} b={[t('receipt.sentBy'), receipt.sentBy ?? t('receipt.byMachine')]} />
            <Pair a={[t('words.evidence.label'), words(receipt.evidence).name]} b={[t('reports.channel'), t(`reports.channels.${receipt.channel}`)]} />
            <Pair a={[t('reports.speaksOf'), `${format.day(receipt.asOf)}${receipt.period === null ? '' : ` (${t('reports.periodOf', { period: receipt.period })})`}`]} b={[t('upload.mode'), `${t(`reports.modes.${receipt.mode}`)} · ${t('reports.version', { version: receipt.version })}`]} />
            <tr><th scope="row">{t('reports.scope')}</th><td colSpan={3}>{t('reports.scopeWords', { drugs: scope.drugs === null ? all : format.join(scope.drugs.map(drugName)), regions: scope.regions === null ? all : format.join(scope.regions.map(unitName)), kinds: scope.kinds === null ? all : format.join(scope.kinds.map((kind) => t(`words.kinds.${kind}`))) })}</td></tr>
            <tr><th scope="row">{t('receipt.file')}</th><td colSpan={3}>{receipt.filename}{receipt.bytes !== null && <span className={css.small}> ({t('upload.size', { size: format.number(Math.max(1, Math.round(receipt.bytes / 1024))) })})</span>}</td></tr>
            <tr><th scope="row">{t('receipt.state')}</th><td colSpan={3}><strong>{t(`reports.states.${receipt.state}`)}</strong> {t(`reports.stateMeans.${receipt.state}`)}</td></tr>
          </tbody>
        </table>
        <section>
          <h2>{t('receipt.counts')}</h2>
          <table className={`${css.table} ${css.figures}`}>
            <thead><tr>{(['rows', 'stored', 'institutions', 'drugs', 'inStock', 'zero', 'notKnown', 'errors', 'warnings'] as const).map((one) => <th key={one} scope="col">{t(`receipt.${one}`)}</th>)}</tr></thead>
            <tbody><tr>{[counts.rows, counts.stored, counts.institutions, counts.drugs, counts.inStock, counts.zero, counts.notKnown, receipt.errorsTotal, receipt.warnings.length].map((count, i) => <td key={i}>{figure(count)}</td>)}</tr></tbody>
          </table>
        </section>
        <Suspicions suspicions={receipt.suspicions} />
        <Warnings warnings={receipt.warnings} />
        <section>
          <h2>{t('receipt.history')}</h2>
          <table className={`${css.table} ${css.history}`}>
            <thead><tr><th scope="col">{t('receipt.at')}</th><th scope="col">{t('receipt.step')}</th><th scope="col">{t('receipt.note')}</th></tr></thead>
            <tbody>
              {receipt.history.map(({ at, event, until, report, reason }, i) => (
                <tr key={i}>
                  <td>{format.instant(at, receipt.timeZone)}</td><td>{t(`receipt.steps.${event}`)}</td>
                  <td>{reason ?? (until !== null ? t('receipt.until', { at: format.instant(until, receipt.timeZone) }) : report !== null ? <ReportLink id={report}>{t('receipt.by')}</ReportLink> : '')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section>
          <h2>{t('receipt.digests')}</h2>
          {receipt.sha256 === null ? <p className={css.small}>{t('receipt.noDigest')}</p> : (
            <>
              <Digest name={t('receipt.fileDigest')} value={receipt.sha256} means={t('receipt.fileDigestMeans')} />
              {receipt.storedSha256 === null ? <p className={css.small}>{t('receipt.storedDigest')}: {t('receipt.noStoredDigest')}</p> : <Digest name={t('receipt.storedDigest')} value={receipt.storedSha256} means={t('receipt.storedDigestMeans')} />}
            </>
          )}
        </section>
        <footer className={css.foot}>
          <p className={css.small}>{t('receipt.printed', { at: format.zoned(told, receipt.timeZone) })}<br />{address}</p>
          <figure><QrCode text={address} label={t('receipt.check')} size={92} /><figcaption className={css.small}>{t('receipt.check')}</figcaption></figure>
        </footer>
      </article>
    </>
  )
}

function Pair({ a, b }: Record<'a' | 'b', readonly [name: string, value: ReactNode]>) {
  return <tr><th scope="row">{a[0]}</th><td>{a[1]}</td><th scope="row">{b[0]}</th><td>{b[1]}</td></tr>
}

/** A digest in groups of eight, so that two people can read it to each other. */
function Digest({ name, value, means }: { name: string; value: string; means: string }) {
  return <p>{name}<br /><span className={css.digest}>{value.match(/.{1,8}/g)?.join(' ')}</span><br /><span className={css.small}>{means}</span></p>
}
