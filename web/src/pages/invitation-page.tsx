import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { InvitationForm } from '../features/sign-in/invitation-form'
import { Outside } from '../ui/outside'
import { PageTitle, Stack } from '../ui/page-head'

/** Taking up an invitation. */
export function InvitationPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Outside narrow>
      <Stack>
        <PageTitle>{t('account.invitation.title')}</PageTitle>
        <InvitationForm onDone={(email) => void navigate({ to: '/sign-in', state: { takenUpAs: email } })} />
      </Stack>
    </Outside>
  )
}
