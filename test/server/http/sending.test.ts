import { beforeAll, describe, expect, test } from 'vitest'
import type { LiveEvent } from '@lastmile/server/lib/events'
import { addDays } from '@lastmile/shared/day'
import { ReportReceipt } from '@lastmile/shared/report'
import { listCode } from '../../support/edition.js'
import { list, price, smallCountry, type Country } from './country.js'
import { asCommand, doorOf, formOf, type Sent } from './door.js'

let country: Country
beforeAll(async () => {
  country = await smallCountry()
})

const good = 'institution_code,drug_code,status\nC1,alpha,in_stock'
let day = 0
/** A report as of a day of its own, so that no other stands in its way. */
const report = (own: Partial<Sent> = {}): Sent => ({ list: listCode, source: 'hospitals', asOf: addDays('2026-03-30', -day++), file: good, ...own })
const post = async (body: BodyInit, headers: Record<string, string> = {}) => {
  const answer = await country.ask(`${list}/reports`, { method: 'POST', body, headers })
  return { status: answer.status, receipt: ReportReceipt.parse(await answer.json()) }
}

describe('a form that is not as it must be is answered 400 with the field', () => {
  const without = (name: string) => {
    const form = formOf(report())
    form.delete(name)
    return form
  }
  const withField = (name: string, value: string | Blob) => {
    const form = formOf(report())
    form.set(name, value)
    return form
  }
  test.each([
    ['no file', () => without('file'), 'file'], ['a text where the file belongs', () => withField('file', 'institution_code'), 'file'], ['no source', () => without('source'), 'source'],
    ['neither period nor day', () => without('asOf'), 'asOf'], ['both period and day', () => withField('period', '2026-01'), 'period'], ['a period that is none', () => withField('period', '2026-13'), 'period'],
    ['a day that is none', () => withField('asOf', '2026-02-30'), 'asOf'], ['a day to come', () => withField('asOf', '2026-04-01'), 'asOf'], ['an unknown mode', () => withField('mode', 'append'), 'mode'],
    ['a scope that is no JSON', () => withField('scope', '{drugs}'), 'scope'], ['a scope of another shape', () => withField('scope', '["alpha"]'), 'scope'], ['a scope with a field too many', () => withField('scope', '{"cities":[]}'), 'scope'],
    ['a scope with an unknown drug', () => withField('scope', '{"drugs":["none"]}'), 'scope'], ['a scope with an unknown region', () => withField('scope', '{"regions":["999999"]}'), 'scope'],
    ['a scope with a NUL', () => withField('scope', '{"drugs":["\\u0000"]}'), 'scope'], ['a source with a NUL', () => withField('source', 'a\0b'), 'source'],
    ['a dry run that is neither', () => withField('dryRun', 'perhaps'), 'dryRun'], ['an unknown channel', () => withField('channel', 'fax'), 'channel'], ['a second file where a word belongs', () => withField('mode', new Blob(['x'])), 'mode'],
    ['an instant that is none', () => withField('acceptedAt', 'yesterday'), 'acceptedAt'],
  ])('%s', async (_, form, field) => {
    expect(await post(form())).toMatchObject({ status: 400, receipt: { outcome: 'rejected', id: null, storedCount: 0, error: { field } } })
  })

  test.each([['If-Match', 'first'], ['If-Match', '"1", "2"'], ['Idempotency-Key', 'k'.repeat(256)], ['Idempotency-Key', 'a b']])('%s: %s', async (name, value) => {
    expect(await post(formOf(report()), { [name]: value })).toMatchObject({ status: 400, receipt: { error: { field: name } } })
  })

  test.each([['JSON', '{"source":"east"}', 'application/json'], ['nothing', '', 'text/plain'], ['a form without its boundary', 'x', 'multipart/form-data'], ['a form cut short', '--b\r\nContent-Disposition: form-data; name="file"', 'multipart/form-data; boundary=b']])('%s instead of a form', async (_, body, type) => {
    expect((await post(body, { 'Content-Type': type })).status).toBe(400)
  })

  test('a list or a source that does not exist is 404', async () => {
    expect((await country.send(report({ list: 'none' }))).status).toBe(404)
    expect((await country.send(report({ source: 'none' }))).status).toBe(404)
  })

  test('a file name with folders, control characters or a NUL in it is kept as a plain one', async () => {
    const { status, receipt } = await country.send(report({ filename: '../..\\x/\u0001re\u0000port\u202e.csv' }))
    expect(status).toBe(201)
    expect(await country.read(`${list}/reports/${receipt.id}`)).toMatchObject({ report: { filename: 'report.csv' } })
  })

  test('a row with control characters is an error of that row, not of the server', async () => {
    const { status, receipt } = await country.send(report({ file: good.replace('C1', 'C\u00001') }))
    expect([status, receipt.errors]).toEqual([422, [{ row: 2, column: 'institution_code', code: 'CONTROL_CHARS', value: 'C␀1' }]])
    expect((await country.ask(`${list}/reports/${receipt.id}/errors?format=xlsx`)).status).toBe(200)
  })

  test('a column whose heading holds a NUL is a column too many, with a warning', async () => {
    expect(await country.send(report({ file: 'institution_code,drug_code,status,re\u0000mark\nC1,alpha,in_stock,x' }))).toMatchObject({ status: 201, receipt: { warnings: [{ code: 'EXTRA_COLUMN' }] } })
  })
})

describe('a file that cannot be taken as a whole', () => {
  test.each([['', 400, 'file.empty_file'], ['institution_code,drug_code\nC1,alpha', 400, 'file.header_missing_column'], [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 415, 'file.legacy_xls']])('%#: is refused with a code and a sentence, as everything else is', async (file, status, code) => {
    const { receipt, ...answer } = await country.send(report({ file }))
    expect([answer.status, receipt.outcome]).toEqual([status, 'rejected'])
    expect(receipt.error).toEqual({ code, message: receipt.detail, field: 'file' })
  })
})

describe('an Idempotency-Key that was used', () => {
  test.each<[string, Partial<Sent>]>([['another day', { asOf: '2026-01-12' }], ['another scope', { scope: '{"regions":["300000"]}' }], ['another mode', { mode: 'snapshot' }]])('with the same file for %s is refused, and nothing of it is stored', async (what, own) => {
    const headers = { 'Idempotency-Key': what.replaceAll(' ', '-') }
    const first = report({ headers })
    const { receipt } = await country.send(first)
    expect(await country.send({ ...first, ...own })).toMatchObject({ status: 422, receipt: { id: null, reason: 'IDEMPOTENCY_KEY_REUSED', error: { code: 'report.key_reused', report: receipt.id } } })
    expect(await country.send(first)).toMatchObject({ status: 201, receipt: { id: receipt.id } })
  })
})

describe('nobody reports on what is not his', () => {
  const south = 'institution_code,drug_code,status\nH3,alpha,in_stock'
  test.each([
    ['another province', 'north', '{"regions":["200000"]}'], ['a city of another province', 'north', '{"regions":["200100"]}'], ['its own province and another', 'north', '{"regions":["100000","200000"]}'],
    ['the Corps, by the officer of the West', 'west', '{"regions":["660000"]}'],
  ])('a scope of %s is 403', async (_, source, scope) => {
    expect(await country.send(report({ source, scope, file: south }))).toMatchObject({ status: 403, receipt: { outcome: 'rejected', error: { field: 'scope' } } })
  })

  test('an institution of another province is out of scope, with and without a narrower scope', async () => {
    for (const scope of [undefined, '{"regions":["100100"]}']) {
      const { status, receipt } = await country.send(report({ source: 'north', file: south, ...(scope ? { scope } : {}) }))
      expect([status, receipt.errors.map((error) => error.code)]).toEqual([422, ['INSTITUTION_OUT_OF_SCOPE']])
    }
  })

  test('a narrower scope takes what lies in it and refuses what lies beside it', async () => {
    const scope = '{"regions":["100100"],"drugs":["alpha"]}'
    const answer = await country.send(report({ source: 'north', scope, file: 'institution_code,drug_code,status\nP1,alpha,in_stock' }))
    expect(answer.status).toBe(201)
    const { receipt } = await country.send(report({ source: 'north', scope, file: 'institution_code,drug_code,status\nP1,alpha,in_stock\nH2,alpha,in_stock\nH1,beta,in_stock' }))
    expect(receipt.errors.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 INSTITUTION_OUT_OF_SCOPE', '4 DRUG_OUT_OF_SCOPE'])
  })

  test('in a city of the West, the officer of the Corps reports on the Corps alone', async () => {
    const send = (source: string, code: string) => country.send(report({ source, scope: '{"regions":["650200"]}', file: `institution_code,drug_code,status\n${code},alpha,in_stock` }))
    expect((await send('corps', 'H6')).status).toBe(201)
    expect((await send('corps', 'H5')).receipt.errors.map((error) => error.code)).toEqual(['INSTITUTION_OUT_OF_SCOPE'])
    expect((await send('west', 'H6')).receipt.errors.map((error) => error.code)).toEqual(['INSTITUTION_OUT_OF_SCOPE'])
  })
})

describe('a door that is closed', () => {
  test('a source takes no reports by a channel that it does not name', async () => {
    const { services } = country.world
    await country.world.loadEdition({ sources: { shop: { evidence: 'confirmed', mode: 'changes', channels: { command: {} } } } }, '2026-03-31')
    expect(await country.send(report({ source: 'shop' }))).toMatchObject({ status: 403, receipt: { error: { code: 'source.channel_closed' } } })
    expect((await country.send(report({ source: 'shop', headers: asCommand(services) }))).status).toBe(201)
  })

  test('only who knows the data folder\'s secret may come as a command, or say when a report was accepted', async () => {
    const past = { acceptedAt: '2026-02-01T00:00:00.000Z' }
    for (const headers of [{}, { 'x-lastmile-command': '' }, { 'x-lastmile-command': 'c'.repeat(63) }, { 'x-lastmile-command': 'd'.repeat(64) }] as Record<string, string>[]) {
      const isWrong = 'x-lastmile-command' in headers
      expect((await country.ask(`${list}/reports`, { method: 'POST', headers, body: formOf(report(past)) })).status).toBe(isWrong ? 401 : 403)
      expect((await country.ask(`${list}/reports`, { method: 'POST', headers, body: formOf(report({ channel: 'command' })) })).status).toBe(isWrong ? 401 : 403)
      expect((await country.ask('/api/commands/verify/tiny-2026', { method: 'POST', headers })).status).toBe('x-lastmile-command' in headers ? 401 : 404)
    }
    const { status, receipt } = await country.send(report({ ...past, asOf: '2026-01-01', headers: asCommand(country.world.services) }))
    expect(status).toBe(201)
    expect(await country.read(`${list}/reports/${receipt.id}`)).toMatchObject({ report: { acceptedAt: past.acceptedAt, channel: 'command' } })
  })

  test.each([
    ['another origin', { Origin: 'https://evil.example' }], ['no origin at all', { Origin: 'null' }], ['another site, as the browser says', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }], ['the same host at another port', { Origin: 'http://localhost:1', Host: 'localhost' }],
  ])('a page of %s can change nothing', async (_, headers) => {
    const { status, receipt } = await country.ask(`${list}/reports`, { method: 'POST', body: formOf(report()), headers: headers as Record<string, string> })
      .then(async (answer) => ({ status: answer.status, receipt: await answer.json() as { error: { code: string } } }))
    expect([status, receipt.error.code]).toEqual([403, 'request.cross_site'])
  })

  test('a page of the product itself can', async () => {
    expect((await country.send(report({ headers: { Origin: 'http://localhost', Host: 'localhost', 'Sec-Fetch-Site': 'same-origin' } }))).status).toBe(201)
  })
})

describe('the file of a report', () => {
  test('goes out as it came in, to be saved and never shown', async () => {
    const answer = await country.ask(`${list}/reports/${country.reports.open}/file`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="_open.csv"/)
    expect(await answer.text()).toMatch(/^institution_code,drug_code,status\nT0,gamma,in_stock/)
  })

  test('opens for the regulator whatever it holds, and for nobody whose report it is not', async () => {
    for (const id of [country.reports.priced, country.reports.draft]) {
      expect((await country.ask(`${list}/reports/${id}/file`)).status).toBe(200)
      expect(await country.read(`${list}/reports/${id}`)).toMatchObject({ report: { fileOpen: true } })
      for (const [who, status] of [['public', 401], [{ role: 'company', company: 'acme' }, 404], [{ role: 'auditor' }, 404]] as const) {
        const answer = await doorOf(country.world.services, who).ask(`${list}/reports/${id}/file`)
        expect([who, answer.status]).toEqual([who, status])
        expect(await answer.text()).not.toContain(price.split('.')[0])
      }
    }
  })
})

describe('a window that listens', () => {
  test('hears that a list has changed, and how the reading of one\'s own report went', async () => {
    const window = await listen()
    const { receipt } = await country.send(report({ headers: { 'X-Upload-Id': 'upload-7' } }))
    // That the list has changed is told on its own way: before or after the reading says that it is done.
    const toCome = new Set(['report', 'done'])
    const heard = await window.until((event) => {
      toCome.delete(event.event === 'progress' ? event.data.stage : event.event)
      return toCome.size === 0 || (event.event === 'progress' && event.data.stage === 'failed')
    })
    await window.close()
    expect(heard.filter((one) => one.event === 'report')).toEqual([{ event: 'report', data: { list: listCode } }])
    expect(JSON.stringify(heard)).not.toContain(receipt.id)
    expect(heard.filter((one) => one.event === 'progress').map((one) => one.data)).toEqual(['reading', 'storing', 'done'].map((stage) => expect.objectContaining({ upload: 'upload-7', stage }) as object))
  })

  test('hears that a reading failed, and nothing of numbers that did not move', async () => {
    const window = await listen()
    await country.send(report({ file: good.replace('in_stock', 'wrong'), headers: { 'X-Upload-Id': 'upload-8' } }))
    const heard = await window.until((event) => event.event === 'progress' && event.data.stage === 'failed')
    await window.close()
    expect(heard.filter((one) => one.event === 'report')).toEqual([])
  })
})

/** Opens the stream of live events as a browser does. */
async function listen(): Promise<{ until(last: (event: LiveEvent) => boolean): Promise<LiveEvent[]>; close(): Promise<void> }> {
  const answer = await country.ask('/api/events')
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain(': open')
  let text = ''
  return {
    async until(last) {
      for (;;) {
        const heard = [...text.matchAll(/event: (\w+)\ndata: (.+)\n\n/g)].map(([, event, data]) => ({ event, data: JSON.parse(data!) as unknown }) as LiveEvent)
        if (heard.some(last)) return heard
        text += (await reader.read()).value ?? ''
      }
    },
    close: () => reader.cancel(),
  }
}
