/** Properties that decide how a shape looks; copied into the picture, which has no style sheet of its own. */
const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-linejoin', 'stroke-linecap', 'stroke-dasharray', 'vector-effect', 'opacity', 'display', 'visibility'] as const
/** Pixels of the image per unit of its layout: sharp in print. */
const SHARP = 2
/** Width of the picture within the image, in its layout's pixels. */
export const EXPORT_WIDTH = 1000
const MARGIN = 24

/**
 * The drawn map as an image: light colours on white whatever the screen's scheme, the whole picture whatever its zoom,
 * the legend below it, `title` above and `footer` under it (a line each for "\n"). Letters are drawn by the page, so its
 * own fonts are used. The page's policy must allow `img-src data:`.
 */
export async function svgToPng(svg: SVGSVGElement, title: string, footer: string): Promise<Blob> {
  const { copy, holder, width, height } = standAlone(svg)
  document.body.append(holder)
  try {
    const texts = takeTexts(copy)
    inlineLooks(copy)
    const image = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`)
    const family = getComputedStyle(document.body).fontFamily
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('this browser draws no canvas')
    await loadLetters(family, [title, footer, ...texts.map((text) => text.text)].join(''))
    const titles = wrapped(pen, title, `600 22px ${family}`, width)
    const footers = wrapped(pen, footer, `13px ${family}`, width)
    const top = MARGIN + titles.length * 30 + 10
    canvas.width = (width + 2 * MARGIN) * SHARP
    canvas.height = (top + height + 14 + footers.length * 20 + MARGIN) * SHARP
    pen.scale(SHARP, SHARP)
    pen.fillStyle = '#ffffff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(image, MARGIN, top, width, height)
    pen.lineJoin = 'round'
    for (const text of texts) drawText(pen, text, family, MARGIN, top)
    pen.textAlign = 'left'
    pen.textBaseline = 'alphabetic'
    pen.fillStyle = '#16222c'
    pen.font = `600 22px ${family}`
    titles.forEach((line, i) => pen.fillText(line, MARGIN, MARGIN + 20 + i * 30))
    pen.fillStyle = '#52606b'
    pen.font = `13px ${family}`
    footers.forEach((line, i) => pen.fillText(line, MARGIN, top + height + 26 + i * 20))
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no image'))), 'image/png'))
  } finally {
    holder.remove()
  }
}

/** A font in many files brings a letter only when asked for it; a canvas does not ask. */
async function loadLetters(family: string, letters: string): Promise<void> {
  await Promise.allSettled([`13px ${family}`, `600 22px ${family}`].map((font) => document.fonts.load(font, letters)))
}

/** A copy at rest: whole picture, one scale, light scheme, the parts that are meant for images shown. */
function standAlone(svg: SVGSVGElement) {
  const box = svg.viewBox.baseVal
  const scale = EXPORT_WIDTH / (box.width || EXPORT_WIDTH)
  const copy = svg.cloneNode(true) as SVGSVGElement
  let extra = 0
  for (const part of copy.querySelectorAll<SVGGElement>('[data-export-only]')) {
    part.style.display = ''
    extra = Math.max(extra, Number(part.dataset['exportHeight'] ?? 0))
  }
  for (const part of copy.querySelectorAll('[data-screen-only], .lm-ring-focused, .lm-ring-under')) part.remove()
  for (const pattern of copy.querySelectorAll('[data-map-pattern]')) pattern.setAttribute('patternTransform', `scale(${1 / scale})`)
  for (const mark of copy.querySelectorAll<SVGGElement>('[data-mark]')) mark.setAttribute('transform', `translate(${mark.dataset['mark'] ?? '0,0'}) scale(${1 / scale})`)
  for (const label of copy.querySelectorAll<SVGTextElement>('[data-from-scale]')) {
    const { fromScale, dx, dy } = label.dataset
    label.style.display = scale < Number(fromScale) ? 'none' : ''
    label.setAttribute('transform', `translate(${Number(dx) / scale},${Number(dy) / scale})`)
  }
  copy.querySelector<SVGGElement>('[data-map-root]')?.style.setProperty('--lm-px', String(1 / scale))
  const [width, height] = [box.width * scale, (box.height + extra) * scale]
  copy.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height + extra}`)
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('style', `width:${width}px;height:${height}px`)
  const holder = document.createElement('div')
  holder.setAttribute('data-map-scheme', 'light')
  holder.setAttribute('aria-hidden', 'true')
  holder.style.cssText = 'position:fixed;left:-99999px;top:0;visibility:visible'
  holder.append(copy)
  return { copy, holder, width, height }
}

function inlineLooks(copy: SVGSVGElement): void {
  // Read all before writing any: a rule may depend on a parent's class.
  const looks = [...copy.querySelectorAll<SVGElement>('*')].map((element) => {
    const computed = getComputedStyle(element)
    return { element, style: LOOKS.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(';') }
  })
  for (const { element, style } of looks) {
    element.setAttribute('style', style)
    element.removeAttribute('class')
  }
}

interface TextMark {
  text: string
  x: number
  y: number
  size: number
  weight: string
  anchor: CanvasTextAlign
  baseline: CanvasTextBaseline
  fill: string
  halo: string | null
  haloWidth: number
}

/** Takes the letters out of the copy: an SVG drawn as an image knows none of the page's fonts. */
function takeTexts(copy: SVGSVGElement): TextMark[] {
  const marks: TextMark[] = []
  for (const text of copy.querySelectorAll<SVGTextElement>('text')) {
    const style = getComputedStyle(text)
    const matrix = text.getCTM()
    if (matrix && style.display !== 'none' && text.getClientRects().length > 0) {
      const at = new DOMPoint(Number(text.getAttribute('x') ?? 0), Number(text.getAttribute('y') ?? 0)).matrixTransform(matrix)
      const scale = Math.hypot(matrix.a, matrix.b)
      marks.push({
        text: text.textContent ?? '', x: at.x, y: at.y, size: parseFloat(style.fontSize) * scale, weight: style.fontWeight, fill: style.fill,
        anchor: style.textAnchor === 'middle' ? 'center' : style.textAnchor === 'end' ? 'right' : 'left',
        baseline: style.dominantBaseline === 'central' ? 'middle' : 'alphabetic',
        halo: style.stroke === 'none' ? null : style.stroke, haloWidth: parseFloat(style.strokeWidth) * scale,
      })
    }
  }
  for (const text of copy.querySelectorAll('text')) text.remove()
  return marks
}

function drawText(pen: CanvasRenderingContext2D, mark: TextMark, family: string, left: number, top: number): void {
  pen.font = `${mark.weight} ${mark.size}px ${family}`
  pen.textAlign = mark.anchor
  pen.textBaseline = mark.baseline
  if (mark.halo) {
    pen.strokeStyle = mark.halo
    pen.lineWidth = mark.haloWidth
    pen.strokeText(mark.text, left + mark.x, top + mark.y)
  }
  pen.fillStyle = mark.fill
  pen.fillText(mark.text, left + mark.x, top + mark.y)
}

/** Lines no wider than `width`: broken at spaces where there are any, else between letters. */
function wrapped(pen: CanvasRenderingContext2D, text: string, font: string, width: number): string[] {
  pen.font = font
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/(?<=\s)|(?<=[\u2e80-\uffef])/u)) {
      if (line !== '' && pen.measureText(line + word).width > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += word
    }
    if (line !== '') lines.push(line)
  }
  return lines
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('the picture could not be drawn'))
    image.src = url
  })
}
