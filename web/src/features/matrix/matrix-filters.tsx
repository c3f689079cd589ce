import type { Coverage } from '@lastmile/shared/coverage'
import { SupplyForm } from '@lastmile/shared/drug'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { kindsTold } from '../../lib/kinds-told'
import type { MatrixSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { Choices } from '../../ui/choices'
import { SelectField, Toolbar } from '../../ui/field'
import css from './matrix.module.css'

/** What the matrix counts and which rows it shows; all of it is in the URL. */
export function MatrixFilters({ search, totals, shown, onSearch }: { search: MatrixSearch; totals: Coverage['totals']; shown: number; onSearch: (part: { [K in keyof MatrixSearch]?: MatrixSearch[K] | undefined }) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { companies, drugs } = useWorld()
  const form = SupplyForm.options.filter((one) => drugs.some((drug) => drug.supplyForm === one))
  return (
    <div className={css.filters}><Toolbar label={t('rows.filters')}>
      {kindsTold(totals.map((total) => total.stocked)) && (
        <Choices
          labelled label={t('matrix.measure')} value={search.measure ?? 'all'} onChange={(measure) => onSearch({ measure: measure === 'all' ? undefined : measure })}
          options={(['all', 'hospital', 'pharmacy'] as const).map((value) => ({ value, label: value === 'all' ? t('words.kind.all') : t(`words.kinds.${value}`) }))}
        />
      )}
      <SelectField label={t('matrix.company')} value={search.company} all={t('matrix.allCompanies')} options={companies.map((company) => ({ value: company.code, label: text(company.name) }))} onChange={(company) => onSearch({ company })} />
      {form.length > 1 && <SelectField label={t('matrix.form')} value={search.form} all={t('matrix.allForms')} options={form.map((one) => ({ value: one, label: t(`words.supplyForm.${one}`) }))} onChange={(next) => onSearch({ form: SupplyForm.safeParse(next).data })} />}
      <label className={css.check}><input type="checkbox" checked={search.unstocked !== undefined} onChange={(event) => onSearch({ unstocked: event.target.checked ? 'true' : undefined })} />{t('matrix.unstocked')}</label>
      <span className={css.shown} role="status">{t('matrix.shown', { n: format.number(shown), all: format.number(drugs.length) })}</span>
    </Toolbar></div>
  )
}
