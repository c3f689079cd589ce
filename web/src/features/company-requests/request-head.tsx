import type { CompanyRequestAnswer } from '@lastmile/shared/company-request-answer'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useActor } from '../../lib/actor'
import { useWorld } from '../../lib/world'
import { CompanyLink, DrugLink, ReportLink } from '../../ui/names'
import { Facts, PageHead, Tag } from '../../ui/page-head'
import { StateMark } from '../../ui/state-mark'
import { outcomeTones, stateTones, useRequestWords } from './request-words'

/** What a request is, how it stands, who has it, and until when its answer is due. */
export function RequestHead({ answer: { request: row, disputed, weekdaysAlone } }: { answer: CompanyRequestAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, drugName } = useWorld()
  const isOwn = useActor().company !== null
  const words = useRequestWords()
  const left = words.left(row)
  return (
    <PageHead
      trail={<Link to="/$list/company-requests" params={{ list: list.code }}>{t(isOwn ? 'companyRequests.ownPage' : 'companyRequests.page')}</Link>}
      title={`${words.number(row.code)} · ${drugName(row.drug)} · ${t(`companyRequests.kinds.${row.kind}`)}`}
      tags={<><Tag tone={stateTones[row.state]}>{t(`companyRequests.states.${row.state}`)}</Tag>{row.outcome !== null && (row.state === 'answered' || row.state === 'closed') && <Tag tone={outcomeTones[row.outcome]}>{t(`companyRequests.outcomes.${row.outcome}`)}</Tag>}{left !== null && <Tag tone={left.tone}>{left.words}</Tag>}</>}
      lead={<p>{t(`companyRequests.stateMeans.${row.state}`)}</p>}
    >
      <Facts facts={[
        [t('parts.company'), <CompanyLink key="company" code={row.company} />],
        [t('rows.drug'), <DrugLink key="drug" code={row.drug} />],
        row.institution === null ? null : [t('rows.institution'), <Link key="institution" to="/$list/institutions/$code" params={{ list: list.code, code: row.institution.code }}>{row.institution.name}</Link>],
        [t('companyRequests.office'), words.office(row.office)],
        [t('companyRequests.openedOn'), `${format.day(row.openedOn)} · ${t('cases.days', { count: row.age, formatted: format.number(row.age) })}`],
        row.dueOn === null ? null : [t('companyRequests.due'), `${format.day(row.dueOn)}${row.firstDueOn === null ? '' : ` · ${t('companyRequests.deferredFrom', { day: format.shortDay(row.firstDueOn) })}`}`],
        row.resolveBy === null ? null : [t('companyRequests.resolveBy'), format.day(row.resolveBy)],
        row.endedOn === null ? null : [t('companyRequests.endedOn'), format.day(row.endedOn)],
        disputed === null ? null : [t('companyRequests.recorded'), <span key="disputed">{t(`words.evidence.${disputed.evidence}.short`)} <StateMark state={disputed.state} /> <span className="number">{format.day(disputed.day)}</span>{disputed.report !== null && <> · <ReportLink id={disputed.report}>{disputed.line === null ? disputed.report : t('companyRequests.atLine', { report: disputed.report, line: disputed.line })}</ReportLink></>}</span>],
      ]} />
      {weekdaysAlone && row.dueOn !== null && <p className="quiet">{t('cases.weekdaysAlone')}</p>}
    </PageHead>
  )
}
