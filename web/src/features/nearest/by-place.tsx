import { Position } from '@lastmile/shared/position'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { regionQuery } from '../../lib/queries/lists'
import { useWorld } from '../../lib/world'
import { Button, SelectField, Toolbar } from '../../ui/field'
import type { Whence } from './whence'

/** A place chosen by name: a city, or a whole unit where the list knows no middles of cities. */
export function ByPlace({ onWhence }: { onWhence: (whence: Whence | null) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, regions, places } = useWorld()
  const [unit, setUnit] = useState<string>()
  const [city, setCity] = useState<string>()
  const region = useQuery({ ...regionQuery(list.code, unit ?? ''), enabled: unit !== undefined })
  const known = unit === undefined ? undefined : region.data
  const cities = known?.cities.filter((one) => one.centroid !== null).map((one) => ({ value: one.code, label: text(one.name) })).sort((a, b) => format.compare(a.label, b.label))
  const from = (place: { name: { zh: string; en: string }; centroid: { lat: number; lng: number } | null } | undefined) => onWhence(place?.centroid ? { by: 'place', name: place.name, position: Position.parse(place.centroid) } : null)
  return (
    <>
      <Toolbar label={t('nearest.way.place')}>
        <SelectField
          label={capital(places.region)} value={unit} all={t('nearest.choose')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))}
          onChange={(next) => {
            setUnit(next)
            setCity(undefined)
            onWhence(null)
          }}
        />
        {cities?.length !== 0 && (
          <SelectField
            label={capital(places.city)} value={city} all={t('nearest.choose')} options={cities ?? []} disabled={cities === undefined}
            onChange={(next) => {
              setCity(next)
              from(known?.cities.find((one) => one.code === next))
            }}
          />
        )}
        {known && cities?.length === 0 && known.centroid && <Button primary onClick={() => from(known)}>{t('nearest.fromMiddle', { place: text(known.name) })}</Button>}
      </Toolbar>
      {region.error ? <p role="alert">{t('nearest.placesFailed')}</p> : known && cities?.length === 0 && !known.centroid ? <p className="quiet">{t('nearest.noMiddle')}</p> : <p className="quiet">{t('nearest.placeHint')}</p>}
    </>
  )
}
