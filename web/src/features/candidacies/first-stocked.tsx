import type { LifeAnswer } from '@lastmile/shared/candidacy'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { Panel } from '../../ui/panel'
import css from './candidacies.module.css'

/** The first day on which each kind of evidence has a listed drug in stock anywhere: it leads to where. Of what was known on an instant, that it is not told. */
export function FirstStocked({ drug, first }: { drug: string; first: LifeAnswer['firstStocked'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  return (
    <Panel title={t('candidacies.firstStocked')} lead={t('candidacies.firstStockedLead')}>
      {first.length === 0 && <p className="quiet">{t('candidacies.firstStockedNow')}</p>}
      <ul className={css.plain}>
        {first.map(({ evidence, day }) => <li key={evidence}><EvidenceBadge evidence={evidence} compact />{' '}{day === null ? <span className="quiet">{t('candidacies.noneYet')}</span> : <Link to="/$list/drugs/$drug" params={{ list: list.code, drug }} search={{ evidence, asOf: day === list.today ? undefined : day }}>{format.day(day)}</Link>}</li>)}
      </ul>
    </Panel>
  )
}
