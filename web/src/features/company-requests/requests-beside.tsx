import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { companyRequestsQuery } from '../../lib/queries/company-requests'
import { useWorld } from '../../lib/world'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import css from './company-requests.module.css'
import { stateTones, useRequestWords } from './request-words'

/** As many as stand beside something else; all are on their own page. */
const limit = 5

/** What companies have asked about a drug, or in a unit, beside something else that is about it. Nothing where nobody did, or whoever looks may not know. */
export function RequestsBeside({ drug, region }: { drug?: string | undefined; region?: string | undefined }) {
  const { t } = useTranslation()
  const { list, drugName } = useWorld()
  const words = useRequestWords()
  const may = useCan('company_request.read') !== null
  const { data } = useQuery({ ...companyRequestsQuery(list.code, { drug, region, limit }), enabled: may })
  if (!data || data.page.total === 0) return null
  return (
    <Panel title={t('companyRequests.beside')} tools={<Link to="/$list/company-requests" params={{ list: list.code }} search={{ drug, region }}>{t('companyRequests.all')}</Link>}>
      <ul className={css.beside}>
        {data.rows.map((row) => {
          const left = words.left(row)
          return <li key={row.code}><Link to="/$list/company-requests/$code" params={{ list: list.code, code: row.code }}>{words.number(row.code)}</Link> {drugName(row.drug)} · {t(`companyRequests.kinds.${row.kind}`)} · {words.office(row.office)} <Tag tone={stateTones[row.state]}>{t(`companyRequests.states.${row.state}`)}</Tag>{left !== null && <> <Tag tone={left.tone}>{left.words}</Tag></>}</li>
        })}
      </ul>
    </Panel>
  )
}
