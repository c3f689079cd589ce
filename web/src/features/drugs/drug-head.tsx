import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { drugQuery } from '../../lib/queries/lists'
import { useAsking, useWorld } from '../../lib/world'
import { ConfirmLink } from '../../ui/confirm-link'
import { InspectionLink } from '../../ui/inspection-link'
import { CompanyLink } from '../../ui/names'
import { Facts, PageHead, Tag } from '../../ui/page-head'
import { DrugStanding } from './drug-standing'
import { StandardFact } from './standard-fact'
import { SeeAlso } from '../../ui/see-also'
import { SubscribeLink } from '../../ui/subscribe-link'

/** Who the drug is: names, company, what for, how it reaches a patient, how long a statement counts, what is expected of each unit. */
export function DrugHead({ code }: { code: string }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list, drug: find } = useWorld()
  const { asOf } = useAsking()
  const detail = useQuery(drugQuery(list.code, code, { asOf }))
  const drug = find(code)
  if (!drug) return <PageHead title={code} lead={<p>{t('drug.notListed', { code })}</p>} />
  const other = text(drug.name) === drug.name.zh ? drug.name.en : drug.name.zh
  return (
    <PageHead
      title={text(drug.name)}
      trail={<>{t('drug.number', { no: format.number(drug.no) })} · {drug.code} · {other}{drug.brand && ` · ${text(drug.brand)}`}</>}
      tags={<><Tag>{t(`words.supplyForm.${drug.supplyForm}`)}</Tag>{drug.rareDisease && <Tag>{t('drug.rare')}</Tag>}<ConfirmLink drug={code} /><InspectionLink of="drug" code={code} /><SubscribeLink drug={code} /></>}
      lead={<>{drug.indication && <p>{text(drug.indication)}</p>}<p>{t(`drug.form.${drug.supplyForm}`)} {t(`drug.judged.${drug.judgedBy}`)}</p></>}
    >
      <SeeAlso drug={code} here={['drug', 'gaps']} />
      <Facts facts={[
        [t('parts.company'), <CompanyLink key="company" code={drug.company} />],
        drug.holder ? [t('drug.holder'), text(drug.holder)] : null,
        [t('drug.freshness'), t('drug.freshnessDays', { days: format.number(drug.freshnessDays) })],
        [t('drug.valid'), <div key="valid">{`${format.shortDay(drug.validFrom, true)} – ${drug.validTo ? format.shortDay(drug.validTo, true) : t('drug.open')}`}<DrugStanding drug={drug} /></div>],
        detail.data ? [t('gaps.standard'), <StandardFact key="standard" drug={code} rules={detail.data.standard} />] : null,
      ]} />
    </PageHead>
  )
}
