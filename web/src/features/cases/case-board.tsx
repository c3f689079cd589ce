import { caseStates, type CaseState } from '@lastmile/shared/case'
import type { CasesQuestion } from '@lastmile/shared/case-answer'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { casesQuery } from '../../lib/queries/cases'
import { useWorld } from '../../lib/world'
import { Answered } from '../../ui/answered'
import { Button } from '../../ui/field'
import { Tag } from '../../ui/page-head'
import { useCaseWords } from './case-words'
import css from './cases.module.css'

/** Cards of each state at most; the rest is found in the list. */
const limit = 12

/** Cases as a board: a column a state, what is due first on top. */
export function CaseBoard({ question, onState }: { question: Partial<CasesQuestion>; onState: (state: CaseState) => void }) {
  return <div className={css.board}>{caseStates.map((state) => <Column key={state} state={state} question={question} onState={onState} />)}</div>
}

function Column({ state, question, onState }: { state: CaseState; question: Partial<CasesQuestion>; onState: (state: CaseState) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const words = useCaseWords()
  const heading = useId()
  const answer = useQuery({ ...casesQuery(list.code, { ...question, state, limit }), placeholderData: keepPreviousData })
  return (
    <section className={css.column} aria-labelledby={heading}>
      <h2 id={heading}>{t(`cases.states.${state}`)}<span className="number">{answer.data && format.number(answer.data.page.total)}</span></h2>
      <Answered query={answer} height={120}>
        {({ rows, page }) => (
          <>
            <ul className={css.cards}>
              {rows.map((row) => {
                const [[first, rest], left] = [words.about(row), words.left(row)]
                return (
                  <li key={row.code} className={css.card} data-tone={left?.tone}>
                    <div className={css.row}><Link to="/$list/cases/$code" params={{ list: list.code, code: row.code }}>{words.number(row.code)}</Link><span className="quiet number">{t('cases.days', { count: row.age, formatted: format.number(row.age) })}</span></div>
                    <p><strong>{first}</strong></p>
                    <p className="quiet">{rest}</p>
                    <div className={css.row}><span>{t('cases.metOf', { met: format.number(row.met), gaps: format.number(row.gaps) })}</span>{left !== null && <Tag tone={left.tone}>{left.words}</Tag>}</div>
                  </li>
                )
              })}
            </ul>
            {rows.length === 0 && <p className="quiet">{t('cases.none')}</p>}
            {page.total > rows.length && <p><Button onClick={() => onState(state)}>{`${t('cases.all')} (${format.number(page.total)})`}</Button></p>}
          </>
        )}
      </Answered>
    </section>
  )
}
