import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { atOf, lookAt } from './look'
import type { Picture } from './picture'
import type { Look, View } from './stage'

/** Milliseconds for which a map must rest before it tells where it looks. */
const rest = 300

/** Where a map looks and who else knows it: `at` as a URL says it (`lib/map-at.ts`), `onAt` hears of it once the map rests. */
export interface LookProps {
  at?: string | undefined
  onAt?: ((at: string | undefined) => void) | undefined
}

/** Leads a map to where `at` says, at first and whenever somebody else has changed it, and tells `onAt` where it is moved. */
export function useLook(picture: Picture | null, { at, onAt }: LookProps): { look: Look | undefined; onView: (view: View) => void } {
  const told = useRef(at)
  const [led, setLed] = useState({ at })
  const [now, setNow] = useState(at)
  const [rested] = useDebouncedValue(now, rest)
  const tell = useEffectEvent(() => {
    if (rested === told.current) return
    told.current = rested
    onAt?.(rested)
  })
  useEffect(() => tell(), [rested])
  const follow = useEffectEvent(() => {
    if (at === told.current) return
    told.current = at
    setLed({ at })
  })
  useEffect(() => follow(), [at])
  const look = useMemo(() => (picture ? lookAt(picture, led.at) : undefined), [picture, led])
  return { look, onView: (view) => picture && setNow(atOf(picture, view)) }
}
