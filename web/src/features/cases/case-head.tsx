import type { CaseAnswer } from '@lastmile/shared/case-answer'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { CompanyLink, DrugLink, RegionLink } from '../../ui/names'
import { Facts, PageHead, Tag } from '../../ui/page-head'
import { stateTones, useCaseWords } from './case-words'

/** What a case is about, how it stands, who keeps it, and until when an answer is due. */
export function CaseHead({ answer: { case: row } }: { answer: CaseAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const words = useCaseWords()
  const left = words.left(row)
  const { by, code } = row.about
  return (
    <PageHead
      trail={<Link to="/$list/cases" params={{ list: list.code }}>{t(row.seenAs === 'office' ? 'cases.page' : 'cases.ownPage')}</Link>}
      title={`${words.number(row.code)} · ${words.about(row)[0]}`}
      tags={<><Tag tone={stateTones[row.state]}>{t(`cases.states.${row.state}`)}</Tag>{left !== null && <Tag tone={left.tone}>{left.words}</Tag>}</>}
      lead={<p>{t(`cases.stateMeans.${row.state}`)}</p>}
    >
      <Facts facts={[
        [t('cases.about'), by === 'drug' ? <DrugLink code={code} /> : by === 'company' ? <CompanyLink code={code} /> : <RegionLink code={code} />],
        [t('cases.evidence'), t(`words.evidence.${row.evidence}.name`)],
        [t('cases.gaps'), t('cases.metOf', { met: format.number(row.met), gaps: format.number(row.gaps) })],
        [t('cases.office'), words.office(row.unit)],
        [t('cases.openedOn'), `${format.day(row.openedOn)} · ${t('cases.days', { count: row.age, formatted: format.number(row.age) })}`],
        row.dueOn === null ? null : [t('cases.due'), format.day(row.dueOn)],
        row.closedOn === null ? null : [t('cases.closedOn'), format.day(row.closedOn)],
        row.checkedOn === null || row.seenAs !== 'office' ? null : [t('cases.checkedOn'), format.day(row.checkedOn)],
      ]} />
    </PageHead>
  )
}
