import type { LadderRow } from '@lastmile/shared/ladder-answer'
import { climbRungs, standsAs, wordKinds, type ClimbRung, type WordKind } from '@lastmile/shared/rung'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { asPresent } from '../../lib/search'
import { useWorld } from '../../lib/world'
import { CompanyAloneNote, useTotalOf } from '../../ui/company-alone'
import css from './progress.module.css'

/** In how many units each drug has reached which step, what rests on the company's word alone apart. A number opens the ladders of those units. */
export function BoardSummary({ drugs, ladders }: { drugs: readonly string[]; ladders: readonly LadderRow[] }) {
  const { t } = useTranslation()
  const { drugName, places } = useWorld()
  return (
    <>
      <ul className={css.summary}>
        {drugs.map((drug) => {
          const own = ladders.filter((one) => one.drug === drug)
          const reached = climbRungs.map((rung) => ({ rung, counts: wordKinds.map((word) => ({ word, count: own.filter(({ rungs }) => standsAs(rungs, { rung, state: 'held', word })).length })) })).filter(({ counts }) => counts.some(({ count }) => count > 0))
          return (
            <li key={drug}>
              <strong>{drugName(drug)}</strong> · {reached.length === 0 ? t('progress.board.nowhere') : t('progress.board.reached', { units: places.units })}{' '}
              {reached.length > 0 && <ul className={css.reached}>{reached.map(({ rung, counts }) => <li key={rung}>{t(`ladder.words.shorts.${rung}`)} {counts.map(({ word, count }) => <Reached key={word} drug={drug} rung={rung} word={word} count={count} />)}</li>)}</ul>}
            </li>
          )
        })}
      </ul>
      <CompanyAloneNote />
    </>
  )
}

/** How many units: the way to their ladders, of today as the board is. */
function Reached({ drug, rung, word, count }: { drug: string; rung: ClimbRung; word: WordKind; count: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const shown = useTotalOf()(count, word)
  if (count === 0) return word === 'firm' ? <span className="quiet number">{format.number(0)}</span> : null
  return <Link to="/$list/ladder" params={{ list: list.code }} search={{ drug, rung, state: 'held', word, ...asPresent }} className={css.count} aria-label={t('progress.board.opens', { drug: drugName(drug), rung: t(`ladder.words.rungs.${rung}`), formatted: shown })}>{shown}</Link>
}
