import { useState, type RefObject } from 'react'

export interface Tip {
  text: string
  x: number
  y: number
  below: boolean
}

/** Text beside the pointer or the focused thing; text only, never markup. */
export function useTooltip(box: RefObject<HTMLElement | null>) {
  const [tip, setTip] = useState<Tip | null>(null)
  const show = (text: string, clientX: number, clientY: number) => {
    const rect = box.current?.getBoundingClientRect()
    if (!rect) return
    const y = clientY - rect.top
    setTip({ text, x: Math.max(90, Math.min(rect.width - 90, clientX - rect.left)), y, below: y < 70 })
  }
  const showAt = (text: string, element: Element) => {
    const rect = element.getBoundingClientRect()
    show(text, rect.left + rect.width / 2, rect.top + rect.height / 2)
  }
  return { tip, show, showAt, hide: () => setTip(null) }
}

/** Drawn for the eye; the accessible name of the region says the same. */
export function Tooltip({ tip }: { tip: Tip | null }) {
  if (!tip) return null
  return <div className={`lm-tip${tip.below ? ' lm-tip-below' : ''}`} style={{ left: tip.x, top: tip.y }} aria-hidden="true">{tip.text}</div>
}
