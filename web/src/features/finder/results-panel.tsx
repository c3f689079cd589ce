import type { FinderResult } from '@lastmile/shared/finder'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { Loading } from '../../ui/empty'
import { Panel } from '../../ui/panel'
import { Problem } from '../../ui/problem'
import css from './finder.module.css'
import { PlaceCard } from './place-card'
import type { Whence } from './whence'

/** Whether any place is near that has the drug by somebody's word. */
export function isNear({ rows, nearKm }: FinderResult): boolean {
  return rows.some(({ km }) => km <= nearKm)
}

/** Where the drug is: what is near, else the nearest there is; and how many around have said nothing. `found`: the answer of this very place, undefined until it is there. `onMore`: undefined where no more are shown. */
export function ResultsPanel({ whence, found, error, onRetry, onMore }: { whence: Whence; found: FinderResult | undefined; error: Error | null; onRetry: () => void; onMore: (() => void) | undefined }) {
  const { t } = useTranslation()
  const place = useRef<HTMLHeadingElement>(null)
  // Who let his device say where he is reads on where the answer stands. Who chooses a place may choose another next, with the arrow keys: the focus stays with him.
  useEffect(() => { if (whence.by === 'device') place.current?.focus() }, [whence])
  return (
    <Panel title={t('finder.results')} place={place}>
      {error ? <Problem error={error} onRetry={onRetry} /> : found ? <Found answer={found} whence={whence} onMore={onMore} /> : <Loading height={120} />}
    </Panel>
  )
}

function Found({ answer, whence, onMore }: { answer: FinderResult; whence: Whence; onMore: (() => void) | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { rows, nearKm, around, place, more } = answer
  const near = rows.filter((row) => row.km <= nearKm).length
  const km = format.number(nearKm)
  const [count, formatted] = [near, format.number(near)]
  const silent = { km, count: around.silent, formatted: format.number(around.silent), all: format.number(around.institutions) }
  return (
    <>
      <div role="status" className={css.summary}>
        <p className="quiet">{whence.by === 'place' ? t('finder.fromPlace', { place: text(whence.name) }) : place === null ? t('finder.fromDeviceOnly') : t('finder.fromDevice', { place: text(place.cityName) })}</p>
        <p><strong>{rows.length === 0 ? t('finder.nowhere') : near === 0 ? t('finder.nothingNear', { km }) : more && near === rows.length ? t('finder.nearAtLeast', { km, formatted }) : t('finder.near', { km, count, formatted })}</strong>{rows.length > 0 && ` ${t('finder.call')}`}</p>
        {around.silent > 0 && <p>{around.of === 'eligible' ? t('finder.silentEligible', silent) : t('finder.silentAll', silent)}{around.besides > 0 && ` ${t('finder.besides', { count: around.besides, formatted: format.number(around.besides), all: silent.all })}`}</p>}
      </div>
      {near > 0 && <ol className={css.cards} aria-label={t('finder.results')}>{rows.slice(0, near).map((row) => <PlaceCard key={row.code} row={row} answer={answer} />)}</ol>}
      {near > 0 && near < rows.length && <h3>{t('finder.farther', { km })}</h3>}
      {near < rows.length && <ol className={css.cards} aria-label={t('finder.farther', { km })}>{rows.slice(near).map((row) => <PlaceCard key={row.code} row={row} answer={answer} />)}</ol>}
      {more && (onMore ? <button type="button" className={css.large} onClick={onMore}>{t('finder.more')}</button> : <p className="quiet">{t('finder.most')}</p>)}
    </>
  )
}
