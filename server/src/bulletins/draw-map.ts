import type { BulletinFigures, BulletinPlace } from '@lastmile/shared/bulletin'
import type { Language } from '@lastmile/shared/text'
import { boxRing, hatched, type Mark, type Picture } from '../writing/picture.js'
import type { MapFile } from './map-file.js'
import { sayingOf } from './saying.js'

type Shape = MapFile['windows'][number]['shapes'][number]

const ink = '#1b2a36'
const border = '#5d6b76'
/** From few to many; told apart in grey too. */
const shades = ['#d8e6f2', '#a9c8e2', '#6fa1cb', '#3a77ad', '#164d80'] as const
const ladder = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
const zero = '#ffffff'
/** White under lines. */
const silent = 'silent'
const outside = '#e4e4e0'

const wordsOf = {
  zh: { legend: '机构数（家）', zero: '0', silent: '没有有效记录（不等于零）', outside: '不在本目录报送范围', sea: '南海诸岛', corps: (name: string, count: string) => `${name}（无单独图斑）：${count}`, none: '没有有效记录' },
  en: { legend: 'Institutions', zero: '0', silent: 'Nothing that counts was said (not zero)', outside: 'Outside the scope of this list', sea: 'South China Sea Islands', corps: (name: string, count: string) => `${name} (no area of its own): ${count}`, none: 'nothing that counts was said' },
}

/** The lower ends of the classes of a map: the highest five of a fixed ladder that anything reaches. The first begins at 1. */
export function classesOf(values: readonly number[]): number[] {
  const most = Math.max(0, ...values)
  const reached = ladder.filter((one) => one <= most).slice(-shades.length)
  return reached.length === 0 ? [] : [1, ...reached.slice(1)]
}

/** A map of the units by their institutions. What is silent, and what lies outside of the scheme, is neither zero nor white. */
export function mapPicture(figures: BulletinFigures, map: MapFile, language: Language, title: string): Picture {
  const say = sayingOf(language)
  const words = wordsOf[language]
  const places = new Map(figures.places.map((one) => [one.region, one]))
  const classes = classesOf(figures.places.map(({ institutions }) => institutions))
  const classAt = (institutions: number) => classes.filter((from) => from <= institutions).length - 1
  const shadeOf = (at: number) => shades[at + shades.length - classes.length]!
  const fillOf = (code: string): string => {
    const place = places.get(code)
    if (!place) return outside
    if (place.isSilent) return silent
    return place.institutions === 0 ? zero : shadeOf(classAt(place.institutions))
  }
  const labelOf = (shape: Shape, place: BulletinPlace | undefined) => {
    const isDark = place && !place.isSilent && place.institutions > 0 && shades.length - classes.length + classAt(place.institutions) >= 3
    return labelMarks(shape, place, { language, color: isDark ? '#ffffff' : ink })
  }
  const marks: Mark[] = []
  for (const { id, box, shapes, line } of map.windows) {
    if (id !== 'main') marks.push({ mark: 'area', rings: [boxRing(box.x, box.y, box.width, box.height)], fill: '#ffffff', border: null })
    for (const { code, rings } of shapes) marks.push(...areaOf(rings, fillOf(code), 20))
    for (const points of line) marks.push({ mark: 'line', points, color: border, width: 5 })
    if (id !== 'main') {
      marks.push({ mark: 'text', x: box.x + box.width / 2, y: box.y + box.height - 12, text: words.sea, size: 26, color: ink, align: 'middle' })
      marks.push({ mark: 'area', rings: [boxRing(box.x, box.y, box.width, box.height)], fill: null, border: ink, width: 3 })
    }
    for (const shape of shapes) marks.push(...labelOf(shape, places.get(shape.code)))
  }
  marks.push(...legend(40, map.height - 20, [
    ...classes.map((from, i): [string, string] => [shadeOf(i), i === classes.length - 1 ? `≥ ${say.number(from)}` : from === classes[i + 1]! - 1 ? say.number(from) : `${say.number(from)}–${say.number(classes[i + 1]! - 1)}`]).reverse(),
    ...(figures.places.some((one) => !one.isSilent && one.institutions === 0) ? [[zero, words.zero] as [string, string]] : []),
    ...(figures.places.some(({ isSilent }) => isSilent) ? [[silent, words.silent] as [string, string]] : []), [outside, words.outside],
  ], words.legend))
  const drawn = new Set(map.windows.flatMap(({ shapes }) => shapes.map(({ code }) => code)))
  const others = figures.places.filter(({ region }) => !drawn.has(region)).map((one) => words.corps(say.text(one.name), one.isSilent ? words.none : say.number(one.institutions)))
  others.forEach((text, i) => marks.push({ mark: 'text', x: 40, y: 50 + i * 40, text, size: 30, color: ink, align: 'start' }))
  return { width: map.width, height: map.height, language, title, marks }
}

/** An area in its colour; what is silent is told by lines, which are neither a shade nor white. */
function areaOf(rings: readonly (readonly number[])[], fill: string, every: number): Mark[] {
  if (fill !== silent) return [{ mark: 'area', rings, fill, border, width: 2 }]
  return [{ mark: 'area', rings, fill: '#ffffff', border: null }, ...hatched(rings, { color: '#8a97a1', every, width: 3 }), { mark: 'area', rings, fill: null, border, width: 2 }]
}

/** The name of a division and its figure, beside it where it is too small for them. */
function labelMarks({ label, room, aside, name: { zh, en } }: Shape, place: BulletinPlace | undefined, { language, color }: { language: Language; color: string }): Mark[] {
  if (label === null) return []
  const say = sayingOf(language)
  const named = place ? say.text(place.name) : language === 'zh' ? zh : en
  const figure = place && !place.isSilent ? say.number(place.institutions) : null
  const [x, y] = label
  const words = (at: { x: number; y: number; size: number; align: 'start' | 'middle' | 'end' }, text: string, isBold = false): Mark => ({ mark: 'text', ...at, text, color, isBold })
  if (aside !== null) {
    const to = { x: x + aside[0], y: y + aside[1] }
    return [{ mark: 'line', points: [x, y, to.x, to.y], color: ink, width: 2 }, { mark: 'text', x: to.x + (aside[0] < 0 ? -6 : 6), y: to.y + 9, text: figure === null ? named : `${named} ${figure}`, size: 25, color: ink, align: aside[0] < 0 ? 'end' : 'start' }]
  }
  const size = room >= 34 ? (language === 'en' && named.length > 9 ? 23 : 30) : language === 'en' ? 19 : 24
  if (figure === null || room < 16) return room < 16 ? [] : [words({ x, y: y + 9, size, align: 'middle' }, named)]
  return [words({ x, y: y - 2, size, align: 'middle' }, named), words({ x, y: y + size - 3, size: size - 2, align: 'middle' }, figure, true)]
}

/** A legend whose foot is at `y`. */
function legend(x: number, y: number, lines: readonly [string, string][], title: string): Mark[] {
  const top = y - lines.length * 42
  return [
    { mark: 'text', x, y: top - 22, text: title, size: 30, color: ink, align: 'start', isBold: true },
    ...lines.flatMap(([fill, text], i): Mark[] => [
      ...areaOf([boxRing(x, top + i * 42, 54, 30)], fill, 12),
      { mark: 'text', x: x + 70, y: top + i * 42 + 26, text, size: 28, color: ink, align: 'start' },
    ]),
  ]
}
