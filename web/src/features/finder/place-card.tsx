import type { FinderResult, FinderRow } from '@lastmile/shared/finder'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLanguage, useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import css from './finder.module.css'
import { useCopy } from './use-copy'
import { useVerdict } from './use-verdict'

/** A place that has the drug by somebody's word: which, how far, on whose word, where, and how to call. */
export function PlaceCard({ row, answer }: { row: FinderRow; answer: FinderResult }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const language = useLanguage()
  const { list, unitName } = useWorld()
  const { look, said } = useVerdict(answer)(row)
  const { state, copy } = useCopy()
  const where = [t(`words.kind.${row.kind}`), row.unit && unitName(row.unit), row.cityName && text(row.cityName), row.dualChannel ? t('finder.dual') : null].filter(Boolean)
  return (
    <li className={css.card} data-look={look}>
      <div className={css.head}>
        <h3><Link to="/$list/institutions/$code" params={{ list: list.code, code: row.code }}>{row.name}</Link></h3>
        <span className={css.km}>{t('finder.km', { km: format.number(row.km) })}</span>
      </div>
      {answer.demonstration && <p className={css.notReal}>{t('finder.notReal')}</p>}
      <p className="quiet">{where.join(' · ')}</p>
      <p><strong className={css.mark}>{t(`finder.word.${look}`)}</strong> {said.join(language === 'zh' ? '' : ' ')}</p>
      <p>{row.address ?? <span className="quiet">{t('finder.noAddress')}</span>}</p>
      <div className={css.acts}>
        {row.telephone === null ? <span className="quiet">{t('finder.noTelephone')}</span> : <a className={css.large} href={`tel:${row.telephone.replace(/[^+\d]/g, '')}`}>{t('finder.dial', { telephone: row.telephone })}</a>}
        {row.address !== null && <button type="button" className={css.large} onClick={() => copy(`${row.name} ${row.address}`)}>{t('finder.copy')}</button>}
      </div>
      <p role="status" className={css.copied}>{state === 'not_yet' ? '' : t(state === 'copied' ? 'finder.copied' : 'finder.copyFailed')}</p>
    </li>
  )
}
