import type { Action } from '@lastmile/shared/permission'
import type { ReactNode } from 'react'
import { useCan } from '../lib/actor'
import { NotYours } from './not-yours'
import { Outside } from './outside'
import { PageHead, Stack } from './page-head'

/** A page outside of the lists, for whoever may do something: its head, and what it holds or that it is not for this role. */
export function OfficePage({ action, title, lead, narrow = false, children }: { action: Action; title: string; lead: ReactNode; narrow?: boolean; children: ReactNode }) {
  const may = useCan(action)
  return <Outside narrow={narrow}><Stack><PageHead title={title} lead={lead} />{may === null ? <NotYours /> : children}</Stack></Outside>
}
