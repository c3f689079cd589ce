import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteReader, ByteWriter } from '@lastmile/shared/bytes'
import { packLines, unpackLines, type ReportLine } from '@lastmile/shared/report-lines'

const line = fc.record({
  institution: fc.integer({ min: 1, max: 9 }), drug: fc.integer({ min: 1, max: 700 }), line: fc.integer({ min: 1, max: 3_000_000 }), status: fc.integer({ min: 0, max: 5 }),
  day: fc.integer({ min: -25_600, max: 40_000 }), dayBasis: fc.integer({ min: 0, max: 2 }), reason: fc.option(fc.integer({ min: 0, max: 9 })),
  leadDays: fc.option(fc.integer({ min: 0, max: 9_999 })), quantity: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
})

describe('packed lines of a report', () => {
  test('say what the lines said, institution by institution', () => {
    fc.assert(fc.property(fc.array(line), (lines) => {
      const packed = packLines(lines)
      const read: (ReportLine & { institution: number })[] = []
      packed.institutions.forEach((institution, i) => {
        for (const one of unpackLines(packed.bytes.subarray(i === 0 ? 0 : packed.ends[i - 1], packed.ends[i]))) read.push({ institution, ...one })
      })
      const sorted = [...lines].sort((a, b) => a.institution - b.institution || a.drug - b.drug || a.line - b.line)
      expect(packed.count).toBe(lines.length)
      expect(read).toEqual(sorted)
    }))
  })

  test('numbers of every size come back, and bytes that were cut are an error', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff_ffff })), fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (numbers, either) => {
      const writer = new ByteWriter(1)
      for (const one of numbers) writer.varint(one)
      for (const one of either) writer.signed(one)
      const reader = new ByteReader().open(writer.take())
      expect(numbers.map(() => reader.varint())).toEqual(numbers)
      expect(either.map(() => reader.signed())).toEqual(either)
      expect(reader.done).toBe(true)
    }))
    expect(() => new ByteReader().open(Uint8Array.of(0x80)).varint()).toThrow(RangeError)
  })
})
