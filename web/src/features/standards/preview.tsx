import type { GapOnDay } from '@lastmile/shared/gap'
import type { StandardRule } from '@lastmile/shared/standard'
import type { StandardPreview } from '@lastmile/shared/standard-preview'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { standardPreviewQuery } from '../../lib/queries/standards'
import { useWorld } from '../../lib/world'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { FormProblem } from '../../ui/form-problem'
import css from './standards.module.css'

/** For so long nothing is typed before it is tried, in milliseconds. */
const pause = 400

/** What the gaps of today would become under rules as they are typed; null: they are not whole yet. */
export function Preview({ drug, rules, from }: { drug: string; rules: StandardRule[] | null; from: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const tried = useLater(rules)
  const answer = useQuery({ ...standardPreviewQuery(list.code, drug, tried ?? []), enabled: tried !== null })
  const late = tried !== rules || answer.isPlaceholderData
  return (
    <section className={css.preview} aria-labelledby="preview" aria-live="polite">
      <h3 id="preview">{t('standards.preview')}</h3>
      <p>{t('standards.previewLead', { today: format.day(list.today) })}{from > list.today && ` ${t('standards.previewLater', { day: format.day(from) })}`}</p>
      {rules === null ? <p>{t('standards.previewWaits')}</p> : answer.error ? <FormProblem error={answer.error} /> : !answer.data ? <p>{t('standards.waits')}</p> : (
        <>
          <NotMet found={answer.data.cannotBeMet} />
          <div className={css.evidences}>{answer.data.evidences.map((one) => <Evidence key={one.evidence} one={one} late={late} />)}</div>
        </>
      )}
    </section>
  )
}

/** Units in which nobody could meet the rules, with what these ask and what there is. */
function NotMet({ found }: { found: StandardPreview['cannotBeMet'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { unitName } = useWorld()
  if (found.length === 0) return null
  return (
    <div className={css.warn}>
      <strong>{t('standards.cannotBeMet', { formatted: format.number(found.length) })}</strong>
      <p>{format.join(found.map(({ unit, what, asked, most }) => t(`account.problems.standard_not_met_${what}`, { unit: unitName(unit), asked: format.number(asked), most: format.number(most) })))}</p>
    </div>
  )
}

function Evidence({ one: { evidence, before, after, opens, closes, reachNotLoaded, served }, late }: { one: StandardPreview['evidences'][number]; late: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={css.evidence} data-late={late}>
      <EvidenceBadge evidence={evidence} compact />
      <strong>{before === after ? t('standards.stays', { after: format.number(after) }) : t('standards.becomes', { before: format.number(before), after: format.number(after) })}</strong>
      {opens.length === 0 && closes.length === 0 && <small>{t('standards.noChange')}</small>}
      <Changed label={t('standards.closes')} gaps={closes} />
      <Changed label={t('standards.opens')} gaps={opens} />
      {served > 0 && <small>{t('standards.previewServed', { formatted: format.number(served) })}</small>}
      {reachNotLoaded > 0 && <small>{t('standards.previewNotLoaded', { formatted: format.number(reachNotLoaded) })}</small>}
    </div>
  )
}

function Changed({ label, gaps }: { label: string; gaps: readonly GapOnDay[] }) {
  const format = useFormat()
  const { unitName } = useWorld()
  if (gaps.length === 0) return null
  return <div><h4>{label} ({format.number(gaps.length)})</h4><p>{format.join(gaps.map(({ region }) => unitName(region)))}</p></div>
}

/** A value as it was when nothing had been typed for a while. */
function useLater<Value>(value: Value): Value {
  const [later, setLater] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return later
}
