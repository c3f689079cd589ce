import { useQuery } from '@tanstack/react-query'
import { useActor } from './actor'
import { useFormat } from './format'
import { listsQuery } from './queries/lists'

/** The time zone of pages that stand in no list: that of the actor's list, else of the first. */
export function useHomeZone(): string {
  const actor = useActor()
  const { data } = useQuery(listsQuery())
  const list = data?.lists.find(({ code }) => code === actor.list) ?? data?.lists[0]
  return list?.timeZone ?? 'UTC'
}

/** Writes an instant in that time zone, to the minute; in words of its own where there is none. */
export function useHomeInstant(): (instant: string | null, none?: string) => string {
  const format = useFormat()
  const zone = useHomeZone()
  return (instant, none = '–') => (instant === null ? none : format.instant(instant, zone))
}
