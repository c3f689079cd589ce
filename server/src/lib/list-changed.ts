import type { ListChange } from '@lastmile/db/listen'
import type { Services } from './services.js'

/**
 * A change of a list was committed, here or by another server: what is known of the list counts no more, and open
 * windows hear of it. The one place for both, called after the commit. Windows are told of a version once, whoever
 * tells it first.
 */
export function listChanged({ lists, events }: Pick<Services, 'lists' | 'events'>, { list, version, report }: ListChange): void {
  lists.changed(list, version)
  if (report !== null) events.publish({ event: 'report', data: { list, version, report } })
}

/** Anything may have changed while nobody listened: windows ask again about every list of which they have not heard yet. */
export async function anyListChanged({ lists, events }: Pick<Services, 'lists' | 'events'>): Promise<void> {
  lists.forget()
  for (const { code, version } of await lists.all()) events.publish({ event: 'report', data: { list: code, version, report: '' } })
}
