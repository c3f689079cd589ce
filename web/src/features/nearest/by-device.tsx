import { Position } from '@lastmile/shared/position'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/field'
import type { Whence } from './whence'

type Asking = 'not_yet' | 'waiting' | 'refused' | 'unavailable'

/** What the browser says, asked when the button is pressed and not before. Rounded before anything else is done with it. */
export function ByDevice({ onWhence }: { onWhence: (whence: Whence | null) => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking>('not_yet')
  // Browsers know no position on an address that is neither https nor this machine.
  const able = window.isSecureContext && 'geolocation' in navigator
  const ask = () => {
    setAsking('waiting')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking('not_yet')
        onWhence({ by: 'device', position: Position.parse({ lat: coords.latitude, lng: coords.longitude }) })
      },
      ({ code }) => {
        setAsking(code === 1 ? 'refused' : 'unavailable')
        onWhence(null)
      },
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 300_000 },
    )
  }
  return (
    <div>
      <Button primary onClick={ask} disabled={!able || asking === 'waiting'}>{t('nearest.askDevice')}</Button>
      <p className="quiet">{t('nearest.deviceHint')}</p>
      <p role="status">{!able ? t('nearest.device.unable') : asking === 'not_yet' ? '' : t(`nearest.device.${asking}`)}</p>
    </div>
  )
}
