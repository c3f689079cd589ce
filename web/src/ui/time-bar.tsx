import { addDays } from '@lastmile/shared/day'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format'
import { useAsking, useWorld } from '../lib/world'
import { instantOf, wallClock } from '../lib/zoned-time'
import { DaySlider } from './day-slider'
import { Drop } from './drop'
import { Icon } from './icons'
import css from './time-bar.module.css'

/** The page's day and "known on", in the URL, each day an entry of its own for Back: from the day the list came into force to its today. `series` is drawn behind the slider, unless an earlier moment is asked for: it is as known now. `dayOnly`: the page tells what is known now, and offers no other moment. */
export function TimeBar({ series, dayOnly = false }: { series?: readonly { day: string; value: number }[] | undefined; dayOnly?: boolean }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const navigate = useNavigate()
  const choose = (day: string) => void navigate({ to: '.', search: (previous) => ({ ...previous, asOf: day === list.today ? undefined : day }), resetScroll: false })
  return (
    <div className={css.bar}>
      <DaySlider from={list.inForce} to={list.today} value={asOf} onChange={choose} series={knownOn === undefined ? series : undefined} label={t('day.label')} />
      {!dayOnly && <KnownOn />}
    </div>
  )
}

/** What the system said at an earlier moment, and the day from which supplies are counted. Rarely wanted, so behind a button. */
function KnownOn() {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { knownOn } = useAsking()
  const format = useFormat()
  return (
    <Drop
      className={knownOn === undefined ? css.known : `${css.known} ${css.on}`} panelLabel={t('day.advanced')} width={320} leftOnPhone
      button={<><Icon name="clock" /><span>{knownOn === undefined ? t('day.knownNow') : t('frame.knownOn', { instant: format.zoned(knownOn, list.timeZone) })}</span></>}
    >
      {(close) => <KnownOnForm close={close} />}
    </Drop>
  )
}

function KnownOnForm({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { knownOn, since, evidence } = useAsking()
  const format = useFormat()
  const navigate = useNavigate()
  const [day, setDay] = useState(knownOn === undefined ? '' : wallClock(knownOn, list.timeZone))
  const [counted, setCounted] = useState(since ?? '')
  const ask = (next: { knownOn: string | undefined; since: string | undefined }) => {
    close()
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), resetScroll: false })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask({ knownOn: day === '' ? undefined : instantOf(day, list.timeZone), since: counted === '' ? undefined : counted })
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <label>{t('day.knownOn', { zone: format.zone(list.timeZone) })}<input type="datetime-local" value={day} max={`${addDays(list.today, 400)}T00:00`} onChange={(event) => setDay(event.target.value)} /></label>
      <p className="quiet">{t('day.knownOnHelp')}</p>
      {evidence === 'supplied' && <label>{t('day.since')}<input type="date" value={counted} min={list.inForce} max={list.today} onChange={(event) => setCounted(event.target.value)} /></label>}
      <div className={css.buttons}>
        <button type="button" onClick={() => ask({ knownOn: undefined, since: undefined })}>{t('day.clear')}</button>
        <button type="submit" data-primary="true">{t('day.apply')}</button>
      </div>
    </form>
  )
}
