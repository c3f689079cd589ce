import type { Report } from '@lastmile/shared/report'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/page-head'

const tones = { accepted: 'good', draft: 'alarm', quarantined: 'alarm', submitted: 'plain', embargoed: 'plain', superseded: 'plain', returned: 'alarm', withdrawn: 'plain' } as const
const signs = { accepted: '✓', draft: '×', quarantined: '?', submitted: '…', embargoed: '…', superseded: '→', returned: '↩', withdrawn: '←' } as const

/** What became of a report, by colour, sign and word. */
export function ReportStateMark({ state }: { state: Report['state'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}><span aria-hidden="true">{signs[state]} </span>{t(`reports.states.${state}`)}</Tag>
}
