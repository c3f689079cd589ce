import { isDeepStrictEqual } from 'node:util'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { program } from '@lastmile/db/program'
import { findArea } from '@lastmile/db/query/area'
import { bulletinFigures } from '@lastmile/db/query/bulletin-figures'
import { formerNamed } from '@lastmile/db/query/bulletin-since'
import { bulletinsOf, formsOf, type BulletinRow } from '@lastmile/db/query/bulletins'
import type { ListRow } from '@lastmile/db/query/lists'
import { Bulletin, BulletinAnswer, BulletinDocument, BulletinForm, BulletinQuestion, BulletinsAnswer, BulletinsQuestion, DraftAnswer, DraftQuestion, Embargo, NewBulletin, RemadeAnswer, Withdrawal, BulletinFigures } from '@lastmile/shared/bulletin'
import type { Language, Text } from '@lastmile/shared/text'
import { byOf } from '../audit/event-of.js'
import { purviewHere } from '../http/actor.js'
import { attachment, sendAnswer } from '../http/export.js'
import { inTurn, inTurnAlways } from '../http/in-turn.js'
import { answered, answers, jsonBody, ListPath, newRoutes, operation, problem } from '../http/open-api.js'
import { listOf } from '../http/parameters.js'
import { sha256Of } from '../lib/kept-files.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { svgOf } from '../writing/svg-picture.js'
import { askedBulletin, bulletinOf, bulletinTold, comparedWith, figuresAsked, isOpen, keptBulletinOf, readerOf, signingDay } from './asked-bulletin.js'
import type { Imprint } from './compose-document.js'
import { keepBulletin } from './keep-bulletin.js'
import { formMaker, makeDocument } from './make-bulletin.js'
import { embargoBulletin, holdBulletin, withdrawBulletin } from './move-bulletin.js'
import { asNamedIn } from './named-then.js'
import { readForm } from './read-form.js'
import { bulletinsTable } from './tables.js'

/** An export holds all bulletins, not a page of them, up to this many. */
const exportAtMost = 10_000

const BulletinPath = ListPath.extend({ code: z.string() })
const oneBulletin = (description: string) => ({ description, content: { 'application/json': { schema: Bulletin } } })
const moved = { 409: problem('It cannot be done with this bulletin now, or somebody was quicker.') }
const binary = { schema: z.string().openapi({ format: 'binary' }) }
const contentTypes: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8', svg: 'image/svg+xml; charset=utf-8',
}
/** For programs that ask with types a form is a file, whichever it is. */
const formContent: Record<string, { schema: z.ZodType }> = { ...Object.fromEntries(Object.values(contentTypes).map((type) => [type.split(';')[0]!, binary])), 'application/json': { schema: z.union([BulletinFigures, BulletinDocument]) } }
const aFile = (description: string) => ({ 200: { description, content: formContent as Record<string, typeof binary> } })

/** Bulletins: drafts for those who keep them; kept ones for their keepers, and for everybody once they are published. */
export function bulletinRoutes(services: Services) {
  const { db } = services
  return newRoutes()
    .openapi(operation('bulletin.read', {
      method: 'get', path: '/{list}/bulletins', summary: 'Bulletins: those that were published, those that one keeps, and those that name one', request: { params: ListPath, query: BulletinsQuestion },
      responses: answers(BulletinsAnswer, 'The latest day first. Withdrawn and superseded ones stay, as such.'),
    }), async (c) => {
      const { state, evidence, region, format, offset, limit } = c.req.valid('query')
      const list = await listOf(services, c.req.valid('param').list)
      const page = format === 'json' ? { offset, limit } : { offset: 0, limit: exportAtMost }
      const { rows, total } = await bulletinsOf(db, list, readerOf(services, c, list), { state: state ?? null, evidence: evidence ?? null, region: region ?? null }, page)
      return sendAnswer(c, format, { rows: rows.map(bulletinTold), page: { ...page, total } }, (one) => bulletinsTable(list, one), list.demonstration)
    })
    .openapi(operation('bulletin.keep', {
      method: 'get', path: '/{list}/bulletins/draft', summary: 'A bulletin as it would be, of any past day and any kind of evidence', request: { params: ListPath, query: DraftQuestion },
      responses: answered(DraftAnswer, 'Its figures, its text in one language, its pictures. Nothing is kept.'),
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const { figures, imprint, language } = await drafted(services, c, list, c.req.valid('query'))
      const { document, pictures } = await makeDocument(figures, imprint, language)
      return c.json({ basis: figures.basis, figures, document, pictures: [...pictures].map(([id, picture]) => ({ id, svg: svgOf(picture) })) }, 200)
    })
    .openapi(operation('bulletin.keep', {
      method: 'get', path: '/{list}/bulletins/draft/forms/{form}', summary: 'A form of a draft, as a file', request: { params: ListPath.extend({ form: BulletinForm }), query: DraftQuestion.omit({ language: true }) },
      responses: aFile('DOCX, JSON, CSV, XLSX or SVG.'),
    }), async (c) => {
      const { list: code, form } = c.req.valid('param')
      const list = await listOf(services, code)
      const { figures, imprint } = await drafted(services, c, list, { ...c.req.valid('query'), language: 'zh' })
      const bytes = await formMaker(figures, imprint)(form)
      if (!bytes) throw notFound('form', form)
      return sendForm(c, form, { zh: `通报草稿_${figures.basis.evidence}_${figures.basis.asOf}`, en: `bulletin-draft_${figures.basis.evidence}_${figures.basis.asOf}` }, bytes)
    })
    .openapi(operation('bulletin.keep', {
      method: 'post', path: '/{list}/bulletins', summary: 'Keep a bulletin', description: 'All its forms are stored as they are, with the instant of knowledge that they rest on.', request: { params: ListPath, body: jsonBody(NewBulletin) },
      responses: { 201: oneBulletin('It is frozen.'), ...moved },
    }), async (c) => {
      const list = await listOf(services, c.req.valid('param').list)
      const { evidence, asOf, knownOn, region, issuer, redHeader, supersedes } = c.req.valid('json')
      const asked = await askedBulletin(services, list, purviewHere(c, 'bulletin.keep', list.code), { evidence, asOf, knownOn, region })
      if (redHeader && issuer === null) throw new Refusal(400, 'bulletin.issuer', '"redHeader" puts the issuer at the head: name it.', { field: 'issuer' })
      const code = await inTurnAlways(c, () => keepBulletin(services, list, asked, { by: byOf(c), at: services.clock.now(), issuer, redHeader, supersedes }))
      return c.json(bulletinTold(await bulletinOf(services, c, list, code)), 201)
    })
    .openapi(operation('bulletin.read', {
      method: 'get', path: '/{list}/bulletins/{code}', summary: 'A bulletin as it was kept', request: { params: BulletinPath, query: BulletinQuestion },
      responses: answered(BulletinAnswer, 'In one language. `document` is null for whoever is named by it and sees his lines alone.'),
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const { language } = c.req.valid('query')
      const list = await listOf(services, listCode)
      const row = await bulletinOf(services, c, list, code)
      const told = { bulletin: bulletinTold(row), basis: row.figures.basis }
      if (!isOpen(row)) return c.json({ ...told, document: null, pictures: [], forms: [] }, 200)
      const forms = await formsOf(db, row.id)
      const text = async (form: BulletinForm) => Buffer.from(await readForm(services, forms, form)).toString()
      const document = BulletinDocument.parse(JSON.parse(await text(`document-${language}.json`)))
      const pictures = await Promise.all(document.blocks.flatMap((one) => (one.block === 'picture' ? [text(`${one.id}-${language}.svg`).then((svg) => ({ id: one.id, svg }))] : [])))
      return c.json({ ...told, document, pictures, forms }, 200)
    })
    .openapi(operation('bulletin.read', {
      method: 'get', path: '/{list}/bulletins/{code}/forms/{form}', summary: 'A form of a bulletin, byte for byte as it was kept', request: { params: BulletinPath.extend({ form: BulletinForm }) },
      responses: aFile('DOCX, JSON, CSV, XLSX or SVG.'),
    }), async (c) => {
      const { list: listCode, code, form } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const row = await bulletinOf(services, c, list, code)
      if (!isOpen(row)) throw notFound('bulletin', code)
      return sendForm(c, form, row.number, await readForm(services, await formsOf(db, row.id), form))
    })
    .openapi(operation('bulletin.keep', {
      method: 'get', path: '/{list}/bulletins/{code}/remade', summary: 'The bulletin made again from the data, held against what was kept',
      description: 'At its own instant of knowledge it comes out the same, byte for byte within one release; at `now`, as what is known now would make it: its files name another instant then, and `sameFigures` says whether any figure is another.',
      request: { params: BulletinPath, query: z.object({ known: z.enum(['then', 'now']).default('then') }) }, responses: answered(RemadeAnswer, 'The digests of each form, kept and made again.'),
    }), async (c) => {
      const { list: listCode, code } = c.req.valid('param')
      const list = await listOf(services, listCode)
      const row = await keptBulletinOf(services, c, list, code)
      return c.json(await inTurnAlways(c, () => remade(services, list, row, c.req.valid('query').known)), 200)
    })
    .openapi(operation('bulletin.keep', {
      method: 'post', path: '/{list}/bulletins/{code}/embargo', summary: 'Publish a bulletin at an instant', description: 'Two working days before, those whom it names see their lines.', request: { params: BulletinPath, body: jsonBody(Embargo) },
      responses: { 200: oneBulletin('It is under embargo.'), ...moved },
    }), async (c) => {
      const { list, row, again } = await keptHere(services, c, c.req.valid('param'))
      await embargoBulletin(services, byOf(c), list, row, c.req.valid('json').publishAt, services.clock.now())
      return c.json(await again(), 200)
    })
    .openapi(operation('bulletin.keep', {
      method: 'delete', path: '/{list}/bulletins/{code}/embargo', summary: 'Do not publish it yet', request: { params: BulletinPath }, responses: { 200: oneBulletin('It is frozen, and not published.'), ...moved },
    }), async (c) => {
      const { list, row, again } = await keptHere(services, c, c.req.valid('param'))
      await holdBulletin(services, c, list, row)
      return c.json(await again(), 200)
    })
    .openapi(operation('bulletin.keep', {
      method: 'post', path: '/{list}/bulletins/{code}/withdrawal', summary: 'Withdraw a bulletin for a reason', description: 'One that was published stays readable, as one that was withdrawn.', request: { params: BulletinPath, body: jsonBody(Withdrawal) },
      responses: { 200: oneBulletin('It does not hold any more.'), ...moved },
    }), async (c) => {
      const { list, row, again } = await keptHere(services, c, c.req.valid('param'))
      await withdrawBulletin(services, c, list, row, c.req.valid('json').reason)
      return c.json(await again(), 200)
    })
}

/** A bulletin that is the asker's to keep, and the way to tell how it is afterwards. */
async function keptHere(services: Services, c: Context, { list: listCode, code }: { list: string; code: string }) {
  const list = await listOf(services, listCode)
  const row = await keptBulletinOf(services, c, list, code)
  return { list, row, again: async () => bulletinTold(await bulletinOf(services, c, list, code)) }
}

async function drafted(services: Services, c: Context, list: ListRow, { language, issuerZh, issuerEn, redHeader, ...question }: DraftQuestion): Promise<{ figures: BulletinFigures; imprint: Omit<Imprint, 'mapSource'>; language: Language }> {
  const asked = await askedBulletin(services, list, purviewHere(c, 'bulletin.keep', list.code), question)
  const at = services.clock.now()
  const figures = await inTurn(c, list, asked, () => figuresAsked(services.db, list, asked))
  const named = issuerZh ?? issuerEn
  const issuer = named === undefined ? null : { zh: issuerZh ?? named, en: issuerEn ?? named }
  return { figures, language, imprint: { number: null, issuer, redHeader: redHeader === 'true' && issuer !== null, signedOn: signingDay(list, at) } }
}

/** What a kept bulletin would be if it were made again now. What things were called then, they are called; it is compared with what it was compared with. */
async function remade(services: Services, list: ListRow, row: BulletinRow, known: 'then' | 'now'): Promise<RemadeAnswer> {
  const { db } = services
  const area = row.region === null ? null : await findArea(db, list.regionSetId, row.region)
  if (area !== null && area.level !== 'unit') throw notFound('region', row.region!)
  const knownOn = known === 'then' ? row.knownOn : null
  const asked = { evidence: row.evidence, asOf: row.asOf, since: null, knownOn, area }
  const former = row.figures.since && await formerNamed(db, list, row.figures.since.code)
  const figures = asNamedIn(row.figures, await comparedWith(db, list, asked, await bulletinFigures(db, list, asked), former))
  const imprint = { number: row.number, issuer: row.issuer, redHeader: row.redHeader, signedOn: signingDay(list, row.keptAt) }
  const forms: RemadeAnswer['forms'] = []
  const make = formMaker(figures, imprint)
  for (const { form, sha256: kept } of await formsOf(db, row.id)) {
    const bytes = await make(form)
    const again = bytes === null ? '' : sha256Of(bytes)
    forms.push({ form, kept, remade: again, same: again === kept })
  }
  return { code: row.code, madeWith: row.madeWith, remadeWith: program.version, knownOn, sameFigures: saySame(row.figures, figures), sameBytes: forms.every(({ same }) => same), forms }
}

/** Whether two say the same figures, whatever names the instant at which they were known. */
function saySame(kept: BulletinFigures, again: BulletinFigures): boolean {
  const told = ({ basis, ...figures }: BulletinFigures): unknown => JSON.parse(JSON.stringify({ ...figures, basis: { ...basis, knownOn: null } }))
  return isDeepStrictEqual(told(kept), told(again))
}

/** Sends a form as a file, named as the bulletin is in its language. */
function sendForm(c: Context, form: BulletinForm, number: Text, bytes: Uint8Array<ArrayBuffer>) {
  const [name, ending] = form.split('.') as [string, string]
  const language = name.endsWith('-en') ? 'en' : 'zh'
  const part = name.startsWith('bulletin') ? '' : `_${name}`
  c.header('Content-Type', contentTypes[ending]!)
  c.header('Content-Disposition', attachment(`${number[language]}${part}.${ending}`))
  return c.body(bytes, 200)
}
