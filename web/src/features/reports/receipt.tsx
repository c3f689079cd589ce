import { FileReason } from '@lastmile/shared/reading'
import type { ReportReceipt } from '@lastmile/shared/report'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { reportQuery } from '../../lib/queries/rows'
import { useWorld } from '../../lib/world'
import { Button } from '../../ui/field'
import { ReceiptLink, ReportLink } from '../../ui/names'
import { Effect } from './effect'
import { ErrorsFrame } from './errors-frame'
import css from './reports.module.css'
import { Suspicions } from './suspicions'
import { Warnings } from './warnings'

/** The receipt of a file: accepted with what it changed, or everything that is wrong with it and how to mend it. */
export function Receipt({ receipt, filename, onSend, onClose }: { receipt: ReportReceipt; filename: string; onSend: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { outcome, dryRun, id } = receipt
  const report = useQuery({ ...reportQuery(list.code, id ?? ''), enabled: id !== null && outcome === 'accepted' })
  const reason = FileReason.safeParse(receipt.reason)
  const title = outcome === 'accepted' ? (dryRun ? 'upload.checkedGood' : 'upload.accepted') : outcome === 'embargoed' ? 'upload.embargoed' : outcome === 'row_errors' ? (dryRun ? 'upload.checkedBad' : 'upload.rowErrors') : outcome === 'quarantined' ? 'upload.quarantined' : outcome === 'submitted' ? 'upload.submitted' : reason.success ? 'upload.rejected' : 'upload.refused'
  return (
    <div className={css.receipt} data-outcome={outcome} role="status">
      <h3>{t(title, { filename })}</h3>
      {(outcome === 'accepted' || outcome === 'embargoed' || outcome === 'submitted') && (
        <>
          <p>{t('upload.rowsRead', { rows: format.number(receipt.rowsTotal), stored: format.number(receipt.storedCount) })}{receipt.version !== null && ` · ${t('reports.version', { version: receipt.version })}`}{id !== null && <> · <ReportLink id={id} /></>}</p>
          {dryRun && <p className="quiet">{t('upload.nothingStored')}</p>}
          {report.data && <p>{t('reports.effect')}: <Effect report={report.data.report} /></p>}
        </>
      )}
      {outcome === 'row_errors' && (
        <p>
          {t('upload.errorsFound', { count: receipt.errorsTotal, formatted: format.number(receipt.errorsTotal), rows: format.number(receipt.rowsTotal) })} {t('upload.nothingStored')}
          {id !== null && <> {t('upload.draftKept')} <ReportLink id={id} /></>}
          {receipt.errorsTotal > receipt.errors.length && <> {t('upload.errorsListed', { listed: format.number(receipt.errors.length) })}</>}
        </p>
      )}
      {outcome === 'quarantined' && <p>{t('upload.rowsRead', { rows: format.number(receipt.rowsTotal), stored: format.number(0) })} {dryRun ? t('upload.wouldWait') : id !== null && <>{t('upload.waitsForReview')} <ReportLink id={id} /></>}</p>}
      {outcome === 'rejected' && (
        <>
          {reason.success ? <p><strong>{t(`codes.file.${reason.data}.word`)}</strong> {t(`codes.file.${reason.data}.mend`)}</p> : <p><strong>{t(`codes.refused.${refusalOf(receipt.reason)}`)}</strong></p>}
          {receipt.detail !== undefined && <details className="quiet"><summary>{t('upload.detail')}</summary><p lang="en">{receipt.detail}{receipt.reason !== undefined && ` (${receipt.reason})`}</p></details>}
        </>
      )}
      <Suspicions suspicions={receipt.suspicions} />
      {id !== null && receipt.number !== null && <p>{t('reports.number')}: <ReceiptLink report={id}>{receipt.number}</ReceiptLink></p>}
      <Warnings warnings={receipt.warnings} />
      {receipt.errors.length > 0 && <ErrorsFrame report={id} opens errors={receipt.errors} total={receipt.errorsTotal} />}
      <div className={css.buttons}>
        <Button onClick={onClose}>{t('upload.close')}</Button>
        {dryRun && (outcome === 'accepted' || outcome === 'quarantined' || outcome === 'submitted') && <Button primary onClick={onSend}>{t('upload.sendNow')}</Button>}
      </div>
    </div>
  )
}

/** Refusals of a request as a whole that the form can meet, by their reason; others have one word for all. */
const refusals = ['REPORT_FUTURE', 'REPORT_PUBLISH_AT', 'REPORT_SCOPE', 'SOURCE_CHANNEL_CLOSED', 'REPORT_VERSION'] as const

function refusalOf(reason: string | undefined): (typeof refusals)[number] | 'OTHER' {
  return refusals.find((one) => one === reason) ?? 'OTHER'
}
