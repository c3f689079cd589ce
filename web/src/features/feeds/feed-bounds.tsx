import type { FeedsAnswer } from '@lastmile/shared/feed'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { Facts } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import css from './feeds.module.css'

/** From where this machine lets feeds fetch, and for how long runs are kept. */
export function FeedBounds({ folders, hosts, runDays }: Pick<FeedsAnswer, 'folders' | 'hosts' | 'runDays'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const listed = (names: readonly string[]) => (names.length === 0 ? t('feeds.nothingOpen') : <ul className={css.bounds}>{names.map((one) => <li key={one}><code>{one}</code></li>)}</ul>)
  return (
    <Panel title={t('feeds.bounds')} lead={t('feeds.boundsLead')}>
      <Facts facts={[[t('feeds.foldersOpen'), listed(folders)], [t('feeds.hostsOpen'), listed(hosts)], [t('feeds.kept'), t('feeds.keptFor', { number: format.number(runDays) })]]} />
    </Panel>
  )
}
