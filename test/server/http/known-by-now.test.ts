import { expect, test } from 'vitest'
import { Problem } from '@lastmile/shared/problem'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf } from './door.js'

interface Described { paths: Record<string, { get?: { parameters?: { in: string; name: string }[] } }> }

test('whatever tells what was known on an instant refuses one that is still to come', async () => {
  const { services } = await given({ institutions: { H1: '100100' } })
  const door = doorOf(services, { role: 'operator' })
  const { paths } = await door.read('/api/openapi.json') as Described
  const known = Object.entries(paths).filter(([, { get }]) => get?.parameters?.some((one) => one.in === 'query' && one.name === 'knownOn')).map(([path]) => path)
  expect(known.length).toBeGreaterThan(20)
  for (const path of known) {
    const answer = await door.ask(`${path.replace('{list}', listCode).replaceAll(/\{\w+\}/g, 'alpha')}?knownOn=2099-01-01T00:00:00.000Z`)
    expect([answer.status, Problem.parse(await answer.json()).error.code], path).toEqual([400, 'question.future'])
  }
})
