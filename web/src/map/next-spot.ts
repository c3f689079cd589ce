/** A thing that the arrow keys reach, where it lies (x to the right, y down). */
export interface Spot { key: string; x: number; y: number }

/** Turns per key: which way it goes. */
const ways: Readonly<Record<string, readonly [x: number, y: number]>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

/**
 * Where an arrow key leads among things on a plane: to the nearest one in its direction, where what lies off to the side
 * counts as farther. Home and End lead to the first and last. Null: the key leads nowhere.
 */
export function nextSpot(spots: readonly Spot[], from: string, key: string): string | null {
  if (key === 'Home') return spots[0]?.key ?? null
  if (key === 'End') return spots.at(-1)?.key ?? null
  const way = ways[key]
  const here = spots.find((spot) => spot.key === from)
  if (!way || !here) return null
  let best: { key: string; far: number } | null = null
  for (const spot of spots) {
    if (spot.key === from) continue
    const along = (spot.x - here.x) * way[0] + (spot.y - here.y) * way[1]
    const aside = Math.abs((spot.x - here.x) * way[1]) + Math.abs((spot.y - here.y) * way[0])
    if (along <= 0 || aside > 2 * along) continue
    const far = along + 2 * aside
    if (!best || far < best.far) best = { key: spot.key, far }
  }
  return best?.key ?? null
}
