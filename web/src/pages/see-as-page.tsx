import { useTranslation } from 'react-i18next'
import { SeeAsForm } from '../features/accounts/see-as-form'
import { useBecome } from '../lib/actor'
import { OfficePage } from '../ui/office-page'

/** Looking at the screens as another role, for administrators. */
export function SeeAsPage() {
  const { t } = useTranslation()
  const become = useBecome()
  return <OfficePage action="account.see_as" title={t('account.seeAs.page')} lead={<p>{t('account.seeAs.lead')}</p>} narrow><SeeAsForm onDone={() => become('/')} /></OfficePage>
}
