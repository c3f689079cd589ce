import type { Context } from 'hono'
import { drugsOf, type DrugRow } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { enterSettlementPrices, settlementPricesOf } from '@lastmile/db/query/settlement-prices'
import type { NewSettlementPrice, SettlementFileAnswer, SettlementPrice } from '@lastmile/shared/price'
import { everything } from '@lastmile/shared/purview'
import { fileReasons } from '@lastmile/shared/reading'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { receiveForm, type ReceivedForm } from '../reports/receive-form.js'
import { enteringOf } from './note-look.js'
import { readSettlementsInThread } from './read-in-thread.js'
import { settlementLimits } from './settlement-file.js'

/** What a form is beside its file, at most. */
const aroundTheFile = 64 * 1024

/** Enters one settlement price. Answers it as it stands now, and whether that is new. */
export async function enterPrice(services: Services, c: Context, list: ListRow, drug: DrugRow, price: NewSettlementPrice): Promise<{ isNew: boolean; price: SettlementPrice }> {
  const { entered } = await enterSettlementPrices(services.db, list, [price], { ...enteringNow(services, c), event: enteringOf(c, list.code, [price.drug], 'form') })
  services.audit.appended()
  const holding = await settlementPricesOf(services.db, list, { purview: everything, drug: drug.id, history: false })
  return { isNew: entered === 1, price: holding.find(({ validFrom }) => validFrom === price.validFrom)! }
}

/**
 * Enters the settlement prices of an uploaded file, all or, where any row is wrong, none. The file itself is not kept.
 * @throws Refusal for a request that is no form with a file, and for a file that cannot be read
 */
export async function enterPricesFile(services: Services, c: Context, list: ListRow): Promise<SettlementFileAnswer> {
  const form = await receiveForm(c.req.raw, services.files, () => settlementLimits.maxUploadBytes + aroundTheFile)
  try {
    const { name, received } = fileOf(form)
    const drugs = (await drugsOf(services.db, list.id)).map(({ data }) => data.code)
    const reading = await readSettlementsInThread({ content: { path: received.path }, filename: name, drugs })
    if (reading.outcome === 'rejected') throw new Refusal(fileReasons[reading.reason], `file.${reading.reason.toLowerCase()}`, reading.detail, { field: 'file' }, reading.reason)
    if (reading.outcome === 'row_errors') return { entered: 0, unchanged: 0, errors: reading.errors }
    const { entered, unchanged } = await enterSettlementPrices(services.db, list, reading.prices, { ...enteringNow(services, c), event: enteringOf(c, list.code, reading.prices.map(({ drug }) => drug), 'file') })
    services.audit.appended()
    return { entered, unchanged, errors: [] }
  } finally {
    if (form.file) await services.files.discard(form.file.received)
  }
}

function fileOf({ fields, file }: ReceivedForm): NonNullable<ReceivedForm['file']> {
  const [unknown] = [...fields.keys()].filter((name) => name !== 'file')
  if (unknown !== undefined) {
    const field = unknown.replaceAll('\0', '').slice(0, 80)
    throw new Refusal(400, 'request.field', `${field}: there is no such field; there is file.`, { field })
  }
  if (!file) throw new Refusal(400, 'request.field', 'file: choose the file to send.', { field: 'file' })
  return file
}

function enteringNow(services: Services, c: Context) {
  return { at: services.clock.now(), by: c.get('actor').id }
}
