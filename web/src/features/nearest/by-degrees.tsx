import { Position } from '@lastmile/shared/position'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, Toolbar } from '../../ui/field'
import type { Whence } from './whence'

/** Latitude and longitude as typed. What is asked with is the rounded value, and the fields show it. */
export function ByDegrees({ onWhence }: { onWhence: (whence: Whence | null) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState({ lat: '', lng: '' })
  const [wrong, setWrong] = useState<'lat' | 'lng' | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = Position.safeParse({ lat: degreesOf(typed.lat), lng: degreesOf(typed.lng) })
    if (parsed.success) {
      setTyped({ lat: String(parsed.data.lat), lng: String(parsed.data.lng) })
      setWrong(null)
      return onWhence({ by: 'degrees', position: parsed.data })
    }
    setWrong(parsed.error.issues[0]?.path[0] === 'lng' ? 'lng' : 'lat')
    onWhence(null)
  }
  const input = (name: 'lat' | 'lng', example: string) => (
    <Field label={t(`nearest.${name}`)}>
      {(id) => <input id={id} inputMode="decimal" autoComplete="off" size={10} placeholder={example} value={typed[name]} aria-invalid={wrong === name} onChange={(event) => setTyped({ ...typed, [name]: event.target.value })} />}
    </Field>
  )
  return (
    <form onSubmit={submit} autoComplete="off">
      <Toolbar label={t('nearest.way.degrees')}>
        {input('lat', '39.91')}
        {input('lng', '116.41')}
        <Button type="submit" primary>{t('nearest.find')}</Button>
      </Toolbar>
      {wrong ? <p role="alert">{t(`nearest.wrong.${wrong}`)}</p> : <p className="quiet">{t('nearest.degreesHint')}</p>}
    </form>
  )
}

/** A number as people write one: a decimal comma and full-width digits are understood, an empty field is none. */
function degreesOf(text: string): number {
  const plain = text.normalize('NFKC').trim().replace(/\s*°$/, '').replace('−', '-').replace(',', '.')
  return plain === '' ? Number.NaN : Number(plain)
}
