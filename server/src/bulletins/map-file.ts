import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Text } from '@lastmile/shared/text'

const Points = z.array(z.int())

/** The map of a region set, drawn once (`web/scripts/build-picture.mjs`): areas in whole units, in windows of which the later lie above the earlier. */
const MapFile = z.strictObject({
  regionSet: z.string(), width: z.int(), height: z.int(), source: Text,
  windows: z.array(z.strictObject({
    id: z.enum(['main', 'southChinaSea']), box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
    /** `label`: where the name goes, with so much room around it; null: nowhere in this window. `aside`: how far from there it stands, where there is no room. */
    shapes: z.array(z.strictObject({ code: z.string(), name: Text, rings: z.array(Points), label: z.tuple([z.int(), z.int()]).nullable(), room: z.int(), aside: z.tuple([z.int(), z.int()]).nullable() })),
    line: z.array(Points),
  })),
})
export type MapFile = z.infer<typeof MapFile>

const known = new Map<string, Promise<MapFile | null>>()

/** The map of a region set; null where none is drawn. Read once. */
export function mapOf(regionSet: string): Promise<MapFile | null> {
  let found = known.get(regionSet)
  if (!found) known.set(regionSet, (found = readMap(regionSet)))
  return found
}

async function readMap(regionSet: string): Promise<MapFile | null> {
  // The code of a region set is letters, digits and hyphens: it leads nowhere else.
  const text = await readFile(fileURLToPath(new URL(`../../../db/regions/${regionSet}.picture.json`, import.meta.url)), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : MapFile.parse(JSON.parse(text))
}
