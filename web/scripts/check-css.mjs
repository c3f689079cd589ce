// Fails the build where the built CSS needs a browser newer than Chromium 109.
import { readdirSync, readFileSync } from 'node:fs'

const assets = new URL('../dist/assets/', import.meta.url)

/** What Chromium 109 does not know, and since which version it is known. */
const TOO_NEW = [
  [/light-dark\(/, 'light-dark() (123)'],
  [/color-mix\(/, 'color-mix() (111)'],
  [/\b(oklch|oklab|lch|lab)\(/, 'lab and lch colours (111)'],
  [/@scope\b/, '@scope (118)'],
  [/@starting-style/, '@starting-style (117)'],
  [/@position-try|anchor-name\s*:|position-anchor\s*:/, 'anchor positioning (125)'],
  [/grid-template-(rows|columns)\s*:[^;}]*subgrid/, 'subgrid (117)'],
  [/@view-transition|view-transition-name\s*:/, 'view transitions (111)'],
  [/animation-timeline\s*:/, 'scroll-driven animations (115)'],
  [/\bfield-sizing\s*:/, 'field-sizing (123)'],
  [/\binterpolate-size\s*:/, 'interpolate-size (129)'],
  [/@custom-media/, '@custom-media'],
  [/\b(round|rem|mod|sin|cos|tan|pow|sqrt|hypot)\(/, 'css maths functions (111 and later)'],
]

/** True if a style rule stands inside another: nesting (112). At-rules may hold rules. */
function nests(css) {
  const stack = []
  let start = 0
  for (let i = 0; i < css.length; i++) {
    const c = css[i]
    if (c === '"' || c === "'") {
      for (i++; i < css.length && css[i] !== c; i++) if (css[i] === '\\') i++
    } else if (c === '{') {
      const head = css.slice(start, i).trim()
      const rule = !head.startsWith('@')
      if (rule && stack.includes('style')) return head
      stack.push(rule && !stack.includes('keyframes') ? 'style' : /^@(-\w+-)?keyframes/.test(head) ? 'keyframes' : 'at')
      start = i + 1
    } else if (c === '}') {
      stack.pop()
      start = i + 1
    } else if (c === ';') start = i + 1
  }
  return null
}

let failed = false
for (const file of readdirSync(assets).filter((name) => name.endsWith('.css'))) {
  const css = readFileSync(new URL(file, assets), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const found = TOO_NEW.filter(([pattern]) => pattern.test(css)).map(([, name]) => name)
  const nested = nests(css)
  if (nested !== null) found.push(`nesting (112): "${nested.slice(0, 60)}"`)
  if (found.length === 0) continue
  failed = true
  console.error(`${file} needs more than Chromium 109: ${found.join(', ')}`)
}
if (failed) process.exit(1)
console.log('built CSS stays within Chromium 109')
