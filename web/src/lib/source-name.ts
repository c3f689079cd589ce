import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useCan } from './actor'
import { useText } from './i18n'
import { sourcesQuery } from './queries/lists'
import { useWorld } from './world'

/** The name of a source in the language on screen; its code until the names have come, and for who may not see who reports. */
export function useSourceName(): (code: string) => string {
  const text = useText()
  const { data } = useQuery({ ...sourcesQuery(useWorld().list.code), enabled: useCan('source.read') !== null })
  return useCallback((code: string) => {
    const source = data?.sources.find((one) => one.code === code)
    return source ? text(source.name) : code
  }, [data, text])
}
