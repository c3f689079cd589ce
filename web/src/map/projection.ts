/** A point of the picture: x to the right, y down. */
export type XY = readonly [x: number, y: number]
/** Degrees (WGS84) to a plane whose unit is the earth's radius; `back` leads from the plane to [longitude, latitude], where there is such a place. */
export interface Projection {
  (lng: number, lat: number): XY
  back: (x: number, y: number) => XY
}

const RAD = Math.PI / 180

/**
 * Albers' equal-area conic: equal areas on the ground are equal on the paper, so that no province looks more
 * important for lying further north. `meridian` is upright; scale is true along the parallels `south` and `north`.
 */
export function albers({ meridian, south, north }: { meridian: number; south: number; north: number }): Projection {
  const n = (Math.sin(south * RAD) + Math.sin(north * RAD)) / 2
  const c = Math.cos(south * RAD) ** 2 + 2 * n * Math.sin(south * RAD)
  const project = (lng: number, lat: number): XY => {
    const radius = Math.sqrt(Math.max(0, c - 2 * n * Math.sin(lat * RAD))) / n
    const angle = n * turn(lng - meridian) * RAD
    return [radius * Math.sin(angle), radius * Math.cos(angle)]
  }
  const back = (x: number, y: number): XY => {
    const sine = (c - (n * Math.hypot(x, y)) ** 2) / (2 * n)
    return [meridian + Math.atan2(x, y) / n / RAD, Math.asin(Math.max(-1, Math.min(1, sine))) / RAD]
  }
  return Object.assign(project, { back })
}

/** The difference of two longitudes within ±180°, so that the Aleutians stay in one piece. */
function turn(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Smallest box around points; null for none. */
export function boxAround(points: Iterable<XY>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The projection moved and scaled so that `from` fills `into` and keeps its proportions, in the middle. `scale` is picture units per earth radius. */
export function fitted(projection: Projection, from: Box, into: Box): { project: Projection; scale: number } {
  const scale = Math.min(into.width / (from.width || 1e-9), into.height / (from.height || 1e-9))
  const dx = into.x + (into.width - from.width * scale) / 2 - from.x * scale
  const dy = into.y + (into.height - from.height * scale) / 2 - from.y * scale
  const project = (lng: number, lat: number): XY => {
    const [x, y] = projection(lng, lat)
    return [x * scale + dx, y * scale + dy]
  }
  return { scale, project: Object.assign(project, { back: (x: number, y: number) => projection.back((x - dx) / scale, (y - dy) / scale) }) }
}
