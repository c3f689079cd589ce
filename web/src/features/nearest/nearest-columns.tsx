import type { NearestRow } from '@lastmile/shared/nearest'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import type { Column } from '../../ui/data-table'
import { InstitutionName } from '../../ui/institution-name'

/** The same as a table; it is also what is saved as a file, without the place asked from. */
export function useNearestColumns(state: string): Column<NearestRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { places, unitName } = useWorld()
  return useMemo(() => {
    const given = (value: string | null) => value ?? <span className="quiet">{t('institution.notGiven')}</span>
    return [
      { id: 'name', header: t('rows.institution'), heading: true, value: (row) => row.name, cell: (row) => <InstitutionName institution={row} /> },
      { id: 'km', header: t('nearest.kilometres'), numeric: true, value: (row) => row.km },
      { id: 'kind', header: t('rows.kind'), value: (row) => t(`words.kind.${row.kind}`) },
      { id: 'unit', header: capital(places.region), value: (row) => (row.unit === null ? null : unitName(row.unit)), cell: (row) => given(row.unit === null ? null : unitName(row.unit)) },
      { id: 'city', header: capital(places.city), value: (row) => row.cityName && text(row.cityName), cell: (row) => given(row.cityName && text(row.cityName)) },
      { id: 'address', header: t('institution.address'), value: (row) => row.address, cell: (row) => given(row.address) },
      { id: 'telephone', header: t('institution.telephone'), value: (row) => row.telephone, cell: (row) => given(row.telephone) },
      { id: 'state', header: t('rows.state'), value: () => state },
      { id: 'day', header: t('rows.day'), value: (row) => row.day, cell: (row) => format.shortDay(row.day, true) },
    ]
  }, [t, format, text, places, unitName, state])
}
