import { earthRadiusKm } from './position.js'

/*
 * Places on the earth as a planner needs them: many, asked again and again which of them lie within a distance. A place is a
 * vector of length one, and two places are compared by the square of the chord between them, which grows with the distance
 * and needs neither angle nor root.
 */

/** Places in WGS84 degrees, one an index. */
export interface Places {
  readonly lat: Float64Array
  readonly lng: Float64Array
}

/** Places with their vectors. */
export interface Placed extends Places {
  readonly count: number
  readonly x: Float64Array
  readonly y: Float64Array
  readonly z: Float64Array
}

const radians = Math.PI / 180

/** Places with their vectors. */
export function placed({ lat, lng }: Places): Placed {
  const count = lat.length
  const [x, y, z] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let i = 0; i < count; i++) {
    const around = Math.cos(lat[i]! * radians)
    x[i] = around * Math.cos(lng[i]! * radians)
    y[i] = around * Math.sin(lng[i]! * radians)
    z[i] = Math.sin(lat[i]! * radians)
  }
  return { lat, lng, count, x, y, z }
}

/** The square of the chord between places that are so many kilometres apart; of more than half of the way around, that of the farthest. */
export function chordOf(km: number): number {
  return (2 * Math.sin(Math.min(Math.PI, km / earthRadiusKm) / 2)) ** 2
}

/** Kilometres between places with that square of a chord. */
export function kmOf(chord: number): number {
  return chord === Infinity ? Infinity : 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord) / 2))
}

/** The square of the chord between one place and another. */
export function chordBetween(a: Placed, i: number, b: Placed, j: number): number {
  const [x, y, z] = [a.x[i]! - b.x[j]!, a.y[i]! - b.y[j]!, a.z[i]! - b.z[j]!]
  return x * x + y * y + z * z
}

/** Some places sorted into rows of latitude, each by longitude. */
export interface Rows {
  readonly places: Placed
  readonly order: Int32Array
  readonly lngs: Float64Array
  /** Where each row begins in the order; one more at the end. */
  readonly starts: Int32Array
  readonly south: number
  readonly height: number
}

/** Sorts places into rows that are fit to be asked for those within a chord. */
export function rowsOf(places: Placed, chord: number): Rows {
  const height = Math.max(0.05, kmOf(chord) / earthRadiusKm / radians)
  let [south, north] = [90, -90]
  for (const lat of places.lat) {
    if (lat < south) south = lat
    if (lat > north) north = lat
  }
  const rows = places.count === 0 ? 0 : Math.floor((north - south) / height) + 1
  const rowOf = (i: number) => Math.floor((places.lat[i]! - south) / height)
  const order = Int32Array.from({ length: places.count }, (_, i) => i).sort((a, b) => rowOf(a) - rowOf(b) || places.lng[a]! - places.lng[b]! || a - b)
  const starts = new Int32Array(rows + 1)
  for (let i = 0; i < places.count; i++) starts[rowOf(i) + 1]! += 1
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  return { places, order, lngs: Float64Array.from(order, (i) => places.lng[i]!), starts, south, height }
}

/** Writes into `found` which places of the rows lie within a chord (its square) of a place, and answers how many. */
export function within(rows: Rows, from: Placed, i: number, chord: number, found: Int32Array): number {
  const { places, order, lngs, starts, south, height } = rows
  const [angle, lat, lng] = [2 * Math.asin(Math.min(1, Math.sqrt(chord) / 2)), from.lat[i]!, from.lng[i]!]
  // A little more than asked, so that no rounding leaves out what lies on the edge: which side it is on, the chord says.
  const reach = angle / radians + 1e-6
  const last = starts.length - 2
  const first = Math.max(0, Math.floor((lat - reach - south) / height))
  const end = Math.min(last, Math.floor((lat + reach - south) / height))
  const isPole = Math.abs(lat) + reach >= 90
  const wide = isPole ? 360 : Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat * radians))) / radians + 1e-6
  const isAround = isPole || angle > Math.PI / 2 || lng - wide < -180 || lng + wide > 180
  const [x, y, z] = [from.x[i]!, from.y[i]!, from.z[i]!]
  let count = 0
  for (let row = first; row <= end; row++) {
    const stop = starts[row + 1]!
    for (let at = isAround ? starts[row]! : firstFrom(lngs, starts[row]!, stop, lng - wide); at < stop; at++) {
      if (!isAround && lngs[at]! > lng + wide) break
      const one = order[at]!
      const [dx, dy, dz] = [places.x[one]! - x, places.y[one]! - y, places.z[one]! - z]
      if (dx * dx + dy * dy + dz * dz <= chord) found[count++] = one
    }
  }
  return count
}

/** The first index of a sorted stretch whose value is not below another. */
function firstFrom(values: Float64Array, from: number, to: number, least: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** For each place the nearest of others, by the square of the chord ({@link kmOf}) and its index; Infinity and −1 where there is none. */
export function nearestOf(places: Placed, others: Placed, among: ArrayLike<number> | null = null): { chord: Float64Array; at: Int32Array } {
  const [chord, at] = [new Float64Array(places.count).fill(Infinity), new Int32Array(places.count).fill(-1)]
  const count = among === null ? others.count : among.length
  for (let n = 0; n < count; n++) {
    const j = among === null ? n : among[n]!
    const [x, y, z] = [others.x[j]!, others.y[j]!, others.z[j]!]
    for (let i = 0; i < places.count; i++) {
      const [dx, dy, dz] = [places.x[i]! - x, places.y[i]! - y, places.z[i]! - z]
      const own = dx * dx + dy * dy + dz * dz
      if (own < chord[i]!) {
        chord[i] = own
        at[i] = j
      }
    }
  }
  return { chord, at }
}

/** Some of the places, in an order. */
export function some(places: Placed, which: ArrayLike<number>): Placed {
  const pick = (values: Float64Array) => Float64Array.from(which, (i) => values[i]!)
  return { count: which.length, lat: pick(places.lat), lng: pick(places.lng), x: pick(places.x), y: pick(places.y), z: pick(places.z) }
}
