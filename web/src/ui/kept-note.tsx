import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../lib/use-kept'
import { Button } from './field'

/** Says of a form that what stands in it was typed before and not sent, and whether what it is about was changed since; with the way to begin anew. Nothing where nothing was found. */
export function KeptNote({ draft: { found, restart } }: { draft: Pick<Draft<unknown>, 'found'> & { restart: () => void } }) {
  const { t } = useTranslation()
  const place = useRef<HTMLParagraphElement>(null)
  if (found === null) return null
  // The button goes with what it drops: who pressed it reads on in the form.
  const drop = () => {
    place.current?.closest('form')?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    restart()
  }
  return <p ref={place} role="status">{t(found === 'older' ? 'kept.older' : 'kept.found')} <Button onClick={drop}>{t('kept.drop')}</Button></p>
}
