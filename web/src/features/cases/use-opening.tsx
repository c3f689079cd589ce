import type { Gap } from '@lastmile/shared/gap'
import { lazy, Suspense, type ReactNode } from 'react'
import { useActor, useCan } from '../../lib/actor'
import { loadOfficeWords } from '../../lib/i18n'

/** Whoever opens no case need not load the way to it, nor its words. */
const OpenCases = lazy(async () => (await Promise.all([import('./open-cases'), loadOfficeWords()]))[0])

/** How gaps of a table are chosen to open cases of them: those that are one's own, and what stands above the table. Undefined for whoever opens none. */
export function useOpening(): { of: (gap: Gap) => boolean; bar: (gaps: readonly Gap[], clear: () => void) => ReactNode } | undefined {
  const may = useCan('case.keep')
  const { unit } = useActor()
  if (may === null) return undefined
  return { of: ({ region }) => may === 'all' || region === unit, bar: (gaps, clear) => <Suspense fallback={null}><OpenCases gaps={gaps} onDone={clear} /></Suspense> }
}
