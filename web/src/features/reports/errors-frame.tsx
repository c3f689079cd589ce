import type { RowError } from '@lastmile/shared/reading'
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { useLanguage } from '../../lib/i18n'
import { errorsDownload, markedDownload } from '../../lib/queries/download'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { sortingOf } from '../../ui/sorting'
import { useFieldWord } from './field-word'

const ready: FrameQuery = { isPending: false, isPlaceholderData: false, error: null, refetch: () => undefined }

/** Every error of a report at its row and column, what it means and how to mend it. `report`: all of them as a file come from the server; `opens`: and marked in its own rows, for whom its file opens. */
export function ErrorsFrame({ report, errors, total, opens = false, query = ready, children }: { report: string | null; errors: readonly RowError[]; total: number; opens?: boolean; query?: FrameQuery; children?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const fieldWord = useFieldWord()
  const language = useLanguage()
  const { list } = useWorld()
  const columns: Column<RowError>[] = [
    { id: 'row', header: t('upload.row'), heading: true, value: (error) => error.row, cell: (error) => <span className="number">{format.number(error.row)}</span> },
    { id: 'column', header: t('upload.column'), value: (error) => (error.column === null ? t('upload.wholeRow') : fieldWord(error.column)) },
    { id: 'value', header: t('upload.value'), sortable: false, value: (error) => error.value, cell: (error) => (error.value === null ? <span className="quiet">–</span> : <code style={{ overflowWrap: 'anywhere' }}>{error.value}</code>) },
    { id: 'code', header: t('upload.wrong'), value: (error) => t(`codes.row.${error.code}.word`), cell: (error) => <><strong>{t(`codes.row.${error.code}.word`)}</strong><div className="quiet"><code>{error.code}</code></div></> },
    { id: 'mend', header: t('upload.mend'), sortable: false, value: (error) => t(`codes.row.${error.code}.mend`), cell: (error) => <span style={{ display: 'inline-block', minWidth: 220 }}>{t(`codes.row.${error.code}.mend`)}</span> },
  ]
  const rowKey = (error: RowError) => `${error.row} ${error.column ?? ''} ${error.code}`
  return (
    <Frame<RowError>
      id="errors" title={t('upload.errorsTitle', { count: total, formatted: format.number(total) })} unit={t('upload.errorsUnit')} basis={null} query={query} picture={false} twin={{ columns, rows: errors, rowKey }}
      {...(report === null ? {} : { downloads: { csv: errorsDownload(list.code, report, 'csv'), xlsx: errorsDownload(list.code, report, 'xlsx') } })}
      actions={report !== null && (opens ? <a href={markedDownload(list.code, report, language)} download>{t('upload.downloadMarked')}</a> : <a href={errorsDownload(list.code, report, 'csv')} download>{t('upload.downloadErrors')}</a>)}
    >
      <DataTable columns={columns} rows={errors} rowKey={rowKey} caption={t('upload.errorsTitle', { count: total, formatted: format.number(total) })} maxHeight={520} sorting={errors.length < total ? sortingOf([], undefined, undefined) : undefined} />
      {children}
    </Frame>
  )
}
