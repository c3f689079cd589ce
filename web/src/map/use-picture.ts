import { useEffect, useState } from 'react'
import { loadGeometry } from './geometry'
import { drawPicture, type Picture } from './picture'
import type { RegionSet } from './types'

export type PictureState = { at: 'loading' } | { at: 'failed' } | { at: 'none' } | { at: 'ready'; picture: Picture }

const drawn = new Map<string, Picture>()

/** The drawn map of a region set or province. `none`: it has no polygon at all (the Corps). */
export function usePicture(regionSet: RegionSet, within: string | undefined): PictureState {
  const key = `${regionSet}/${within ?? ''}`
  const [state, setState] = useState<{ key: string; value: PictureState }>({ key: '', value: { at: 'loading' } })
  useEffect(() => {
    let wanted = true
    const show = (value: PictureState) => {
      if (wanted) setState({ key, value })
    }
    loadGeometry(regionSet, within).then((geometry) => {
      if (!geometry) return show({ at: 'none' })
      const picture = drawn.get(key) ?? drawPicture(regionSet, within, geometry)
      drawn.set(key, picture)
      show({ at: 'ready', picture })
    }).catch(() => show({ at: 'failed' }))
    return () => {
      wanted = false
    }
  }, [key, regionSet, within])
  const ready = drawn.get(key)
  if (ready) return { at: 'ready', picture: ready }
  return state.key === key ? state.value : { at: 'loading' }
}
