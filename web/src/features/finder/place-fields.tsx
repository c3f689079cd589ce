import type { RegionAnswer } from '@lastmile/shared/region'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useNamedOptions } from '../../lib/named-options'
import { regionQuery } from '../../lib/queries/lists'
import { useWorld } from '../../lib/world'
import { SelectField } from '../../ui/field'

/** A unit and a city of it, by their codes. */
export interface ChosenPlace { unit: string | undefined; city: string | undefined }

/** A unit and a city of it to choose. `onChange` gets with the codes what is known of the unit by then. `required`: both must be chosen. */
export function PlaceFields({ value, required = false, onChange }: { value: ChosenPlace; required?: boolean; onChange: (next: ChosenPlace, unit: RegionAnswer | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const named = useNamedOptions()
  const { list, regions, places } = useWorld()
  const region = useQuery({ ...regionQuery(list.code, value.unit ?? ''), enabled: value.unit !== undefined })
  const known = value.unit === undefined ? undefined : region.data
  const cities = known?.cities.map((one) => ({ value: one.code, label: text(one.name) })).sort((a, b) => format.compare(a.label, b.label)) ?? []
  return (
    <>
      <SelectField label={capital(places.region)} value={value.unit} all={t('finder.choose')} required={required} options={named(regions.units)} onChange={(unit) => onChange({ unit, city: undefined }, undefined)} />
      <SelectField label={capital(places.city)} value={value.city} all={t('finder.choose')} required={required} options={cities} disabled={known === undefined} onChange={(city) => onChange({ ...value, city }, known)} />
      {region.error && <p role="alert">{t('finder.placesFailed')}</p>}
    </>
  )
}
