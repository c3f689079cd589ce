import type { Mark, Picture } from './picture.js'
import { xmlText } from './xml-text.js'

const fonts = { zh: "'Noto Sans SC Variable','Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif", en: "Arial,Helvetica,sans-serif" }

/** A picture as SVG: the same picture is the same text. */
export function svgOf({ width, height, language, title, marks }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xmlText(title)}" font-family="${fonts[language]}"><title>${xmlText(title)}</title>`
    + `<rect width="${width}" height="${height}" fill="#fff"/>${marks.map(markXml).join('')}</svg>\n`
}

function markXml(one: Mark): string {
  switch (one.mark) {
    case 'area': return `<path d="${one.rings.map((ring) => `${pathOf(ring)}Z`).join('')}" fill="${one.fill ?? 'none'}" fill-rule="evenodd"${one.border === null ? '' : ` stroke="${one.border}" stroke-width="${one.width ?? 2}" stroke-linejoin="round"`}/>`
    case 'line': return `<path d="${pathOf(one.points)}" fill="none" stroke="${one.color}" stroke-width="${one.width}" stroke-linecap="round"/>`
    case 'text': return `<text x="${one.x}" y="${one.y}" font-size="${one.size}" fill="${one.color}" text-anchor="${one.align}"${one.isBold ? ' font-weight="700"' : ''}>${xmlText(one.text)}</text>`
  }
}

function pathOf(points: readonly number[]): string {
  let path = ''
  for (let i = 0; i < points.length; i += 2) path += `${i === 0 ? 'M' : 'L'}${points[i]} ${points[i + 1]}`
  return path
}
