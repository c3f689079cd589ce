import type { SettlementFileAnswer } from '@lastmile/shared/price'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { usePriceWord } from '../../lib/money'
import { ProblemError } from '../../lib/problem'
import { askPricesAgain, enterPrice, enterPricesFile } from '../../lib/queries/prices'
import { useDoing } from '../../lib/use-doing'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Button, Field, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Buttons, Fields, Form, Panel } from '../../ui/panel'
import { TextField } from '../../ui/text-field'

/** Enters one settlement price. */
export function EnterPrice() {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const { list, drugs } = useWorld()
  const word = usePriceWord()
  const [drug, setDrug] = useState<string>()
  const [validFrom, setValidFrom] = useState(list.today)
  const [amount, setAmount] = useState('')
  const [pack, setPack] = useState('')
  const [done, setDone] = useState(false)
  const enter = useDoing(() => enterPrice(list.code, { drug: drug ?? '', validFrom, amount: amount.trim(), pack: pack.trim() }), () => {
    setAmount('')
    setDone(true)
    return askPricesAgain(client, list.code)
  })
  const wrong = enter.error instanceof ProblemError ? enter.error.field : null
  return (
    <Panel title={t('prices.enter')} lead={t('prices.enterLead')}>
      <Form label={t('prices.enter')} onSubmit={() => { setDone(false); void enter.run() }}>
        <FormProblem error={enter.error} />
        {done && <Done>{t('prices.saved')}</Done>}
        <Fields>
          <SelectField label={t('rows.drug')} value={drug} all={t('accounts.choose')} required options={drugs.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={setDrug} />
          <TextField label={t('prices.pack')} value={pack} onChange={setPack} maxLength={100} hint={t('prices.packHint')} invalid={wrong === 'pack'} />
          <TextField label={word} value={amount} onChange={setAmount} inputMode="decimal" pattern="(0|[1-9]\d{0,7})(\.\d{1,2})?" hint={t('prices.amountHint')} invalid={wrong === 'amount'} />
          <TextField label={t('prices.validFrom')} type="date" value={validFrom} onChange={setValidFrom} invalid={wrong === 'validFrom'} />
        </Fields>
        <Buttons><Button type="submit" primary disabled={enter.busy}>{t('prices.save')}</Button></Buttons>
      </Form>
    </Panel>
  )
}

type Wrong = SettlementFileAnswer['errors'][number]

/** Enters settlement prices from a file; what is wrong with it is told by row. */
export function EnterPricesFile() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const { list } = useWorld()
  const [file, setFile] = useState<File | null>(null)
  const [result, setResult] = useState<SettlementFileAnswer | null>(null)
  const send = useDoing((file: File) => enterPricesFile(list.code, file), (answer) => {
    setResult(answer)
    return askPricesAgain(client, list.code)
  })
  const columns: Column<Wrong>[] = [
    { id: 'row', header: t('prices.row'), heading: true, value: (one) => one.row, cell: (one) => <span className="number">{format.number(one.row)}</span> },
    { id: 'column', header: t('prices.column'), value: (one) => one.column ?? t('upload.wholeRow') },
    { id: 'wrong', header: t('prices.wrong'), sortable: false, value: (one) => t(`codes.row.${one.code}.word`), cell: (one) => <><strong>{t(`codes.row.${one.code}.word`)}</strong><div className="quiet">{one.code === 'DUPLICATE_ROW' ? t('prices.twice') : t(`codes.row.${one.code}.mend`)}</div></> },
  ]
  return (
    <Panel title={t('prices.file')} lead={t('prices.fileLead')}>
      <Form label={t('prices.file')} onSubmit={() => { setResult(null); if (file) void send.run(file) }}>
        <FormProblem error={send.error} />
        <Field label={t('reports.file')}>{(id) => <input id={id} type="file" required accept=".csv,.xlsx" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}</Field>
        <Buttons><Button type="submit" primary disabled={send.busy}>{t('prices.send')}</Button></Buttons>
      </Form>
      {result !== null && result.errors.length === 0 && <Done>{t('prices.fileEntered', { count: result.entered, formatted: format.number(result.entered), unchanged: format.number(result.unchanged) })}</Done>}
      {result !== null && result.errors.length > 0 && (
        <>
          <FormProblem error={new Error(t('prices.fileWrong', { count: result.errors.length, formatted: format.number(result.errors.length) }))} />
          <DataTable columns={columns} rows={result.errors} rowKey={(one) => `${one.row} ${one.column} ${one.code}`} caption={t('prices.wrong')} maxHeight={420} />
        </>
      )}
    </Panel>
  )
}
