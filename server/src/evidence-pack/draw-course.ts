import type { CoursePoint, GapCourse } from '@lastmile/db/query/gap-courses'
import { dayNumber, type Day } from '@lastmile/shared/day'
import type { EvidencePack, PackGap } from '@lastmile/shared/evidence-pack'
import { dayWritten } from '@lastmile/shared/notice'
import type { Language } from '@lastmile/shared/text'
import { boxRing, hatched, type Mark, type Picture } from '../writing/picture.js'
import { evidenceWords, courseWords } from './pack-words.js'
import { isTold } from './pack-tables.js'

const [ink, grid, line, minimum, silent, step] = ['#1b2a36', '#c9d1d7', '#164d80', '#b3261e', '#8a97a1', '#7a5c00'] as const
const [width, left, right, top, height] = [2_000, 110, 1_940, 290, 520] as const
const bottom = top + height

/** Something that was done on a day, as the picture names it. */
interface Done { day: Day; text: string }

/** The institutions that stock a drug in a unit over time against what its standard asks, with the days of the letters and answers of a case. Where it is not known how many there are, there is no line. */
export function coursePicture(pack: EvidencePack, gap: PackGap, { points }: GapCourse, language: Language): Picture {
  const words = courseWords[language]
  const [from, end] = [dayNumber(points[0]!.day), dayNumber(pack.asOf) + 1]
  const most = Math.max(1, ...points.flatMap((one) => [one.institutions, one.minimum]))
  const rise = stepFor(most)
  const upTo = Math.ceil((most * 1.05) / rise) * rise
  const x = (day: number) => Math.round(left + ((day - from) / (end - from)) * (right - left))
  const y = (value: number) => Math.round(bottom - (value / upTo) * height)
  const done = doneFor(pack, gap, language).filter(({ day }) => day >= points[0]!.day && day <= pack.asOf)
  const title = `${gap.drugName[language]} · ${gap.unitName[language]}`
  const says = words.says(evidenceWords[pack.evidence][language], dayWritten(pack.asOf, language))
  const legendTop = bottom + 130
  const marks: Mark[] = [
    { mark: 'text', x: left, y: 56, text: title, size: 40, color: ink, align: 'start', isBold: true }, { mark: 'text', x: left, y: 102, text: says, size: 28, color: ink, align: 'start' },
    ...axes({ from, end, upTo, rise, x, y, language }), ...stretches(points, end, { x, y }), ...markers(done, x),
    ...keys(words, 130), ...done.map(({ day, text }, i): Mark => ({ mark: 'text', x: left, y: legendTop + i * 44, text: `${i + 1}  ${dayWritten(day, language)}  ${text}`, size: 28, color: ink, align: 'start' })),
    { mark: 'text', x: left, y: legendTop + done.length * 44 + 6, text: words.note + (pack.demonstration ? words.demonstration : ''), size: 26, color: ink, align: 'start' },
  ]
  return { width, height: legendTop + done.length * 44 + 40, language, title: `${title}: ${says}`, marks }
}

/** Lines for days on which it is told how many there are, hatching for the others, and what is asked for. */
function stretches(points: readonly CoursePoint[], end: number, { x, y }: { x: (day: number) => number; y: (value: number) => number }): Mark[] {
  const [under, over, asked]: [Mark[], Mark[], Mark[]] = [[], [], []]
  let before: CoursePoint | null = null
  for (const [i, point] of points.entries()) {
    const [x0, x1] = [x(dayNumber(point.day)), x(i + 1 < points.length ? dayNumber(points[i + 1]!.day) : end)]
    // Above the line, which may lie on it.
    asked.push(...dashed(x0, x1, y(point.minimum)))
    const [isNow, wasBefore] = [isTold(point.reason, point.institutions), before !== null && isTold(before.reason, before.institutions)]
    if (!isNow) under.push(...hatched([boxRing(x0, top, Math.max(2, x1 - x0), height)], { color: silent, every: 18, width: 2 }))
    if (isNow && wasBefore && before!.institutions !== point.institutions) over.push({ mark: 'line', points: [x0, y(before!.institutions), x0, y(point.institutions)], color: line, width: 6 })
    if (isNow) over.push({ mark: 'line', points: [x0, y(point.institutions), x1, y(point.institutions)], color: line, width: 6 })
    before = point
  }
  return [...under, ...over, ...asked]
}

function dashed(x0: number, x1: number, at: number): Mark[] {
  const marks: Mark[] = []
  for (let from = x0 - (x0 % 24); from < x1; from += 24) if (from + 13 > x0) marks.push({ mark: 'line', points: [Math.max(from, x0), at, Math.min(from + 13, x1), at], color: minimum, width: 4 })
  return marks
}

function axes({ from, end, upTo, rise, x, y, language }: { from: number; end: number; upTo: number; rise: number; x: (day: number) => number; y: (value: number) => number; language: Language }): Mark[] {
  const marks: Mark[] = []
  for (let value = 0; value <= upTo; value += rise) {
    marks.push({ mark: 'line', points: [left, y(value), right, y(value)], color: value === 0 ? ink : grid, width: value === 0 ? 3 : 2 }, { mark: 'text', x: left - 16, y: y(value) + 10, text: String(value), size: 28, color: ink, align: 'end' })
  }
  const first = new Date(from * 86_400_000)
  const months = (end - from) / 30.4
  const every = [1, 2, 3, 6, 12].find((one) => months / one <= 12) ?? 24
  // Months count on from January, so that years begin on a mark.
  for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; month += 1) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000
    if (day >= end) break
    if (day < from || month % every !== 0) continue
    marks.push({ mark: 'line', points: [x(day), bottom, x(day), bottom + 12], color: ink, width: 2 }, { mark: 'text', x: x(day), y: bottom + 48, text: monthWritten(month, language), size: 26, color: ink, align: day === from ? 'start' : 'middle' })
  }
  return marks
}

function monthWritten(month: number, language: Language): string {
  const [year, of] = [Math.floor(month / 12), (month % 12) + 1]
  return language === 'zh' ? `${year}年${of}月` : `${year}-${String(of).padStart(2, '0')}`
}

/** What was done, by numbers over the days of it; where two stand close to each other, one above the other. */
function markers(done: readonly Done[], x: (day: number) => number): Mark[] {
  let [last, row] = [-Infinity, 0]
  return [...new Set(done.map(({ day }) => day))].flatMap((day): Mark[] => {
    const at = x(dayNumber(day))
    const text = done.flatMap((one, i) => (one.day === day ? [i + 1] : [])).join(', ')
    row = at - last < 30 + text.length * 14 ? (row + 1) % 3 : 0
    last = at
    const high = top - 14 - row * 34
    return [{ mark: 'line', points: [at, high + 4, at, bottom], color: step, width: 3 }, { mark: 'text', x: at, y: high - 2, text, size: 28, color: step, align: 'middle', isBold: true }]
  })
}

function keys(words: (typeof courseWords)['zh'], y: number): Mark[] {
  return [
    { mark: 'line', points: [left, y + 14, left + 56, y + 14], color: line, width: 6 }, { mark: 'text', x: left + 70, y: y + 24, text: words.inStock, size: 28, color: ink, align: 'start' },
    ...dashed(left + 490, left + 552, y + 14), { mark: 'text', x: left + 570, y: y + 24, text: words.minimum, size: 28, color: ink, align: 'start' },
    ...hatched([boxRing(left + 960, y, 56, 30)], { color: silent, every: 14, width: 3 }), { mark: 'text', x: left + 1_030, y: y + 24, text: words.unknown, size: 28, color: ink, align: 'start' },
  ]
}

/** The steps of a case that speak of a gap: of the whole case, and of letters that name it. */
function doneFor({ events, notices, openedOn }: EvidencePack, { drug, unit }: PackGap, language: Language): Done[] {
  const words = courseWords[language].steps
  const letters = new Map(notices.filter(({ gaps }) => gaps.some((one) => one.drug === drug && one.unit === unit)).map((one) => [one.code, one]))
  const done = events.flatMap(({ kind, on, notice }): Done[] => {
    if (kind === 'draft' || kind === 'change' || kind === 'check') return []
    if (notice === null) return [{ day: on, text: words[kind] }]
    const letter = letters.get(notice)
    return letter ? [{ day: on, text: `${words[kind]} ${letter.number[language]} · ${letter.addressee[language]}` }] : []
  })
  // Whoever a letter is for does not see that the case was opened; its day stands at the head of the case.
  const all = events.some(({ kind }) => kind === 'open') ? done : [{ day: openedOn, text: words.open }, ...done]
  return all.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Five lines or so, at whole numbers. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 5 || 1))
  return Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => most / one <= 6) ?? power * 10)
}
