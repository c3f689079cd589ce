import { describe, expect, test } from 'vitest'
import { SessionAnswer } from '@lastmile/shared/account'
import { MovesAnswer } from '@lastmile/shared/company-moves'
import { NextStepsAnswer } from '@lastmile/shared/next-step'
import { signedIn } from '../../support/actors.js'
import { listCode } from '../../support/edition.js'
import { fingerprint } from '../../support/fingerprint.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

const json = { 'content-type': 'application/json' }

describe('looking as another', () => {
  test('an administrator sees what that one sees, changes nothing, and is himself again when he ends it', async () => {
    const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100', H2: '200100' }, reports: [{ source: 'north', asOf: '2026-06-29', rows: ['H1 alpha in_stock'] }, { source: 'south', asOf: '2026-06-29', rows: ['H2 alpha in_stock'] }] })
    const { headers } = await signedIn(services, { role: 'system_administrator' })
    const door = doorOf(services, 'public')
    const ask = (method: string, path: string, body?: object) => door.ask(path, { method, headers: { ...headers, ...json }, ...(body ? { body: JSON.stringify(body) } : {}) })
    const reports = async () => {
      const answer = await ask('GET', `/api/lists/${listCode}/reports`)
      return answer.status === 200 ? ((await answer.json()) as { rows: { source: string }[] }).rows.map(({ source }) => source) : answer.status
    }
    expect(await reports()).toBe(404)
    expect((await ask('POST', '/api/session/see-as', { role: 'province_officer' })).status).toBe(422)
    expect((await ask('POST', '/api/session/see-as', { role: 'province_officer', unit: '999999' })).status).toBe(404)
    expect((await ask('POST', '/api/session/see-as', { role: 'province_officer', unit: '100000' })).status).toBe(200)
    expect(await reports()).toEqual(['north'])
    expect(SessionAnswer.parse(await (await ask('GET', '/api/session')).json()).actor).toMatchObject({ role: 'province_officer', unit: '100000', preview: { by: expect.any(String) as string } })
    expect((await ask('POST', `/api/lists/${listCode}/reports`)).status).toBe(404)
    expect((await ask('POST', '/api/session/see-as', { role: 'reader' })).status).toBe(404)
    expect((await ask('DELETE', '/api/session/see-as')).status).toBe(200)
    expect(await reports()).toBe(404)
    expect((await ask('POST', '/api/session/see-as', { role: 'reader' })).status).toBe(200)
  })

  test('as a company shows how its drugs stand, of it alone, without letters and requests, and marks nothing as seen', async () => {
    const { services } = await given({ today: '2026-06-30', institutions: { H1: '100100' }, reports: [{ source: 'maker', asOf: '2026-06-29', rows: ['H1 alpha in_stock'] }] })
    const { headers } = await signedIn(services, { role: 'security_administrator' })
    const door = doorOf(services, 'public')
    const ask = (method: string, path: string, body?: object) => door.ask(path, { method, headers: { ...headers, ...json }, ...(body ? { body: JSON.stringify(body) } : {}) })
    const progress = `/api/lists/${listCode}/progress`
    expect((await ask('GET', `${progress}/moves`)).status).toBe(404)
    expect((await ask('POST', '/api/session/see-as', { role: 'company', company: 'acme' })).status).toBe(200)
    const before = await fingerprint(services.db)
    for (const path of ['curves', 'drop-off', 'moves', 'next-steps']) expect([path, (await ask('GET', `${progress}/${path}`)).status, (await ask('GET', `${progress}/${path}?company=bestco`)).status]).toEqual([path, 200, 404])
    expect(MovesAnswer.parse(await (await ask('GET', `${progress}/moves`)).json())).toMatchObject({ company: 'acme', isFirst: true, letters: null, requests: null, totals: { gained: { declared: { pairs: 1 } } } })
    expect(NextStepsAnswer.parse(await (await ask('GET', `${progress}/next-steps`)).json()).tells).toEqual({ letters: false, requests: false })
    for (const seen of [false, true]) expect((await ask('POST', `${progress}/visits`, { company: 'acme', seen })).status).toBe(404)
    expect(await fingerprint(services.db)).toEqual(before)
  })

  test('is nobody else\'s to do', async () => {
    const { services } = await given({})
    for (const role of ['reader', 'operator', 'auditor'] as const) {
      expect((await doorOf(services, { role }).ask('/api/session/see-as', { method: 'POST', headers: json, body: '{"role":"reader"}' })).status).toBe(404)
    }
  })
})
