import type { CaseAnswer, CaseGap } from '@lastmile/shared/case-answer'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { capital, useFormat } from '../../lib/format'
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
  const need = (count: number, wanted: number) => t('cases.haveNeed', { have: format.number(count), need: format.number(wanted) })
  const columns: Column<CaseGap>[] = [
    { id: 'drug', header: t('rows.drug'), heading: true, value: (gap) => drugName(gap.drug), cell: (gap) => <DrugLink code={gap.drug} /> },
    { id: 'unit', header: capital(places.unit), value: (gap) => unitName(gap.unit), cell: (gap) => <RegionLink code={gap.unit} /> },
    { id: 'company', header: t('parts.company'), value: (gap) => companyName(gap.company), cell: (gap) => <CompanyLink code={gap.company} /> },
    { id: 'state', header: t('cases.state'), value: (gap) => t(`cases.gapStates.${gap.state}`), cell: (gap) => <Tag tone={gapTones[gap.state]}>{t(`cases.gapStates.${gap.state}`)}</Tag> },
    { id: 'then', header: t('cases.then'), value: (gap) => t(`words.gapReason.${gap.opened.reason}`), cell: ({ opened }) => <>{t(`words.gapReason.${opened.reason}`)}<div className="quiet number">{t('gaps.institutions')} {need(opened.institutions, opened.minInstitutions)}</div></> },
    {
      id: 'now', header: t('cases.now'), value: (gap) => (gap.now === null ? t('cases.nothingLacks') : t(`words.gapReason.${gap.now.reason}`)),
      cell: ({ now, state, drug, unit }) => (now === null ? <span className="quiet">{t(state === 'met' ? 'cases.nothingLacks' : 'cases.noStandardNow')}</span> : <>{t(`words.gapReason.${now.reason}`)}<div className="quiet number">{t('gaps.institutions')} <NumberLink value={now.institutions} rows={{ drug, region: unit, evidence, state: 'in_stock' }} label={`${drugName(drug)}, ${unitName(unit)}`} /> {t('gaps.need', { need: format.number(now.minInstitutions) })}</div></>),
    },
    ...(isOwn ? [{ id: 'ask', header: t('parts.askOffice'), sortable: false, value: () => null, cell: (gap) => <AskOffice drug={gap.drug} region={gap.unit} /> } satisfies Column<CaseGap>] : []),
    { id: 'mends', header: t('cases.mends'), value: (gap) => format.join(gap.mends.map((one) => t(`cases.mendsBy.${one}`))) },
  ]
  return <Panel title={t('cases.gapsTitle')}><DataTable columns={columns} rows={gaps} rowKey={({ drug, unit }) => `${drug} ${unit}`} caption={t('cases.gapsTitle')} maxHeight={520} /></Panel>
}
