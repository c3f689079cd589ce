import type { Standing } from '@lastmile/shared/standing'
import { states, type State } from '@lastmile/shared/state'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { standingLooks, stateLooks, type Look } from './marks'
import css from './state-mark.module.css'
import { fillOf, Pattern } from './pattern'

/** A square that shows a look by colour, pattern and glyph. Decoration: say the word beside it. */
export function LookMark({ look, size = 16 }: { look: Look; size?: number }) {
  const id = useId()
  return (
    <svg className={css.mark} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <LookShape look={look} id={id} />
    </svg>
  )
}

/** What a {@link LookMark} is drawn of, in a box of 16; `id` becomes that of its pattern. */
export function LookShape({ look, id }: { look: Look; id: string }) {
  const solid = look.pattern === 'solid'
  return (
    <>
      <defs><Pattern id={id} name={look.pattern} color={look.color} size={4} /></defs>
      <rect x={0.75} y={0.75} width={14.5} height={14.5} rx={2} fill={fillOf(look.pattern, look.color, id)} stroke={look.color} strokeWidth={1.5} />
      {!solid && look.pattern !== 'outline' && <rect x={3} y={3} width={10} height={10} rx={1} fill="var(--surface)" />}
      <path d={look.glyph} fill="none" stroke={solid ? 'var(--surface)' : look.color} strokeWidth={1.8} strokeLinecap="round" strokeLinejoin="round" transform={solid || look.pattern === 'outline' ? undefined : 'translate(2.4 2.4) scale(0.7)'} />
    </>
  )
}

/** A state by mark and word; `count` stands behind it. */
export function StateMark({ state, count, wordless = false }: { state: State; count?: string; wordless?: boolean }) {
  const { t } = useTranslation()
  const word = t(`words.state.${state}`)
  return (
    <span className={css.word} {...(wordless ? { title: word } : {})}>
      <LookMark look={stateLooks[state]} />
      <span className={wordless ? 'sr-only' : undefined}>{word}</span>
      {count !== undefined && <span className="number">{count}</span>}
    </span>
  )
}

/** A standing (what all kinds of evidence together say) by mark and word. */
export function StandingMark({ standing, count }: { standing: Standing; count?: string }) {
  const { t } = useTranslation()
  return (
    <span className={css.word}>
      <LookMark look={standingLooks[standing]} />
      <span>{t(`words.standing.${standing}`)}</span>
      {count !== undefined && <span className="number">{count}</span>}
    </span>
  )
}

/** All states in one row, for the foot of a table or matrix. */
export function StateLegend() {
  const { t } = useTranslation()
  return (
    <ul className={css.legend} aria-label={t('words.legend')}>
      {states.map((state) => <li key={state}><StateMark state={state} /></li>)}
    </ul>
  )
}
