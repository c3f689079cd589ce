import type { CaseAnswer, CaseGap } from '@lastmile/shared/case-answer'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { capital, useFormat } from '../../lib/format'
import { countedOf } from '../../lib/need'
import { useWorld } from '../../lib/world'
import { AskOffice } from '../../ui/ask-office'
import { DataTable, type Column } from '../../ui/data-table'
import { CompanyLink, DrugLink, RegionLink } from '../../ui/names'
import { NumberLink } from '../../ui/number-link'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import { gapTones } from './case-words'

/** The gaps of a case: what each was when it was opened, and what is so today. Each number opens its rows; a company can ask the office of the unit about its own. */
export function CaseGaps({ answer: { case: { evidence }, gaps } }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName, unitName, companyName, places } = useWorld()
  const isOwn = useCan('company_request.open') !== null
  const columns: Column<CaseGap>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (gap) => drugName(gap.drug), cell: (gap) => <DrugLink code={gap.drug} /> },
    { id: 'unit', header: capital(places.unit), value: (gap) => unitName(gap.unit), cell: (gap) => <RegionLink code={gap.unit} /> },
    { id: 'company', header: t('parts.company'), value: (gap) => companyName(gap.company), cell: (gap) => <CompanyLink code={gap.company} /> },
    { id: 'state', header: t('cases.state'), value: (gap) => t(`cases.gapStates.${gap.state}`), cell: (gap) => <Tag tone={gapTones[gap.state]}>{t(`cases.gapStates.${gap.state}`)}</Tag> },
    { id: 'then', header: t('cases.then'), value: (gap) => t(`words.gapReason.${gap.opened.reason}`), cell: ({ opened }) => <>{t(`words.gapReason.${opened.reason}`)}<Figures figures={opened} /></> },
    {
      id: 'now', header: t('cases.now'), value: (gap) => (gap.now === null ? t('cases.nothingLacks') : t(`words.gapReason.${gap.now.reason}`)),
      cell: ({ now, state, drug, unit }) => (now === null ? <span className="quiet">{t(state === 'met' ? 'cases.nothingLacks' : 'cases.noStandardNow')}</span> : <>{t(`words.gapReason.${now.reason}`)}<Figures figures={now} opens={(value) => <NumberLink value={value} rows={{ drug, region: unit, evidence, state: 'in_stock' }} label={`${drugName(drug)}, ${unitName(unit)}`} />} /></>),
    },
    ...(isOwn ? [{ id: 'ask', header: t('parts.askOffice'), sortable: false, value: () => null, cell: (gap) => <AskOffice drug={gap.drug} region={gap.unit} /> } satisfies Column<CaseGap>] : []),
    { id: 'mends', header: t('cases.mends'), value: (gap) => format.join(gap.mends.map((one) => t(`cases.mendsBy.${one}`))) },
  ]
  return <Panel title={t('cases.gapsTitle')}><DataTable columns={columns} rows={gaps} rowKey={({ drug, unit }) => `${drug} ${unit}`} caption={t('cases.gapsTitle')} maxHeight={520} /></Panel>
}

/** What there is against what is asked, each measure that the rule has, and of whom the figures are. `opens`: a number with the rows behind it. */
function Figures({ figures, opens }: { figures: CaseGap['opened']; opens?: (value: number) => ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places } = useWorld()
  const { institutions, minInstitutions, cities, minCities, reach } = figures
  const counted = countedOf(t, format, figures)
  const shown = opens ?? format.number
  return (
    <div className="quiet number">
      <div>{t('gaps.institutions')} {shown(institutions)} {t('gaps.need', { need: format.number(minInstitutions) })}</div>
      {minCities > 0 && <div>{capital(places.cities)} {shown(cities)} {t('gaps.need', { need: format.number(minCities) })}</div>}
      {reach && <div>{reach.reached === null ? t('gaps.reachNotLoaded') : t('gaps.reached', { reached: format.number(reach.reached), km: format.number(reach.km) })} {t('gaps.need', { need: `${format.number(reach.share)}%` })}</div>}
      {counted !== null && <div>{counted}</div>}
    </div>
  )
}
