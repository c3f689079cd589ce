import { describe, expect, test } from 'vitest'
import { publishReports } from '@lastmile/server/reports/publish-reports'
import { moveSets } from '@lastmile/shared/company-moves'
import { listCode } from '../../support/edition.js'
import { factSaid } from '../../support/ladder.js'
import { does, opens } from './case-office.js'
import { doorOf } from './door.js'
import { moves, office, pairsOf, path, visits } from './progress-office.js'

describe('what moved since the last visit', () => {
  test('stays all day long, is told anew once it was seen or a day has passed, and each account has its own', async () => {
    const { doors: { acme, operator }, at } = await office()
    at('2026-06-29')
    expect((await moves(acme)).isFirst).toBe(true)
    expect(await visits(acme)).toMatchObject({ company: 'acme', since: '2026-05-29T16:00:00.000Z', isFirst: true })
    await visits(acme, (await moves(acme)).at)
    expect(Object.values((await moves(acme)).totals.gained)).toEqual(Array.from({ length: 3 }, () => ({ pairs: 0, institutions: 0 })))
    at('2026-06-29T06:00:00.000Z')
    // Told late, of a day long past; and one denial more.
    expect((await acme.send({ list: listCode, source: 'maker', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH2,beta,in_stock\nH4,alpha,out_of_stock' })).status).toBe(201)
    expect((await operator.send({ list: listCode, source: 'south', asOf: '2026-06-01', file: 'institution_code,drug_code,status\nH4,beta,in_stock\nH2,beta,not_carried' })).status).toBe(201)
    at('2026-06-29T08:00:00.000Z')
    for (let look = 0; look < 2; look++) {
      await visits(acme)
      const { totals, since, gaps } = await moves(acme)
      expect([since, totals.gained.declared.pairs, totals.lost.declared.pairs, totals.gained.confirmed.pairs, totals.refuted.pairs, gaps]).toEqual(['2026-06-29T04:00:00.000Z', 1, 1, 1, 1, { opened: [], closed: [] }])
    }
    const rows = Object.fromEntries(await Promise.all(moveSets.map(async (set) => [set, pairsOf(await moves(acme, `&set=${set}`))])))
    expect(rows).toEqual({ gained: ['H2 beta'], lost: ['H4 alpha'], refuted: ['H2 beta'], undeclared: [], settled: [] })
    expect((await moves(acme, '&set=lost')).rows[0]).toMatchObject({ institution: 'H4', declared: { before: 'in_stock', after: 'out_of_stock' }, supplied: { before: '2026-06-20', after: '2026-06-20' } })
    // The regulator has looked at nothing yet.
    expect((await moves(operator, '&company=acme')).isFirst).toBe(true)
    // The next morning: since the last look of the day before.
    at('2026-06-30')
    await visits(acme)
    expect(await moves(acme)).toMatchObject({ since: '2026-06-29T08:00:00.000Z', sinceDay: '2026-06-29', isFirst: false })
    expect((await moves(acme)).totals.gained.declared.pairs).toBe(0)
    expect((await moves(acme, '&since=2026-06-29T05:00:00.000Z')).totals.gained.declared.pairs).toBe(1)
  })

  test('was seen as far as it was told: what came between the look and the click is told after it, that day and the next', async () => {
    const { doors: { acme }, at } = await office()
    const sends = async (drug: string) => expect((await acme.send({ list: listCode, source: 'maker', asOf: '2026-06-28', file: `institution_code,drug_code,status\nH2,${drug},in_stock` })).status).toBe(201)
    const gained = async () => (await moves(acme)).totals.gained.declared.pairs
    at('2026-06-29T01:00:00.000Z')
    await visits(acme)
    const looked = await moves(acme)
    expect(looked.at).toBe('2026-06-29T01:00:00.000Z')
    at('2026-06-29T02:00:00.000Z')
    await sends('beta')
    at('2026-06-29T03:00:00.000Z')
    expect(await visits(acme, looked.at)).toMatchObject({ since: looked.at })
    expect(await gained()).toBe(1)
    // A window that is older still, and one whose clock is ahead: neither back nor beyond now.
    expect((await visits(acme, '2026-06-20T00:00:00.000Z')).since).toBe(looked.at)
    at('2026-06-30T03:00:00.000Z')
    expect([(await visits(acme)).since, await gained()]).toEqual([looked.at, 1])
    expect((await visits(acme, '2027-01-01T00:00:00.000Z')).since).toBe('2026-06-30T03:00:00.000Z')
    expect(await gained()).toBe(0)
  })

  test('what was on its way when somebody looked is told to him after it, though its own time is earlier', async () => {
    const { doors: { acme }, services, at } = await office()
    at('2026-06-29T04:00:00.000Z')
    await visits(acme)
    const waits = async (institution: string, asOf: string, publishAt: string) => expect((await acme.send({ list: listCode, source: 'maker', asOf, file: `institution_code,drug_code,status\n${institution},beta,in_stock`, publishAt })).status).toBe(202)
    await waits('H2', '2026-06-27', '2026-06-29T09:00:00.000Z')
    // The embargo has ended, and the report is not there yet.
    at('2026-06-29T09:00:05.000Z')
    const looked = await moves(acme)
    expect(looked.totals.gained.declared.pairs).toBe(0)
    await visits(acme, looked.at)
    at('2026-06-29T09:00:20.000Z')
    expect(await publishReports(services)).toBe(1)
    expect(pairsOf(await moves(acme))).toEqual(['H2 beta'])
    // Nor is it lost between two days' looks.
    await waits('H1', '2026-06-28', '2026-06-29T09:30:00.000Z')
    at('2026-06-29T09:30:05.000Z')
    await visits(acme)
    at('2026-06-29T09:30:20.000Z')
    expect(await publishReports(services)).toBe(1)
    at('2026-06-30T04:00:00.000Z')
    expect((await visits(acme)).since).toBe('2026-06-29T09:30:05.000Z')
    expect(pairsOf(await moves(acme))).toEqual(['H1 beta'])
  })

  test('is not sent again while nothing moved, however late it is; a letter moves it', async () => {
    const { doors: { acme, operator }, at } = await office()
    const asked = `${path}/moves?evidence=declared&since=2026-06-01T00:00:00.000Z`
    const named = (await acme.ask(asked)).headers.get('etag')!
    const again = async () => (await acme.ask(asked, { headers: { 'if-none-match': named } })).status
    at('2026-06-30T06:00:00.000Z')
    expect(await again()).toBe(304)
    const { cases: [code] } = await opens(operator, ['alpha 100000'])
    const drafted = await does(operator, `/${code}/notices`, { to: { office: 'company', code: 'acme' } }, 1)
    await does(operator, `/${code}/notices/${drafted.notice}/sending`, {}, drafted.version)
    at('2026-06-30T07:00:00.000Z')
    expect(await again()).toBe(200)
    // Who has seen it is not told of it again.
    const { at: seen, letters } = await moves(acme, '&since=2026-06-01T00:00:00.000Z')
    expect(letters).toHaveLength(1)
    await visits(acme, seen)
    expect((await moves(acme)).letters).toEqual([])
  })

  test('is read once for a look, whatever pages, sets and kinds of evidence are asked of it, and anew once anything moved', async () => {
    const { doors: { acme, operator }, services } = await office()
    let statements = 0
    const db = new Proxy(services.db, { get: (of, name) => { const own: unknown = Reflect.get(of, name); return typeof own !== 'function' ? own : (...given: unknown[]) => { if (name === 'execute') statements += 1; return own.apply(of, given) as unknown } } })
    const looker = doorOf({ ...services, db }, { role: 'company', company: 'acme' })
    const since = '&since=2026-06-01T00:00:00.000Z'
    const costOf = async (more: string) => { const from = statements; await moves(looker, `${since}${more}`); return statements - from }
    await visits(looker)
    const [first, before] = [await costOf(''), (await moves(looker, since)).totals.gained.confirmed.pairs]
    for (const more of ['&set=lost', '&set=refuted', '&limit=1&offset=1', '&drug=beta', '&set=undeclared']) expect(await costOf(more), more).toBeLessThan(first / 2)
    const supplied = async () => looker.read(`${path}/moves?evidence=supplied${since}`)
    const from = statements
    await Promise.all([supplied(), supplied()])
    expect(statements - from).toBeLessThan(first)
    expect((await operator.send({ list: listCode, source: 'south', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH4,alpha,in_stock' })).status).toBe(201)
    // Now is looked at anew; then stands still.
    const anew = await costOf('')
    expect([anew > first / 4, anew < first * 0.75], `${anew} of ${first}`).toEqual([true, true])
    expect((await moves(looker, since)).totals.gained.confirmed.pairs).toBe(before + 1)
    expect(await moves(acme, since)).toEqual(await moves(looker, since))
  })

  test('tells each step of a ladder that was reached or lost, also below one that is held', async () => {
    const { doors: { acme, north, operator }, at } = await office()
    at('2026-06-29')
    const facts = `/api/lists/${listCode}/ladder-facts`
    const states = async (own: object) => { const answer = await north.ask(facts, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...factSaid(), ...own }) }); expect([200, 201], await answer.clone().text()).toContain(answer.status) }
    const told = async () => (await moves(acme, '&since=2026-06-29T05:00:00.000Z')).rungs.map(({ drug, unit, rung, reached, from, to }) => `${drug} ${unit} ${reached ? '+' : '-'} ${rung} ${from} ${to}`)
    at('2026-06-29T06:00:00.000Z')
    expect(await told()).toEqual([])
    // In the North alpha is stocked and supplied already: a lower step moves all the same.
    await states({ rung: 'platform_listed', says: 'yes', drug: 'alpha', unit: '100000', validFrom: '2026-06-20' })
    expect(await told()).toEqual(['alpha 100000 + platform_listed not_known yes'])
    await operator.send({ list: listCode, source: 'north', asOf: '2026-06-28', file: 'institution_code,drug_code,status\nH1,alpha,out_of_stock\nP1,alpha,out_of_stock' })
    expect(await told()).toContain('alpha 100000 + platform_listed not_known yes')
  })

  test('of two windows that open at once both are told of the same', async () => {
    const { doors: { acme } } = await office()
    const answers = await Promise.all(Array.from({ length: 5 }, () => visits(acme)))
    expect([new Set(answers.map(({ since }) => since)).size, answers.filter(({ isFirst }) => isFirst).length]).toEqual([1, 1])
  })
})
