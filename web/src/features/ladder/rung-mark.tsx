import type { LadderRung } from '@lastmile/shared/ladder'
import { useTranslation } from 'react-i18next'
import { LookMark } from '../../ui/state-mark'
import css from './ladder.module.css'
import { rungLegend, rungLook } from './rung-looks'

/** A rung's state by mark and word. */
export function RungMark({ rung }: { rung: LadderRung }) {
  const { t } = useTranslation()
  return <span className={css.mark}><LookMark look={rungLook(rung)} /><span>{t(`ladder.words.states.${rung.state}`)}</span></span>
}

/** What the marks of a matrix mean. */
export function RungLegend() {
  const { t } = useTranslation()
  return <ul className={css.legend} aria-label={t('words.legend')}>{rungLegend.map(({ word, ...one }) => <li key={word}><span className={css.mark}><LookMark look={rungLook(one)} /><span>{t(`ladder.legend.${word}`)}</span></span></li>)}</ul>
}
