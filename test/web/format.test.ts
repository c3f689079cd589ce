import { describe, expect, test } from 'vitest'
import { capital, formatOf } from '../../web/src/lib/format.js'
import { csvOf } from '../../web/src/lib/save.js'

const [zh, en] = [formatOf('zh'), formatOf('en')]

describe('numbers and days on the screen', () => {
  test('are written as the language has them', () => {
    expect(zh.day('2026-01-11')).toBe('2026年1月11日')
    expect(en.day('2026-01-11')).toBe('11 January 2026')
    expect(en.number(12198)).toBe('12,198')
  })

  test('carry their sign where they are changes', () => {
    expect([en.signed(521), en.signed(-12), en.signed(0)]).toEqual(['+521', '−12', '0'])
  })

  test('show a share as a range, and once where both ends agree', () => {
    expect(en.share({ low: 0.125, high: 0.3 })).toBe('12.5%–30%')
    expect(en.share({ low: 0.5, high: 0.5 })).toBe('50%')
  })

  test('show an instant in the list’s own time zone and name the zone', () => {
    expect(zh.instant('2026-02-28T16:30:00.000Z', 'Asia/Shanghai')).toMatch(/^2026年3月1日\s?00:30$/)
    expect(zh.zoned('2026-02-28T16:30:00.000Z', 'Asia/Shanghai')).toMatch(/2026年3月1日.*00:30（中国标准时间）$/)
    expect(en.zoned('2022-03-16T23:23:00.000Z', 'UTC')).toMatch(/16 March 2022.*23:23 \(Coordinated Universal Time\)$/)
  })

  test('tell apart what is said in one line, as the language has it', () => {
    expect([zh.apart(['甲', '乙']), en.apart(['a', 'b']), zh.apart([])]).toEqual(['甲；乙', 'a; b', ''])
  })

  test('begin a heading with a capital', () => {
    expect(capital('province or unit')).toBe('Province or unit')
    expect(capital('报送单元')).toBe('报送单元')
  })
})

describe('a table saved from the screen', () => {
  test('opens in Excel with its letters whole and nothing taken for a formula', () => {
    expect(csvOf(['药品', 'n'], [['=1+1', 2], ['a,b', null]])).toBe('\ufeff药品,n\r\n\'=1+1,2\r\n"a,b",\r\n')
  })
})
