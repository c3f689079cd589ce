import { expect, test } from 'vitest'
import { loadMaster } from '@lastmile/server/load/load-files'
import { listCode } from '../../support/edition.js'
import { bulletinOffice, draft, kept, remade } from './bulletin-office.js'

/* What a bulletin rests on beside reports: masters say where institutions are, and become known as reports do. */

const moved = (code: string, place: string) => new TextEncoder().encode(`code,name,kind,region\n${code},Moved,hospital,${place}\n`)

test('a master that was on its way when a bulletin was kept becomes known after it: made again, the bulletin is the same', async () => {
  const { operator, services } = await bulletinOffice()
  const before = services.clock.now()
  const { code, knownOn } = await kept(operator)
  // It took its instant before the bulletin did, and comes to the lock after it.
  const noted: string[] = []
  await loadMaster(services.db, listCode, moved('H1', '200100'), 'master.csv', before, async (_, __, at) => void noted.push(at))
  expect(noted[0]! > knownOn!).toBe(true)
  services.lists.forget()
  expect((await draft(operator, 'asOf=2026-03-10')).figures.total.units).toBe(2)
  expect(await remade(operator, code)).toMatchObject({ sameFigures: true, sameBytes: true })
})

test('an instant that somebody names and that a bulletin has settled is refused, and nothing is loaded', async () => {
  const { operator, services } = await bulletinOffice()
  const { code } = await kept(operator)
  await expect(loadMaster(services.db, listCode, moved('H1', '200100'), 'master.csv', { at: '2026-03-18T03:00:00.000Z', isGiven: true })).rejects.toThrow(/what a bulletin rests on/)
  services.lists.forget()
  expect((await draft(operator, 'asOf=2026-03-10')).figures.total.units).toBe(1)
  expect((await remade(operator, code)).sameBytes).toBe(true)
})
