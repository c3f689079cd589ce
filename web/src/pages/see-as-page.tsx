import { useTranslation } from 'react-i18next'
import { SeeAsForm } from '../features/accounts/see-as-form'
import { useBecome, useCan } from '../lib/actor'
import { NotYours } from '../ui/not-yours'
import { Outside } from '../ui/outside'
import { PageHead, Stack } from '../ui/page-head'

/** Looking at the screens as another role, for administrators. */
export function SeeAsPage() {
  const { t } = useTranslation()
  const may = useCan('account.see_as')
  const become = useBecome()
  return (
    <Outside narrow>
      <Stack>
        <PageHead title={t('account.seeAs.page')} lead={<p>{t('account.seeAs.lead')}</p>} />
        {may === null ? <NotYours /> : <SeeAsForm onDone={() => become('/')} />}
      </Stack>
    </Outside>
  )
}
