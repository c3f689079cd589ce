import { boxText } from '@lastmile/shared/box'
import type { NearestAnswer, NearestRow } from '@lastmile/shared/nearest'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import type { MapMark } from '../../map/types'

/** A mark of the finder; `bbox` opens those that stand on one spot, null where it is one alone. */
export interface NearestMark extends MapMark {
  bbox: string | null
}

/** The institutions found as marks, each alone but for those that stand on one spot. */
export function useNearestMarks(answer: NearestAnswer): readonly NearestMark[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    const spots = new Map<string, [NearestRow, ...NearestRow[]]>()
    for (const row of answer.rows) {
      const { lat, lng } = row.position
      const bbox = boxText({ west: lng, south: lat, east: lng, north: lat })
      const own = spots.get(bbox)
      if (own) own.push(row)
      else spots.set(bbox, [row])
    }
    return [...spots].map(([bbox, rows]): NearestMark => {
      const [{ code, name, kind, state, km, position: { lat, lng } }] = rows
      const count = rows.length
      const [far, formatted] = [t('nearest.km', { km: format.number(km) }), format.number(count)]
      return count === 1
        ? { id: code, lat, lng, count, states: [[state, 1]], kind, label: `${name}, ${far}`, short: formatted, apart: false, bbox: null }
        : { id: bbox, lat, lng, count, states: [[state, count]], kind: null, label: t('nearest.sameSpot', { formatted, far }), short: formatted, apart: false, bbox }
    })
  }, [answer.rows, t, format])
}
