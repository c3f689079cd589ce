// Fails the build where our own sources use a browser API newer than Chromium 109. `target: chrome109` lowers syntax
// alone: what is called must be there. A list of names, not a type checker: `with`, `union` and the like are taken for
// the new methods only where they are called on something.
import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)
const folders = ['web/src/', 'web/public/', 'shared/src/']

/** Names that Chromium 109 does not know, and since which version they are known. */
const TOO_NEW = [
  [/\.(toSorted|toReversed|toSpliced)\s*\(/, 'arrays that change by copy (110)'],
  [/\.with\s*\(\s*-?[\w.]+\s*,/, 'Array.prototype.with (110)'],
  [/\bArray\.fromAsync\b/, 'Array.fromAsync (121)'],
  [/\b(Object|Map)\.groupBy\b/, 'groupBy (117)'],
  [/\bPromise\.(withResolvers|try)\b/, 'Promise.withResolvers (119), Promise.try (128)'],
  [/\.(isWellFormed|toWellFormed)\s*\(/, 'well-formed strings (111)'],
  [/\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\s*\(|\.(union|intersection|difference)\s*\(\s*(new Set|[a-z]\w*\s*\))/, 'methods of sets (122)'],
  [/\bIterator\.(from|prototype|concat)\b|\.(values|keys|entries)\s*\(\s*\)\s*\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\s*\(|\.matchAll\([^)]*\)\s*\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\s*\(/, 'methods of iterators (122)'],
  [/\bURL\.(canParse|parse)\b/, 'URL.canParse (120), URL.parse (126)'],
  [/\bAbortSignal\.any\b/, 'AbortSignal.any (116)'],
  [/\bBlob\b[^\n]*\.bytes\s*\(|\.bytes\s*\(\s*\)/, 'bytes() (132)'],
  [/\bRegExp\.escape\b/, 'RegExp.escape (136)'],
  [/\b(Math\.sumPrecise|Math\.f16round|Float16Array)\b/, 'half floats and exact sums (135 and later)'],
  [/\bArrayBuffer\b[^\n]*(resizable|maxByteLength)|\.transferToFixedLength\s*\(/, 'resizable buffers (111, 114)'],
  [/\bpopover(Target|TargetAction)?\s*=|\.(showPopover|hidePopover|togglePopover)\s*\(/, 'popover (114)'],
  [/\bclosedby\s*=|\bcommandfor\s*=|\bcommandFor\s*=|\.requestClose\s*\(/, 'closedby and commands of dialogs (134, 135)'],
  [/\bstartViewTransition\b|\bviewTransition\s*:/, 'view transitions (111)'],
  [/\bscheduler\.yield\b/, 'scheduler.yield (129)'],
  [/\.checkVisibility\s*\(\s*\{[^}]*(opacityProperty|visibilityProperty|contentVisibilityAuto)/, 'options of checkVisibility (121)'],
  [/\.moveBefore\s*\(|\bsetHTML(Unsafe)?\s*\(|\bparseHTMLUnsafe\b|\.getHTML\s*\(/, 'newer methods of elements (124 and later)'],
  [/\bCSSScopeRule\b|\banchorName\b|\bpositionAnchor\b/, 'anchor positioning (125)'],
  [/\bonscrollend\b|['"]scrollend['"]/, 'scrollend (114)'],
  [/\bIntl\.DurationFormat\b/, 'Intl.DurationFormat (129)'],
  [/\b(SuppressedError|DisposableStack|AsyncDisposableStack|Symbol\.(dispose|asyncDispose))\b/, 'explicit resource management (134)'],
  [/\bTemporal\./, 'Temporal (144)'],
  [/\bError\.isError\b|\bUint8Array\.(fromBase64|fromHex)\b|\.(toBase64|setFromBase64|toHex)\s*\(/, 'newer built-ins (134 and later)'],
]

/** The source without its comments, so that words about an API are no use of it. Strings stay: attributes stand in them. */
const bare = (source) => source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|[\s;{(,])\/\/[^\n]*/g, '$1')

let failed = 0
let read = 0
for (const folder of folders) {
  for (const name of readdirSync(new URL(folder, root), { recursive: true })) {
    if (!/\.(tsx?|m?js)$/.test(name) || name.endsWith('.d.ts')) continue
    read += 1
    bare(readFileSync(new URL(`${folder}${name.replaceAll('\\', '/')}`, root), 'utf8')).split('\n').forEach((line, i) => {
      for (const [pattern, what] of TOO_NEW) {
        if (!pattern.test(line)) continue
        failed += 1
        console.error(`${folder}${name}:${i + 1} needs more than Chromium 109: ${what}`)
      }
    })
  }
}
if (failed > 0) process.exit(1)
console.log(`${read} sources stay within the browser APIs of Chromium 109`)
