import { inspectionSubjects, type InspectionSubject } from '@lastmile/shared/inspection'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { capital, useFormat } from '../../lib/format'
import { useNamedOptions } from '../../lib/named-options'
import { downloadOf } from '../../lib/queries/download'
import { useAsking, useWorld } from '../../lib/world'
import { Button, SelectField, Toolbar } from '../../ui/field'
import css from './inspection.module.css'

/** Of whom there are sheets; printing them, once all are there; the same as a table. */
export function InspectionTools({ of, code, company, done, total }: { of: InspectionSubject; code: string | undefined; company: string | undefined; done: number; total: number | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const named = useNamedOptions()
  const { list, drugs, companies, companyName, regions, places } = useWorld()
  const { params } = useAsking()
  const things = { drug: company === undefined ? drugs : drugs.filter((one) => one.company === company), company: companies, province: regions.units }[of]
  const all = { drug: company === undefined ? t('inspection.allDrugs') : t('inspection.drugsOfCompany', { company: companyName(company) }), company: t('inspection.allCompanies'), province: t('inspection.allProvinces', { units: places.units }) }[of]
  const go = (next: { of: InspectionSubject; code: string | undefined; company: string | undefined }) => void navigate({
    to: next.code === undefined ? '/$list/inspection/$of' : '/$list/inspection/$of/$code', params: { list: list.code, of: next.of, code: next.code ?? '' }, search: { company: next.company },
  })
  const question = { ...params, of, code, company }
  const isReady = total !== undefined && done === total
  return (
    <div className={css.tools}>
      <Toolbar label={t('inspection.of')}>
        <SelectField label={t('inspection.of')} value={of} required options={inspectionSubjects.map((one) => ({ value: one, label: capital(t(`inspection.subjects.${one}`, places)) }))} onChange={(next) => go({ of: inspectionSubjects.find((one) => one === next) ?? of, code: undefined, company: undefined })} />
        <SelectField label={t('inspection.which')} value={code} all={all} options={named(things)} onChange={(next) => go({ of, code: next, company })} />
      </Toolbar>
      <Button primary disabled={!isReady || total === 0} onClick={() => window.print()}>{total === undefined || total <= 1 ? t('inspection.print') : t('inspection.printAll', { formatted: format.number(total) })}</Button>
      <a href={downloadOf(list.code, 'inspection', question, 'csv')} download>{t('inspection.asCsv')}</a>
      <a href={downloadOf(list.code, 'inspection', question, 'xlsx')} download>{t('inspection.asXlsx')}</a>
      <p role="status">{total !== undefined && total > 1 && t('inspection.ready', { done: format.number(done), total: format.number(total) })}</p>
    </div>
  )
}
