import type { Mark, Picture } from './picture.js'

/*
 * A picture as an enhanced metafile ([MS-EMF]): vectors with text, which word processors, WPS and LibreOffice among them,
 * show and print as they are. Nothing is rasterised, so nothing is needed that draws; the same picture is the same bytes.
 */

/** Units of the file to one of the picture: points are whole numbers of 16 bits. */
const fine = 10
const fonts = { zh: '宋体', en: 'Arial' }

const type = {
  header: 1, eof: 14, setBkMode: 18, setPolyFillMode: 19, setTextAlign: 22, setTextColor: 24, selectObject: 37, createPen: 38, createBrush: 39, deleteObject: 40,
  createFont: 82, text: 84, polyline16: 87, polyPolygon16: 91,
} as const

/** Things that are there without being made: a brush and a pen that draw nothing. */
const [nullBrush, nullPen] = [0x80000005, 0x80000008]
const alignments = { start: 0x18, middle: 0x1e, end: 0x1a }

/** A picture as EMF, as wide as it is to be shown, in millimetres. */
export function emfOf(picture: Picture, widthMm: number): Uint8Array<ArrayBuffer> {
  const [width, height] = [picture.width * fine, picture.height * fine]
  const heightMm = (widthMm * picture.height) / picture.width
  const records = [record(type.setBkMode, [1]), record(type.setPolyFillMode, [1])]
  for (const mark of picture.marks) records.push(...recordsOf(mark, picture.language))
  records.push(record(type.eof, [0, 16, 20]))
  const size = 108 + records.reduce((sum, one) => sum + one.length, 0)
  const header = Buffer.alloc(108)
  const words = [
    type.header, 108, 0, 0, width - 1, height - 1, 0, 0, Math.round(widthMm * 100), Math.round(heightMm * 100), 0x464d4520, 0x10000, size, records.length + 1, 4, 0, 0, 0,
    width, height, Math.round(widthMm), Math.round(heightMm), 0, 0, 0, Math.round(widthMm * 1000), Math.round(heightMm * 1000),
  ]
  // The word after the count of records says how many things are made at a time, and one more: a brush, a pen, a font.
  words.forEach((word, i) => header.writeUInt32LE(word >>> 0, i * 4))
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of [header, ...records]) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function recordsOf(mark: Mark, language: Picture['language']): Buffer[] {
  switch (mark.mark) {
    case 'area': return [...withBrush(mark.fill, withPen(mark.border, mark.width ?? 2, [polyPolygon(mark.rings)]))]
    case 'line': return withPen(mark.color, mark.width, [polyline(mark.points)])
    case 'text': return textRecords(mark, language)
  }
}

function withBrush(fill: string | null, inner: Buffer[]): Buffer[] {
  if (fill === null) return [record(type.selectObject, [nullBrush]), ...inner]
  return [record(type.createBrush, [1, 0, colorOf(fill), 0]), record(type.selectObject, [1]), ...inner, record(type.selectObject, [nullBrush]), record(type.deleteObject, [1])]
}

function withPen(color: string | null, width: number, inner: Buffer[]): Buffer[] {
  if (color === null) return [record(type.selectObject, [nullPen]), ...inner]
  return [record(type.createPen, [2, 0, Math.round(width * fine), 0, colorOf(color)]), record(type.selectObject, [2]), ...inner, record(type.selectObject, [nullPen]), record(type.deleteObject, [2])]
}

function polyPolygon(rings: readonly (readonly number[])[]): Buffer {
  const count = rings.reduce((sum, ring) => sum + ring.length / 2, 0)
  return record(type.polyPolygon16, [...boundsOf(rings.flat()), rings.length, count, ...rings.map((ring) => ring.length / 2)], points16(rings.flat()))
}

function polyline(points: readonly number[]): Buffer {
  return record(type.polyline16, [...boundsOf(points), points.length / 2], points16(points))
}

function textRecords({ x, y, text, size, color, align, isBold }: Extract<Mark, { mark: 'text' }>, language: Picture['language']): Buffer[] {
  const letters = Buffer.from(text, 'utf16le')
  const [px, py, em] = [Math.round(x * fine), Math.round(y * fine), Math.round(size * fine)]
  const font = Buffer.alloc(332 - 12)
  // Height by the letters themselves, weight, and the set of characters of the language.
  font.writeInt32LE(-em, 0)
  font.writeInt32LE(isBold ? 700 : 400, 16)
  font.writeUInt8(language === 'zh' ? 134 : 0, 23)
  // Without serifs, each letter as wide as it is: who has not the font takes one like it.
  font.writeUInt8(0x22, 27)
  Buffer.from(fonts[language], 'utf16le').copy(font, 28)
  // How wide each letter is, of which readers without the font make their lines.
  const spaces = Buffer.alloc(letters.length * 2)
  for (let i = 0; i < text.length; i++) spaces.writeUInt32LE(Math.round(em * widthOf(text.charCodeAt(i))), i * 4)
  const padded = Buffer.concat([letters, Buffer.alloc((4 - (letters.length % 4)) % 4)])
  return [
    record(type.createFont, [3], font), record(type.selectObject, [3]), record(type.setTextAlign, [alignments[align]]), record(type.setTextColor, [colorOf(color)]),
    record(type.text, [0, 0, -1, -1, 1, 0x3f800000, 0x3f800000, px, py, text.length, 76, 0, 0, 0, -1, -1, 76 + padded.length], Buffer.concat([padded, spaces])),
    record(type.selectObject, [0x8000000d]), record(type.deleteObject, [3]),
  ]
}

/** A letter's width in heights: Chinese and full-width ones are square. */
function widthOf(code: number): number {
  return code >= 0x2e80 ? 1 : code >= 0x30 && code <= 0x39 ? 0.556 : 0.53
}

function points16(points: readonly number[]): Buffer {
  const bytes = Buffer.alloc(points.length * 2)
  points.forEach((value, i) => bytes.writeInt16LE(Math.round(value * fine), i * 2))
  return bytes
}

function boundsOf(points: readonly number[]): number[] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    top = Math.min(top, points[i + 1]!)
    bottom = Math.max(bottom, points[i + 1]!)
  }
  return [left, top, right, bottom].map((value) => Math.round(value * fine))
}

/** `#rrggbb` as a number, blue first. */
function colorOf(color: string): number {
  const [, red = '0', green = '0', blue = '0'] = /^#(..)(..)(..)$/.exec(color) ?? []
  return (Number.parseInt(blue, 16) << 16) | (Number.parseInt(green, 16) << 8) | Number.parseInt(red, 16)
}

/** A record: what it is, how long it is, words of 32 bits, and bytes (a multiple of four). */
function record(kind: number, words: readonly number[], bytes: Uint8Array = new Uint8Array(0)): Buffer {
  const whole = Buffer.alloc(8 + words.length * 4 + bytes.length)
  whole.writeUInt32LE(kind, 0)
  whole.writeUInt32LE(whole.length, 4)
  words.forEach((word, i) => whole.writeUInt32LE(word >>> 0, 8 + i * 4))
  whole.set(bytes, 8 + words.length * 4)
  return whole
}
