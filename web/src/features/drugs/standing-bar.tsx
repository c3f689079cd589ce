import { standings, type Standing } from '@lastmile/shared/standing'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { standingLooks } from '../../ui/marks'
import { fillOf, Pattern } from '../../ui/pattern'

/** All standings in one bar, by colour and pattern, in their order; each is as wide as its share. */
export function StandingBar({ totals, label }: { totals: Record<Standing, number>; label: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId().replace(/\W/g, '')
  const all = standings.reduce((sum, one) => sum + totals[one], 0)
  if (all === 0) return null
  const width = 1000
  let x = 0
  return (
    <svg viewBox={`0 0 ${width} 44`} width="100%" height={44} preserveAspectRatio="none" role="img" aria-label={t('parts.labelled', { label, value: format.apart(standings.filter((one) => totals[one] > 0).map((one) => `${t(`words.standing.${one}`)} ${format.number(totals[one])}`)) })} style={{ display: 'block' }}>
      <defs>{standings.map((one) => <Pattern key={one} id={`${id}-${one}`} name={standingLooks[one].pattern} color={standingLooks[one].color} size={7} />)}</defs>
      {standings.filter((one) => totals[one] > 0).map((one) => {
        const wide = (totals[one] / all) * width
        const from = x
        x += wide
        const look = standingLooks[one]
        return <rect key={one} x={from + 1} y={2} width={Math.max(1.5, wide - 2)} height={40} fill={fillOf(look.pattern, look.color, `${id}-${one}`)} stroke={look.color} strokeWidth={2} vectorEffect="non-scaling-stroke"><title>{`${t(`words.standing.${one}`)}: ${format.number(totals[one])}`}</title></rect>
      })}
    </svg>
  )
}
