import { expect, test } from 'vitest'
import { LadderFactAnswer, LadderImportAnswer } from '@lastmile/shared/ladder-answer'
import { LadderFact } from '@lastmile/shared/ladder-fact'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { factSaid } from '../../support/ladder.js'
import { doorOf } from './door.js'

const facts = `/api/lists/${listCode}/ladder-facts`
const json = { 'content-type': 'application/json' }

test.each(['csv', 'xlsx'])('what somebody wrote goes out and comes in as it was written, as %s: what is confirmed stays confirmed, what is refused is not handed in again', async (format) => {
  const { services } = await given({ institutions: { H1: '100100' } })
  const [acme, north] = [doorOf(services, { role: 'company', company: 'acme' }), doorOf(services, { role: 'province_officer', unit: '100000' })]
  const enter = async (own: object) => LadderFact.parse(await (await acme.ask(facts, { method: 'POST', headers: json, body: JSON.stringify({ ...factSaid(), ...own }) })).json())
  const text = (zh: string) => ({ zh, en: '=who: asks;  @whom' })
  const { code } = await enter({ source: { text: text('省平台公告（第3批），见附件：表１'), number: '采〔2026〕３号', dated: '2026-01', url: 'https://example.org/a' }, note: text('－全角，（括号）；“引号”') })
  const other = await enter({ rung: 'admitted', note: text('＝院内，待议') })
  expect((await north.ask(`${facts}/${code}/confirmation`, { method: 'POST', headers: { 'if-match': '"1"' } })).status).toBe(200)
  expect((await north.ask(`${facts}/${other.code}/refusal`, { method: 'POST', headers: { ...json, 'if-match': '"1"' }, body: JSON.stringify({ reason: 'not so' }) })).status).toBe(200)
  const stand = async () => Promise.all([code, other.code].map(async (one) => LadderFactAnswer.parse(await acme.read(`${facts}/${one}`)).fact))
  const before = await stand()
  expect(before.map(({ standing, source }) => [standing, source.text.zh])).toEqual([['confirmed', '省平台公告（第3批），见附件：表１'], ['refused', factSaid().source.text.zh]])

  const form = new FormData()
  form.set('file', new File([await (await acme.ask(`${facts}?format=${format}`)).arrayBuffer()], `facts.${format}`))
  const answer = LadderImportAnswer.parse(await (await acme.ask(`${facts}/file?dryRun=false`, { method: 'POST', body: form })).json())
  expect(answer).toEqual({ dryRun: false, rows: 2, created: 0, changed: 0, unchanged: 2, leftOut: 0, errors: [], moreErrors: 0 })
  expect(await stand()).toEqual(before)
})
