import type { Box } from '@lastmile/shared/box'
import type { StateCounts } from '@lastmile/shared/coverage'
import { states } from '@lastmile/shared/state'

/** Something at a place (degrees), with what it counts. */
export interface Spot<Item> {
  lat: number
  lng: number
  count: number
  states: Partial<StateCounts>
  item: Item
}

/** Spots of one cell of a grid: their middle, their sums, and the smallest box around them. */
export interface Group<Item> extends Omit<Spot<Item>, 'item' | 'states'> {
  states: StateCounts
  box: Box
  items: Item[]
}

/** How near to the border of its cell the mark of a group may stand, in parts of the cell: marks of neighbours keep apart. */
const margin = 0.3

/**
 * Groups spots by the cells of a grid over the world, `pixels` wide at a zoom. The grid stands still, so moving the map
 * a little changes nothing, and cells do not overlap, so a group's box holds no spot of another. Cells grow until there
 * are at most `most` groups. In the order of the spots.
 */
export function gridded<Item>(spots: readonly Spot<Item>[], zoom: number, pixels: number, most: number): Group<Item>[] {
  for (let level = Math.round(zoom); ; level--) {
    const cell = pixels / (256 * 2 ** level)
    const cells = new Map<string, Spot<Item>[]>()
    for (const spot of spots) {
      const key = `${Math.floor(xOf(spot.lng) / cell)}/${Math.floor(yOf(spot.lat) / cell)}`
      const own = cells.get(key)
      if (own) own.push(spot)
      else cells.set(key, [spot])
    }
    if (cells.size <= most) return [...cells.values()].map((own) => groupOf(own, cell))
  }
}

function groupOf<Item>(spots: readonly Spot<Item>[], cell: number): Group<Item> {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  const sums = Object.fromEntries(states.map((state) => [state, 0])) as StateCounts
  let [count, x, y] = [0, 0, 0]
  for (const spot of spots) {
    box.west = Math.min(box.west, spot.lng)
    box.east = Math.max(box.east, spot.lng)
    box.south = Math.min(box.south, spot.lat)
    box.north = Math.max(box.north, spot.lat)
    count += spot.count
    x += xOf(spot.lng) * spot.count
    y += yOf(spot.lat) * spot.count
    for (const state of states) sums[state] += spot.states[state] ?? 0
  }
  const [only] = spots
  const place = spots.length === 1 ? { lat: only!.lat, lng: only!.lng } : { lng: lngOf(inner(x / count, cell)), lat: latOf(inner(y / count, cell)) }
  return { ...place, count, states: sums, box, items: spots.map((spot) => spot.item) }
}

/** A place within its cell, kept from the cell's border. */
function inner(at: number, cell: number): number {
  const start = Math.floor(at / cell) * cell
  return Math.max(start + margin * cell, Math.min(start + (1 - margin) * cell, at))
}

// Mercator's square, 0 to 1, x to the right and y down.
const limit = 85.05
const xOf = (lng: number) => (lng + 180) / 360
const yOf = (lat: number) => {
  const sine = Math.sin((Math.max(-limit, Math.min(limit, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}
const lngOf = (x: number) => x * 360 - 180
const latOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
