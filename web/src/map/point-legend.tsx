import { textWidth } from './place-labels'
import { PointMark } from './mark-picture'
import type { MapMark, PointKind, PointLabels } from './types'

interface Entry {
  key: string
  kind: PointKind
  state: string
  label: string
}

/** Kinds by their shape (in the look of the first state), states by their colour and glyph: those that occur. */
function entriesOf(marks: readonly MapMark[], labels: PointLabels): { kinds: Entry[]; states: Entry[] } {
  const states = new Set(marks.flatMap((mark) => mark.states.map(([state]) => state)))
  const kinds = new Set(marks.map((mark) => mark.kind))
  const own = (['hospital', 'pharmacy', 'other', 'place'] as const).filter((kind) => kinds.has(kind))
  const named = Object.entries(labels.states).filter(([state]) => states.has(state))
  return {
    kinds: own.map((kind) => ({ key: kind, kind, state: '', label: labels.kinds[kind] })),
    states: named.map(([state, label]) => ({ key: state, kind: own[0] ?? 'hospital', state, label })),
  }
}

export function PointLegend({ marks, labels }: { marks: readonly MapMark[]; labels: PointLabels }) {
  const { kinds, states } = entriesOf(marks, labels)
  return (
    <div className="lm-legend">
      <p className="lm-side-heading">{labels.legend}</p>
      <ul>{[...kinds, ...states].map((entry) => <li key={entry.key}><Sample entry={entry} /><span>{entry.label}</span></li>)}</ul>
    </div>
  )
}

function Sample({ entry }: { entry: Entry }) {
  return (
    <svg className="lm-swatch" width={22} height={22} viewBox="-11 -11 22 22" aria-hidden="true">
      <Mark entry={entry} />
    </svg>
  )
}

/** A kind's sample has no state: its outline alone. */
function Mark({ entry }: { entry: Entry }) {
  if (entry.state === '') return <g className="lm-sample"><PointMark kind={entry.kind} state="" /></g>
  return <PointMark kind={entry.kind} state={entry.state} />
}

/** The same legend inside the SVG, shown in a downloaded image alone. */
PointLegend.InPicture = function InPicture({ marks, labels, width, top }: { marks: readonly MapMark[]; labels: PointLabels; width: number; top: number }) {
  const { kinds, states } = entriesOf(marks, labels)
  let x = 24
  let y = top + 22
  const placed = [...kinds, ...states].map((entry) => {
    const wide = 18 + textWidth(entry.label, 13) + 34
    if (x + wide > width && x > 24) {
      x = 24
      y += 26
    }
    const spot = { entry, x, y }
    x += wide
    return spot
  })
  return (
    <g data-export-only="" data-export-height={y - top + 20} style={{ display: 'none' }}>
      {placed.map(({ entry, x: left, y: middle }) => (
        <g key={entry.key}>
          <g transform={`translate(${left},${middle})`}><Mark entry={entry} /></g>
          <text className="lm-export-text" x={left + 16} y={middle + 5}>{entry.label}</text>
        </g>
      ))}
    </g>
  )
}
