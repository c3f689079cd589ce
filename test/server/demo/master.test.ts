import { demonstrationMaster } from '@lastmile/server/demo/demonstration'
import { describe, expect, test } from 'vitest'
import { files, master } from './world.js'

const regions = new Map(files.regions.regions.map((region) => [region.code, region]))

describe('the master of the demonstration', () => {
  test('has the columns of a master, in order', () => {
    expect(demonstrationMaster(files.regions).split('\n')[0]).toBe('code,name,kind,region,unit,level,address,latitude,longitude,datum,telephone,dual_channel,opened_on,closed_on,qualifications')
  })

  test('holds invented institutions only: their names and serials say so, and nobody can be telephoned', () => {
    expect(master.size).toBeGreaterThan(2_400)
    expect(master.size).toBeLessThan(2_800)
    for (const { code, cells } of master.values()) {
      const [, name, kind, region, , , , , , datum, telephone] = cells
      expect(code).toMatch(/^[HP]\d{6}9\d{4}$/)
      expect(code[0]).toBe(kind === 'hospital' ? 'H' : 'P')
      expect(code.slice(1, 7)).toBe(region)
      expect(name).toContain('演示')
      expect([datum, telephone]).toEqual(['WGS84', ''])
      expect(cells).toHaveLength(15)
    }
    expect(new Set([...master.values()].map((row) => row.cells[1])).size).toBe(master.size)
  })

  test('gives every unit hospitals and pharmacies, in places of its own; the Corps lies in Xinjiang', () => {
    for (const { code: unit } of files.regions.units) {
      const own = [...master.values()].filter((row) => row.unit === unit)
      expect(new Set(own.map((row) => row.kind))).toEqual(new Set(['hospital', 'pharmacy']))
      for (const row of own) expect(provinceOf(row.cells[3] ?? '')).toBe(unit === '660000' ? '650000' : unit)
    }
  })

  test('has as many hospitals of the rare-disease network as were published', () => {
    expect([...master.values()].filter((row) => row.cells[14]?.includes('rare-disease-network'))).toHaveLength(419)
  })

  test('puts every institution near the centre of its place', () => {
    for (const { code, cells } of master.values()) {
      const [lat, lng] = regions.get(cells[3] ?? '')?.centroid ?? [0, 0]
      const near = Math.hypot((Number(cells[7]) - lat) * 111, (Number(cells[8]) - lng) * 111 * Math.cos((lat * Math.PI) / 180))
      if (near > 10) expect.fail(`${code} lies ${near} km from its place`)
    }
  })
})

function provinceOf(code: string): string {
  const region = regions.get(code)
  return region === undefined ? '' : region.parent === null ? code : provinceOf(region.parent)
}
