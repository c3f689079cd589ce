import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { InvitationForm } from '../features/sign-in/invitation-form'
import { Outside } from '../ui/outside'
import { PageTitle, Stack } from '../ui/page-head'

/** Taking up an invitation. Its code may come behind the `#` of the address, which no server sees; it leaves the address at once. */
export function InvitationPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const [code] = useState(hash)
  useEffect(() => { if (hash !== '') void navigate({ to: '/invitation', hash: '', replace: true }) }, [hash, navigate])
  return (
    <Outside narrow>
      <Stack>
        <PageTitle>{t('account.invitation.title')}</PageTitle>
        <InvitationForm code={code} onDone={(email) => void navigate({ to: '/sign-in', state: { takenUpAs: email } })} />
      </Stack>
    </Outside>
  )
}
