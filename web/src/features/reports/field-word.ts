import { Field } from '@lastmile/shared/source'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** A column's name in words; headings that are no field of ours stand as they are. */
export function useFieldWord(): (column: string) => string {
  const { t } = useTranslation()
  return useCallback((column: string) => {
    const field = Field.safeParse(column)
    return field.success ? t(`codes.field.${field.data}`) : column
  }, [t])
}
