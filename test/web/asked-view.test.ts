import { boxOf } from '@lastmile/shared/box'
import { describe, expect, test } from 'vitest'
import { askedView } from '../../web/src/map/asked-view'
import type { Picture } from '../../web/src/map/picture'
import { albers, fitted } from '../../web/src/map/projection'

/** A map of some country in the middle of the north, 1000 units wide, and an inset of islands beyond the antimeridian. */
function pictureOf(insets: boolean): Picture {
  const main = { id: 'main', inset: false, caption: null, shapes: [], sees: () => true }
  const projection = albers({ meridian: 105, south: 25, north: 47 })
  const [left, top] = projection(80, 50)
  const { project, scale } = fitted(projection, { x: left, y: top, width: -2 * left, height: 0.6 }, { x: 0, y: 0, width: 1000, height: 800 })
  const islands = albers({ meridian: -178, south: 10, north: 20 })
  const beyond = fitted(islands, { x: -0.1, y: islands(-178, 15)[1] - 0.1, width: 0.2, height: 0.2 }, { x: 800, y: 600, width: 200, height: 200 })
  return {
    key: 'test', width: 1000, height: 800, panels: [], place: () => null,
    frames: [
      { ...main, box: { x: 0, y: 0, width: 1000, height: 800 }, project, perDegree: (scale * Math.PI) / 180 },
      ...(insets ? [{ ...main, id: 'islands', box: { x: 800, y: 600, width: 200, height: 200 }, project: beyond.project, perDegree: (beyond.scale * Math.PI) / 180 }] : []),
    ],
  }
}

/** The part of a picture around a place, `width` units wide. */
const around = (picture: Picture, lng: number, lat: number, width: number) => {
  const [x, y] = picture.frames[0]!.project(lng, lat)
  return { zoom: Math.log2(1000 / width), scale: 1000 / width, left: x - width / 2, right: x + width / 2, top: y - width / 2, bottom: y + width / 2, most: 256 }
}

describe('the part of the map on the screen', () => {
  test('is asked for by the degrees around it, and is near what is seen', () => {
    const picture = pictureOf(false)
    const asked = askedView(picture, around(picture, 116, 40, 20))!
    const box = boxOf(asked.bbox)
    expect(box.west < 116 && box.east > 116 && box.south < 40 && box.north > 40).toBe(true)
    expect(box.east - box.west).toBeLessThan(6)
    expect(asked.zoom).toBe(Math.round(asked.zoom))
  })

  test('asks the same again when it moves a little, and closer when it is looked at closer', () => {
    const picture = pictureOf(false)
    const asked = askedView(picture, around(picture, 115.1, 39.3, 20))!
    expect(askedView(picture, around(picture, 115.101, 39.301, 20))).toEqual(asked)
    expect(askedView(picture, around(picture, 115.1, 39.3, 5))!.zoom).toBe(asked.zoom + 2)
  })

  test('reaches over the antimeridian where an inset does', () => {
    const picture = pictureOf(true)
    const box = boxOf(askedView(picture, { zoom: 2, scale: 4, left: 850, right: 950, top: 650, bottom: 750, most: 256 })!.bbox)
    expect([box.west, box.east].every((degrees) => Math.abs(degrees) <= 180)).toBe(true)
  })

  test('a projection leads back to where it came from', () => {
    const { project } = pictureOf(false).frames[0]!
    for (const [lng, lat] of [[80, 50], [105, 30], [130, 20]] as const) {
      const [x, y] = project(lng, lat)
      expect(project.back(x, y)[0]).toBeCloseTo(lng, 6)
      expect(project.back(x, y)[1]).toBeCloseTo(lat, 6)
    }
  })
})
