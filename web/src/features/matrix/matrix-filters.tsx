import { SupplyForm } from '@lastmile/shared/drug'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import type { MatrixSearch } from '../../lib/searches'
import { Choices } from '../../ui/choices'
import { EvidenceChoice } from '../../ui/evidence-choice'
import css from './matrix.module.css'

/** What the matrix counts and which rows it shows; all of it is in the URL. */
export function MatrixFilters({ search, shown, onSearch }: { search: MatrixSearch; shown: number; onSearch: (part: { [K in keyof MatrixSearch]?: MatrixSearch[K] | undefined }) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { companies, drugs } = useWorld()
  const form = SupplyForm.options.filter((one) => drugs.some((drug) => drug.supplyForm === one))
  return (
    <div className={css.filters}>
      <EvidenceChoice />
      <Choices
        label={t('matrix.measure')} value={search.measure ?? 'all'} onChange={(measure) => onSearch({ measure: measure === 'all' ? undefined : measure })}
        options={(['all', 'hospital', 'pharmacy'] as const).map((value) => ({ value, label: value === 'all' ? t('words.kind.all') : t(`words.kinds.${value}`) }))}
      />
      <label>{t('matrix.company')}
        <select value={search.company ?? ''} onChange={(event) => onSearch({ company: event.target.value || undefined })}>
          <option value="">{t('matrix.allCompanies')}</option>
          {companies.map((company) => <option key={company.code} value={company.code}>{text(company.name)}</option>)}
        </select>
      </label>
      {form.length > 1 && (
        <label>{t('matrix.form')}
          <select value={search.form ?? ''} onChange={(event) => onSearch({ form: SupplyForm.safeParse(event.target.value).data })}>
            <option value="">{t('matrix.allForms')}</option>
            {form.map((one) => <option key={one} value={one}>{t(`words.supplyForm.${one}`)}</option>)}
          </select>
        </label>
      )}
      <label className={css.check}><input type="checkbox" checked={search.unstocked !== undefined} onChange={(event) => onSearch({ unstocked: event.target.checked ? 'true' : undefined })} />{t('matrix.unstocked')}</label>
      <span className={css.shown} role="status">{t('matrix.shown', { n: format.number(shown), all: format.number(drugs.length) })}</span>
    </div>
  )
}
