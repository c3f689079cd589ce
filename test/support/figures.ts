import { headline, statements } from './ask.js'
import type { World } from './given.js'

/** What a world says in short, on some days and as it was known then: enough to see that nothing was lost or moved. */
export async function figures(world: World): Promise<Record<string, string[]>> {
  const said: Record<string, string[]> = {}
  for (const evidence of ['declared', 'confirmed', 'supplied'] as const) {
    for (const asOf of ['2026-06-20', '2026-06-30']) {
      const pairs = (await statements(world, { evidence, asOf })).map(({ institution, drug, state, report }) => `${institution} ${drug} ${state} ${report}`)
      said[`${evidence} ${asOf}`] = [`${(await headline(world, { evidence, asOf })).institutions} institutions`, ...pairs.sort()]
    }
  }
  said['declared, known before the correction'] = [`${(await headline(world, { evidence: 'declared', asOf: '2026-06-20', knownOn: '2026-06-20T11:00:00.000Z' })).institutions} institutions`]
  return said
}
