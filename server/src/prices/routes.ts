import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import type { DrugRow } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { priceMonitoringOf } from '@lastmile/db/query/price-monitoring'
import { retailPricesOf, seesPricesIn, seesPricesOf } from '@lastmile/db/query/prices'
import { seesSettlementOf, settlementPricesOf } from '@lastmile/db/query/settlement-prices'
import { onlyFields } from '@lastmile/shared/only-fields'
import type { Action } from '@lastmile/shared/permission'
import {
  NewSettlementPrice, PriceMonitoringAnswer, PriceMonitoringQuestion, RetailPricesAnswer, RetailPricesQuestion, SettlementFileAnswer, SettlementPrice, SettlementPricesAnswer, SettlementPricesQuestion,
} from '@lastmile/shared/price'
import type { Purview } from '@lastmile/shared/purview'
import { allowed, purviewHere } from '../http/actor.js'
import { sendAnswer } from '../http/export.js'
import { answers, jsonBody, ListPath, newRoutes, notWell, operation, problem } from '../http/open-api.js'
import { areaOf, drugOf, listOf } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { enterPrice, enterPricesFile } from './enter-prices.js'
import { noteLook } from './note-look.js'
import { monitoringTable, retailTable, settlementTable } from './tables.js'

/** An export holds all rows, not a page of them, up to this many. */
const exportAtMost = 100_000

const wrongBody = { 401: problem('Sign in first.'), 403: problem('A page of another site asks.'), 408: problem('The body did not come to its end.'), 413: problem('It is larger than such a thing is.'), 415: problem('It is not sent as what it must be.') }

/**
 * Prices, for those whose they are. They are answered to nobody else, held nowhere, and every look at one is noted before
 * it goes out. What an asker may not see does not exist for him: it is answered as what there is not.
 */
export function priceRoutes(services: Services) {
  const { db } = services
  const routes = newRoutes()
  routes.openAPIRegistry.registerPath({
    'x-action': 'price.enter', method: 'post', path: '/{list}/prices/settlement/file', summary: 'Enter settlement prices from a file',
    description: 'CSV or XLSX with the columns drug_code (药品编码), valid_from (生效日期), amount (结算价) and pack (包装). All of it is entered, or, where anything is wrong, nothing.',
    request: { params: ListPath, body: { required: true, content: { 'multipart/form-data': { schema: onlyFields({ file: z.any().openapi({ type: 'string', format: 'binary' }) }) } } } },
    responses: {
      200: { description: 'How many were entered; the others said what holds already.', content: { 'application/json': { schema: SettlementFileAnswer } } },
      422: { description: 'Nothing was entered: all that is wrong, by row and column.', content: { 'application/json': { schema: SettlementFileAnswer } } },
      400: problem('It cannot be read, or is no form with a file.'), 404: problem('There is no such list.'), ...wrongBody, ...notWell,
    },
  })
  return routes
    .openapi(operation('price.retail', {
      method: 'get', path: '/{list}/prices/retail', summary: 'The last retail price of each drug at each institution', request: { params: ListPath, query: RetailPricesQuestion },
      responses: answers(RetailPricesAnswer, 'As accepted reports say, for the institution, its province and the regulator.', { held: false }),
    }), async (c) => {
      const { format, offset, limit, ...asked } = c.req.valid('query')
      const { list, purview } = await seenHere(services, c, 'price.retail', c.req.valid('param').list)
      const drug = await drugOf(services, list, asked.drug)
      if (asked.institution !== undefined && !(await seesPricesOf(db, list, purview, asked.institution))) throw notFound('institution', asked.institution)
      const area = await areaOf(services, list, asked.region)
      if (area && !(await seesPricesIn(db, list, purview, area))) throw notFound('region', area.code)
      const filter = { purview, reports: purviewHere(c, 'report.read', list.code), drug: drug?.id ?? null, institution: asked.institution ?? null, area }
      const answer = await retailPricesOf(db, list, filter, format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost })
      await noteLook(services, c, 'price.retail_view', list.code, [asked.institution ?? area?.code, drug?.data.code].filter(Boolean).join('/') || null, format)
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, format, answer, (one) => retailTable(list, one, asked), list.demonstration)
    })
    .openapi(operation('price.settlement', {
      method: 'get', path: '/{list}/prices/settlement', summary: 'The prices at which drugs are settled', request: { params: ListPath, query: SettlementPricesQuestion },
      responses: answers(SettlementPricesAnswer, 'For the regulator, and for the company that owns the drug.', { held: false }),
    }), async (c) => {
      const question = c.req.valid('query')
      const { list, purview } = await seenHere(services, c, 'price.settlement', c.req.valid('param').list)
      const drug = await settledDrug(services, list, question.drug, purview)
      const rows = await settlementPricesOf(db, list, { purview, drug: drug?.id ?? null, history: question.history === 'true' })
      await noteLook(services, c, 'price.settlement_view', list.code, drug?.data.code ?? null, question.format)
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, { rows }, (one) => settlementTable(list, one), list.demonstration)
    })
    .openapi(operation('price.enter', {
      method: 'post', path: '/{list}/prices/settlement', summary: 'Enter the price at which a drug is settled from a day on',
      description: 'A second price of a drug for the same day takes the place of the first, which is kept as what was known until then.',
      request: { params: ListPath, body: jsonBody(NewSettlementPrice) },
      responses: {
        200: { description: 'What it says holds already.', content: { 'application/json': { schema: SettlementPrice } } },
        201: { description: 'It is entered.', content: { 'application/json': { schema: SettlementPrice } } },
        400: problem('A field is wrong: which, and why. The price is not repeated.'),
      },
    }), async (c) => {
      const { list } = await seenHere(services, c, 'price.enter', c.req.valid('param').list)
      const asked = c.req.valid('json')
      const drug = (await drugOf(services, list, asked.drug))!
      const { isNew, price } = await enterPrice(services, c, list, drug, asked)
      c.header('Cache-Control', 'no-store')
      return isNew ? c.json(price, 201) : c.json(price, 200)
    })
    .openapi(operation('price.monitor', {
      method: 'get', path: '/{list}/prices/monitoring', summary: 'Retail prices compared: between kinds of institutions, and those that stand out', request: { params: ListPath, query: PriceMonitoringQuestion },
      responses: answers(PriceMonitoringAnswer, 'Nothing is said of the prices of fewer than three sellers together.', { held: false }),
    }), async (c) => {
      const question = c.req.valid('query')
      const { list } = await seenHere(services, c, 'price.monitor', c.req.valid('param').list)
      const drug = await drugOf(services, list, question.drug)
      const answer = await priceMonitoringOf(db, list, drug)
      await noteLook(services, c, 'price.monitor_view', list.code, drug?.data.code ?? null, question.format)
      c.header('Cache-Control', 'no-store')
      return sendAnswer(c, question.format, answer, (one) => monitoringTable(list, one), list.demonstration)
    })
    // The form is read here and not by the route: its file goes to the disk as it comes.
    .post('/:list/prices/settlement/file', allowed('price.enter'), async (c) => {
      const { list } = await seenHere(services, c, 'price.enter', c.req.param('list'))
      const answer = await enterPricesFile(services, c, list)
      c.header('Cache-Control', 'no-store')
      return answer.errors.length > 0 ? c.json(answer, 422) : c.json(answer, 200)
    })
}

/** The list of a path and what of its prices is the asker's. @throws Refusal 404 for no such list, and where nothing in it is his, as where his role may nothing */
async function seenHere(services: Services, c: Context, action: Action, code: string): Promise<{ list: ListRow; purview: Purview }> {
  const list = await listOf(services, code)
  const purview = purviewHere(c, action, list.code)
  if (purview.of === 'nothing') throw new Refusal(404, 'path.not_found', 'There is nothing here.')
  return { list, purview }
}

/** The drug that a question about settlement names, if its price is the asker's to see. @throws Refusal 404 */
async function settledDrug(services: Services, list: ListRow, code: string | undefined, purview: Purview): Promise<DrugRow | null> {
  const drug = await drugOf(services, list, code)
  if (drug && !(await seesSettlementOf(services.db, drug.id, purview))) throw notFound('drug', drug.data.code)
  return drug
}
