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

/** Marks nearer to each other than this part of a cell would lie upon each other: two such neighbours are one group. */
const tooNear = 0.6

/**
 * Groups spots by the cells of a grid over the world, `pixels` wide at a zoom. The grid stands still, so moving the map
 * a little changes nothing; and a group is one cell, or two side by side, so its box holds no spot of another. Cells
 * grow until there are at most `most` groups. From west to east, what lies above each other from north to south: which cells
 * are one follows from where things lie alone, not from the order of the spots.
 */
export function gridded<Item>(spots: readonly Spot<Item>[], zoom: number, pixels: number, most: number): Group<Item>[] {
  for (let level = Math.round(zoom); ; level--) {
    const size = pixels / (256 * 2 ** level)
    const cells = new Map<string, Cell<Item>>()
    for (const spot of spots) {
      const [column, row] = [Math.floor(xOf(spot.lng) / size), Math.floor(yOf(spot.lat) / size)]
      const own = cells.get(`${column}/${row}`)
      if (own) own.spots.push(spot)
      else cells.set(`${column}/${row}`, { column, row, spots: [spot] })
    }
    if (cells.size <= most) return joined(new Map([...cells].sort(([, a], [, b]) => a.column - b.column || a.row - b.row)), size).map(groupOf)
  }
}

interface Cell<Item> {
  column: number
  row: number
  spots: Spot<Item>[]
}

/** The spots of each cell, those of neighbours whose middles are too near to each other together. The fullest cells choose first, of those as full the first. */
function joined<Item>(cells: ReadonlyMap<string, Cell<Item>>, size: number): Spot<Item>[][] {
  const middles = new Map([...cells.values()].map((cell) => [cell, middleOf(cell.spots)]))
  const taken = new Set<Cell<Item>>()
  const partner = new Map<Cell<Item>, Cell<Item>>()
  for (const cell of [...cells.values()].sort((a, b) => middles.get(b)!.count - middles.get(a)!.count)) {
    if (taken.has(cell)) continue
    const own = middles.get(cell)!
    const [nearest] = ([[1, 0], [-1, 0], [0, 1], [0, -1]] as const).flatMap(([dx, dy]) => {
      const beside = cells.get(`${cell.column + dx}/${cell.row + dy}`)
      if (!beside || taken.has(beside)) return []
      const other = middles.get(beside)!
      return [{ beside, far: Math.hypot(other.x - own.x, other.y - own.y) }]
    }).sort((a, b) => a.far - b.far)
    if (!nearest || nearest.far >= tooNear * size) continue
    taken.add(cell).add(nearest.beside)
    partner.set(cell, nearest.beside)
  }
  return [...cells.values()].flatMap((cell) => {
    const other = partner.get(cell)
    return other ? [[...cell.spots, ...other.spots]] : taken.has(cell) ? [] : [cell.spots]
  })
}

/** Where the things that spots count lie in the middle, on Mercator's square. */
function middleOf(spots: readonly Spot<unknown>[]): { x: number; y: number; count: number } {
  let [count, x, y] = [0, 0, 0]
  for (const spot of spots) {
    count += spot.count
    x += xOf(spot.lng) * spot.count
    y += yOf(spot.lat) * spot.count
  }
  return { x: x / count, y: y / count, count }
}

function groupOf<Item>(spots: readonly Spot<Item>[]): Group<Item> {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  const sums = Object.fromEntries(states.map((state) => [state, 0])) as StateCounts
  for (const spot of spots) {
    box.west = Math.min(box.west, spot.lng)
    box.east = Math.max(box.east, spot.lng)
    box.south = Math.min(box.south, spot.lat)
    box.north = Math.max(box.north, spot.lat)
    for (const state of states) sums[state] += spot.states[state] ?? 0
  }
  const { x, y, count } = middleOf(spots)
  const [only] = spots
  const place = spots.length === 1 ? { lat: only!.lat, lng: only!.lng } : { lat: latOf(y), lng: lngOf(x) }
  return { ...place, count, states: sums, box, items: spots.map((spot) => spot.item) }
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
