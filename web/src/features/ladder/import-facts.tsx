import type { LadderImportAnswer, LadderRowError } from '@lastmile/shared/ladder-answer'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { askLaddersAgain, importFacts } from '../../lib/queries/ladder'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Button, Field } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Form, Panel } from '../../ui/panel'

/** Enters facts from a file: tried first, then entered. What is wrong with it is told by row and column. */
export function ImportFacts() {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { list } = useWorld()
  const [file, setFile] = useState<File | null>(null)
  const [result, setResult] = useState<LadderImportAnswer | null>(null)
  const send = useDoing((file: File, dryRun: boolean) => importFacts(list.code, file, dryRun), (answer) => {
    setResult(answer)
    return answer.dryRun ? undefined : askLaddersAgain(client, list.code)
  })
  const columns: Column<LadderRowError>[] = [
    { id: 'row', header: t('prices.row'), heading: true, value: (one) => one.row, cell: (one) => <span className="number">{format.number(one.row)}</span> },
    { id: 'column', header: t('prices.column'), value: (one) => one.column ?? t('upload.wholeRow') },
    { id: 'wrong', header: t('prices.wrong'), sortable: false, value: (one) => text(one.message) },
  ]
  const good = result !== null && result.errors.length === 0
  const counts = good ? { created: format.number(result.created), changed: format.number(result.changed), unchanged: format.number(result.unchanged) } : null
  return (
    <Panel title={t('ladder.import')} lead={t('ladder.importLead')}>
      <Form label={t('ladder.import')} onSubmit={() => { setResult(null); if (file) void send.run(file, true) }}>
        <FormProblem error={send.error} />
        <Field label={t('reports.file')} hint={t('ladder.importHint')}>{(id) => <input id={id} type="file" required accept=".csv,.xlsx" onChange={(event) => { setFile(event.target.files?.[0] ?? null); setResult(null) }} />}</Field>
        {good && result.leftOut > 0 && <p role="status">{t('ladder.importLeftOut', { count: result.leftOut, formatted: format.number(result.leftOut) })}</p>}
        {good && <Done>{t(result.dryRun ? 'ladder.importWould' : 'ladder.importDid', counts!)}</Done>}
        <Buttons>
          <Button type="submit" primary={!good || !result.dryRun} disabled={send.busy}>{t('ladder.importTry')}</Button>
          {good && result.dryRun && result.created + result.changed > 0 && <Button primary disabled={send.busy} onClick={() => { if (file) void send.run(file, false) }}>{t('ladder.importEnter')}</Button>}
        </Buttons>
      </Form>
      {result !== null && result.errors.length > 0 && (
        <>
          <p role="status">{t('ladder.importErrors', { count: result.errors.length + result.moreErrors, formatted: format.number(result.errors.length + result.moreErrors) })}</p>
          <DataTable columns={columns} rows={result.errors} rowKey={(one) => `${one.row} ${one.column} ${one.message.en}`} caption={t('ladder.importErrorsTable')} />
        </>
      )}
    </Panel>
  )
}
