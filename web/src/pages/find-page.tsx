import { useTranslation } from 'react-i18next'
import { DrugSearch } from '../features/finder/drug-search'
import { PageHead, Stack } from '../ui/page-head'

/** Finding a drug by whatever one knows of it: for patients, and phones first. */
export function FindPage() {
  const { t } = useTranslation()
  return <Stack><PageHead title={t('finder.page')} lead={<p>{t('finder.lead')}</p>} /><DrugSearch /></Stack>
}
