import type { BulletinFigures } from '@lastmile/shared/bulletin'
import type { Language } from '@lastmile/shared/text'
import { boxRing, hatched, type Mark, type Picture } from '../writing/picture.js'
import { ranked, sayingOf } from './saying.js'

const ink = '#1b2a36'
const grid = '#c9d1d7'
const fills = { hospitals: '#164d80', pharmacies: '#8fb8d9', others: '#c9b27a' } as const
const silent = '#8a97a1'
const wordsOf = {
  zh: { hospitals: '医疗机构', pharmacies: '零售药店', others: '其他机构', silent: '没有有效记录（不等于零）', none: '没有有效记录' },
  en: { hospitals: 'Hospitals', pharmacies: 'Pharmacies', others: 'Others', silent: 'Nothing that counts was said (not zero)', none: 'not known' },
}

const [width, left, right, rowHeight, top] = [2_000, 330, 170, 52, 100] as const
const room = width - left - right

/** Distinct institutions of each place as bars, the longest first, hospitals and pharmacies in one bar: an institution is one of them. */
export function barsPicture(figures: BulletinFigures, language: Language, title: string): Picture {
  const say = sayingOf(language)
  const words = wordsOf[language]
  const places = [...ranked(figures.places.filter(({ isSilent }) => !isSilent)), ...figures.places.filter(({ isSilent }) => isSilent)]
  const most = Math.max(1, ...places.map(({ institutions }) => institutions))
  const step = stepFor(most)
  const scale = room / (Math.ceil(most / step) * step)
  const bottom = top + places.length * rowHeight
  const marks: Mark[] = []
  for (let value = 0; value * scale <= room + 1; value += step) {
    const x = Math.round(left + value * scale)
    marks.push({ mark: 'line', points: [x, top - 8, x, bottom], color: value === 0 ? ink : grid, width: value === 0 ? 3 : 2 }, { mark: 'text', x, y: bottom + 36, text: say.number(value), size: 28, color: ink, align: 'middle' })
  }
  places.forEach((place, i) => {
    const y = top + i * rowHeight
    marks.push({ mark: 'text', x: left - 16, y: y + 36, text: shortened(say.text(place.name), language), size: 30, color: ink, align: 'end' })
    if (place.isSilent) {
      marks.push(...silentBox(left, y + 10, 90, rowHeight - 20), { mark: 'text', x: left + 106, y: y + 36, text: words.none, size: 28, color: ink, align: 'start' })
      return
    }
    let x: number = left
    for (const kind of ['hospitals', 'pharmacies', 'others'] as const) {
      const length = Math.round(place[kind] * scale)
      if (place[kind] > 0) marks.push({ mark: 'area', rings: [boxRing(x, y + 10, Math.max(2, length), rowHeight - 20)], fill: fills[kind], border: '#ffffff', width: 2 })
      x += length
    }
    marks.push({ mark: 'text', x: x + 14, y: y + 36, text: say.number(place.institutions), size: 30, color: ink, align: 'start', isBold: true })
  })
  let at: number = left
  for (const kind of ['hospitals', 'pharmacies', 'others'] as const) {
    if (kind === 'others' && figures.total.others === 0) continue
    marks.push({ mark: 'area', rings: [boxRing(at, 24, 48, 30)], fill: fills[kind], border: '#5d6b76', width: 2 }, { mark: 'text', x: at + 62, y: 50, text: words[kind], size: 30, color: ink, align: 'start' })
    at += 320
  }
  if (places.some(({ isSilent }) => isSilent)) marks.push(...silentBox(at, 24, 48, 30), { mark: 'text', x: at + 62, y: 50, text: words.silent, size: 30, color: ink, align: 'start' })
  return { width, height: bottom + 56, language, title, marks }
}

/** Where nothing is known there is no bar, and no zero either. */
function silentBox(x: number, y: number, across: number, high: number): Mark[] {
  const rings = [boxRing(x, y, across, high)]
  return [...hatched(rings, { color: silent, every: 12, width: 3 }), { mark: 'area', rings, fill: null, border: silent, width: 2 }]
}

/** A name that fits beside its bar. */
function shortened(name: string, language: Language): string {
  const most = language === 'zh' ? 10 : 20
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`
}

/** Five lines or so, at round numbers. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 5 || 1))
  return Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => most / one <= 6) ?? power * 10)
}
