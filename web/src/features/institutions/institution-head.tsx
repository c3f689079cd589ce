import type { Institution } from '@lastmile/shared/institution'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { ConfirmLink } from '../../ui/confirm-link'
import { RegionLink } from '../../ui/names'
import { useQualificationWord } from '../../ui/qualification'
import { Facts, PageHead, Tag } from '../../ui/page-head'

/** Who the institution is, as the master (or, where there is none, its reports) gives it. What is not given says so. */
export function InstitutionHead({ institution }: { institution: Institution }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const qualificationWord = useQualificationWord()
  const { position } = institution
  const missing = <span className="quiet">{t('institution.notGiven')}</span>
  const closed = institution.closedOn !== null && institution.closedOn <= list.today
  return (
    <PageHead
      title={institution.name} trail={<>{institution.code} · {institution.unit === null ? t('institution.noUnit') : <RegionLink code={institution.unit} />}{institution.city !== null && institution.cityName && <> · <RegionLink code={institution.city} name={text(institution.cityName)} /></>}</>}
      tags={<><Tag>{t(`words.kind.${institution.kind}`)}</Tag>{institution.dualChannel && <Tag>{t('institution.dualChannel')}</Tag>}{closed && <Tag tone="warn">{t('institution.closed')}</Tag>}<ConfirmLink institution={institution.code} /></>}
    >
      <Facts facts={[
        [t('institution.address'), institution.address ?? missing],
        [t('institution.level'), institution.level ?? missing],
        [t('institution.telephone'), institution.telephone ?? missing],
        [t('institution.opened'), institution.openedOn === null ? missing : format.day(institution.openedOn)],
        institution.closedOn === null ? null : [t('institution.closing'), format.day(institution.closedOn)],
        [t('institution.qualifications'), institution.qualifications.length === 0 ? missing : format.join(institution.qualifications.map(qualificationWord))],
        [t('institution.position'), position === null ? missing : <span className="number">{position.lat.toFixed(4)}, {position.lng.toFixed(4)} ({position.datum})</span>],
      ]} />
    </PageHead>
  )
}
