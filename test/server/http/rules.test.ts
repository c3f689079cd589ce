import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { newApp } from '@lastmile/server/app'
import { checkRules, allowed } from '@lastmile/server/http/actor'
import { newRoutes, operation } from '@lastmile/server/http/open-api'
import { actions } from '@lastmile/shared/permission'
import { given, type World } from '../../support/given.js'
import { build } from './door.js'

/*
 * Every route says by a rule who may ask it. One that says none keeps the server from starting, and what the document
 * says of each is its rule.
 */

let world: World
beforeAll(async () => {
  world = await given()
})

describe('a route without a rule', () => {
  const answer = () => new Response('told')

  test('is refused when the server is put together, and named', () => {
    const app = new Hono().get('/api/ruled', allowed('system.read'), answer).get('/api/open', answer).post('/api/ruled', answer)
    expect(() => checkRules(app)).toThrow('These routes have no rule of who may ask: GET /api/open, POST /api/ruled')
  })

  test('is not covered by the rule of a path that begins with the same letters', () => {
    expect(() => checkRules(new Hono().use('/api/commands/*', allowed('command.run')).post('/api/commands/here', answer))).not.toThrow()
    expect(() => checkRules(new Hono().use('/api/commands/*', allowed('command.run')).post('/api/commands-too', answer))).toThrow('POST /api/commands-too')
  })

  test('added to the server as it is keeps it from starting', () => {
    const app = newApp(world.services, { webFolder: null, build })
    expect(() => checkRules(app)).not.toThrow()
    app.get('/api/another', answer)
    expect(() => checkRules(app)).toThrow('These routes have no rule of who may ask: GET /api/another')
  })

  test('cannot be made by who describes one: a description begins with its action', () => {
    const app = newRoutes().openapi(operation('audit.read', { method: 'get', path: '/described', responses: { 200: { description: 'Told.' } } }), answer)
    expect(() => checkRules(app)).not.toThrow()
  })
})

test('the document names the action of every operation, and it is one of the table of permissions', async () => {
  const app = newApp(world.services, { webFolder: null, build })
  const { paths } = await (await app.request('/api/openapi.json')).json() as { paths: Record<string, Record<string, { 'x-action'?: string }>> }
  const named = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ operation: `${method} ${path}`, action: one['x-action'] })))
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter(({ action }) => !(actions as (string | undefined)[]).includes(action))).toEqual([])
})
