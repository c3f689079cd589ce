import type { InvitationAnswer } from '@lastmile/shared/account'
import { useTranslation } from 'react-i18next'
import { useHomeInstant } from '../../lib/home-zone'
import { Secret } from '../../ui/secret'

/** The code with which an account's owner sets a password, shown this once. */
export function Invitation({ answer: { account, invitation } }: { answer: InvitationAnswer }) {
  const { t } = useTranslation()
  const instant = useHomeInstant()
  return (
    <Secret label={t('accounts.invitation', { name: account.name })} value={invitation.code} takesFocus>
      <p className="quiet">{t('accounts.invitationUntil', { instant: instant(invitation.expiresAt), address: `${location.origin}/invitation` })}</p>
    </Secret>
  )
}
