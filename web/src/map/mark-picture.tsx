import { stateLooks, type PatternName } from '../ui/marks'
import { fillOf } from '../ui/pattern'
import { KIND_SHAPES, lookOf } from './point-looks'
import type { MapMark, PointKind } from './types'

/** The patterns of states that rings are drawn with; their ids are the map's own and the state. */
export const markPatterns: readonly { state: string; name: PatternName; color: string }[] = Object.entries(stateLooks)
  .filter(([, look]) => look.pattern !== 'solid' && look.pattern !== 'outline').map(([state, look]) => ({ state, name: look.pattern, color: look.color }))

/** A mark: one institution by its kind and state, many as a ring of their states around their number. `id` heads the map's patterns. */
export function MarkPicture({ mark, id }: { mark: MapMark; id: string }) {
  const [only] = mark.states
  return mark.kind !== null && only ? <PointMark kind={mark.kind} state={only[0]} /> : <Ring mark={mark} id={id} />
}

/** How large the glyph is in each shape, and where it stands. */
const glyphAt: Readonly<Record<PointKind, string>> = { hospital: 'translate(-5.2,-5.2) scale(0.65)', pharmacy: 'translate(-5.2,-5.2) scale(0.65)', other: 'translate(-4.2,-2.4) scale(0.52)', place: 'translate(-3.5,-3.5) scale(0.44)' }

/** Shape by kind, colour and glyph by state. Drawn around 0,0 in pixels. */
export function PointMark({ kind, state }: { kind: PointKind; state: string }) {
  const look = lookOf(state)
  return (
    <>
      <path className="lm-point" fill={look.color} d={KIND_SHAPES[kind]} />
      <path className="lm-glyph" d={look.glyph} transform={glyphAt[kind]} />
    </>
  )
}

/** Where somebody asks from: a ring around a dot, like no institution. Drawn around 0,0 in pixels. */
export function HereMark() {
  return (
    <>
      <circle className="lm-here-ring" r={8.5} />
      <circle className="lm-here-dot" r={3.5} />
    </>
  )
}

/** Width of a ring in pixels. */
const band = 6

function Ring({ mark, id }: { mark: MapMark; id: string }) {
  const radius = 15 + Math.min(7, Math.log2(mark.count) * 0.7)
  let turned = 0
  return (
    <>
      <circle className="lm-cluster" r={radius} />
      {mark.states.map(([state, n]) => {
        const look = lookOf(state)
        const from = turned
        turned += n / mark.count
        return <path key={state} className="lm-ring" d={sector(from, turned, radius - band, radius - 1)} fill={fillOf(look.pattern, look.color, `${id}-${state}`)} stroke={look.color} />
      })}
      <text className="lm-cluster-count" x={0} y={0.5}>{mark.short}</text>
    </>
  )
}

/** A part of a ring between two turns (0 to 1, from the top, clockwise). */
function sector(from: number, to: number, inner: number, outer: number): string {
  // An arc cannot end where it begins: a whole ring leaves out a hair.
  const end = Math.min(to, from + 0.9999)
  const at = (turn: number, radius: number) => `${(Math.sin(turn * 2 * Math.PI) * radius).toFixed(2)},${(-Math.cos(turn * 2 * Math.PI) * radius).toFixed(2)}`
  const large = end - from > 0.5 ? 1 : 0
  return `M${at(from, outer)}A${outer},${outer},0,${large},1,${at(end, outer)}L${at(end, inner)}A${inner},${inner},0,${large},0,${at(from, inner)}Z`
}
