import { caseSubjects, type CaseSubject, type NewCasesAnswer } from '@lastmile/shared/case'
import type { Gap } from '@lastmile/shared/gap'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { openCases } from '../../lib/queries/cases'
import { useDoing } from '../../lib/use-doing'
import { useAsking, useWorld } from '../../lib/world'
import { Button, SelectField } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { useCaseWords } from './case-words'
import css from './cases.module.css'

/** Opens cases of the gaps that were chosen: one for each drug, company or province; and says what became of them. */
export default function OpenCases({ gaps, onDone }: { gaps: readonly Pick<Gap, 'drug' | 'region'>[]; onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const { evidence, asOf, knownOn } = useAsking()
  const words = useCaseWords()
  const client = useQueryClient()
  const [by, setBy] = useState<CaseSubject>('drug')
  const [made, setMade] = useState<NewCasesAnswer | null>(null)
  const open = useDoing(() => openCases(list.code, { evidence, by, gaps: gaps.map(({ drug, region }) => ({ drug, region })) }), (answer) => {
    setMade(answer)
    onDone()
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && queryKey[1] === 'cases' })
  })
  if (asOf !== list.today || knownOn !== undefined) return <p className="quiet">{t('cases.opening.today')}</p>
  const links = (codes: readonly string[]) => codes.map((code) => <Link key={code} to="/$list/cases/$code" params={{ list: list.code, code }}>{words.number(code)}</Link>)
  const inCase = made?.results.filter(({ became }) => became === 'in_case') ?? []
  const gone = made?.results.filter(({ became }) => became === 'gone').length ?? 0
  return (
    <div className={css.opening}>
      <FormProblem error={open.error} />
      {made !== null && (
        <div>
          {made.cases.length > 0 && <><Done>{t('cases.opening.opened', { formatted: format.number(made.cases.length) })}</Done><p>{links(made.cases)}</p></>}
          {inCase.length > 0 && <p>{t('cases.opening.inCase', { formatted: format.number(inCase.length) })} {links([...new Set(inCase.map((one) => one.case!))])}</p>}
          {gone > 0 && <p>{t('cases.opening.gone', { formatted: format.number(gone) })}</p>}
        </div>
      )}
      <div className={css.buttons}>
        <SelectField label={t('cases.opening.by')} value={by} options={caseSubjects.map((one) => ({ value: one, label: t(`cases.opening.bys.${one}`) }))} onChange={(next) => setBy(next as CaseSubject)} />
        <Button primary disabled={open.busy || gaps.length === 0} onClick={() => { setMade(null); void open.run() }}>{t('cases.opening.open', { formatted: format.number(gaps.length) })}</Button>
      </div>
    </div>
  )
}
