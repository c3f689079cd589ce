import { Position } from '@lastmile/shared/position'
import { useEffect, useRef, useState } from 'react'

export type Asking = 'not_yet' | 'waiting' | 'refused' | 'unavailable' | 'silent' | 'unable'

/** In milliseconds: after so long nobody waits for an answer any more. Browsers within applications (WeChat's) may never give one, whatever time-out they are told. */
export const silentAfterMs = 10_000

/** Asks the browser where it is, when it is told to and not before. What it answers is rounded before anything else is done with it. */
export function useDevice(onPosition: (position: Position) => void): { asking: Asking; ask: () => void; leave: () => void } {
  // Browsers know no position on an address that is neither https nor this machine.
  const able = window.isSecureContext && 'geolocation' in navigator
  const [asking, setAsking] = useState<Asking>(able ? 'not_yet' : 'unable')
  // Which asking an answer belongs to: one that comes after it was given up changes nothing.
  const current = useRef(0)
  const timer = useRef<number | undefined>(undefined)
  const end = (state: Asking) => {
    current.current += 1
    window.clearTimeout(timer.current)
    setAsking(state)
  }
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const ask = () => {
    const own = current.current += 1
    const ifStill = (does: () => void) => { if (current.current === own) does() }
    setAsking('waiting')
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => ifStill(() => end('silent')), silentAfterMs)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => ifStill(() => {
        end('not_yet')
        onPosition(Position.parse({ lat: coords.latitude, lng: coords.longitude }))
      }),
      ({ code }) => ifStill(() => end(code === 1 ? 'refused' : 'unavailable')),
      { enableHighAccuracy: false, timeout: silentAfterMs, maximumAge: 300_000 },
    )
  }
  return { asking, ask, leave: () => { if (able) end('not_yet') } }
}
