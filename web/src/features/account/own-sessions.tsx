import type { OwnAccountAnswer } from '@lastmile/shared/account'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useHomeInstant } from '../../lib/home-zone'
import { endOtherSessions, endSession } from '../../lib/queries/session'
import { useDoing } from '../../lib/use-doing'
import { DataTable, type Column } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'

type Row = OwnAccountAnswer['sessions'][number]

/** Where an account is signed in, with the way to end each. `onChange`: one has ended. */
export function OwnSessions({ sessions, onChange }: { sessions: readonly Row[]; onChange: () => unknown }) {
  const { t } = useTranslation()
  const format = useFormat()
  const instant = useHomeInstant()
  const [ended, setEnded] = useState<number | null>(null)
  const end = useDoing(endSession, () => { setEnded(1); return onChange() })
  const others = useDoing(endOtherSessions, ({ ended }) => { setEnded(ended); return onChange() })
  const begin = (one: () => Promise<void>) => {
    setEnded(null)
    end.clear()
    others.clear()
    void one()
  }
  const columns: Column<Row>[] = [
    { id: 'device', header: t('account.page.device'), heading: true, value: (row) => deviceOf(row.agent) ?? t('account.page.unknownDevice'), cell: (row) => <>{deviceOf(row.agent) ?? t('account.page.unknownDevice')}{row.current && <> <Tag tone="good">{t('account.page.here')}</Tag></>}</> },
    { id: 'since', header: t('account.page.since'), value: (row) => row.createdAt, cell: (row) => <span className="number">{instant(row.createdAt)}</span> },
    { id: 'seen', header: t('account.page.seen'), value: (row) => row.lastSeenAt, cell: (row) => <span className="number">{instant(row.lastSeenAt)}</span> },
    { id: 'until', header: t('account.page.until'), value: (row) => row.expiresAt, cell: (row) => <span className="number">{instant(row.expiresAt)}</span> },
    { id: 'end', header: t('account.page.end'), sortable: false, value: () => null, cell: (row) => (row.current ? '' : <Button onClick={() => begin(() => end.run(row.id))} disabled={end.busy}>{t('account.page.end')}</Button>) },
  ]
  return (
    <Panel title={t('account.page.sessions')} tools={sessions.length > 1 && <Button onClick={() => begin(others.run)} disabled={others.busy}>{t('account.page.endOthers')}</Button>}>
      <FormProblem error={end.error ?? others.error} />
      {ended !== null && <Done>{t('account.page.endedOthers', { count: ended, formatted: format.number(ended) })}</Done>}
      <DataTable columns={columns} rows={sessions} rowKey={(row) => row.id} caption={t('account.page.sessions')} />
    </Panel>
  )
}

/** Browser and system of a user agent, as people call them; null for what is none. */
function deviceOf(agent: string): string | null {
  const browser = ([['Edg/', 'Edge'], ['MicroMessenger/', 'WeChat'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const).find(([sign]) => agent.includes(sign))?.[1]
  const system = ([['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const).find(([sign]) => agent.includes(sign))?.[1]
  return browser === undefined && system === undefined ? agent.slice(0, 60) || null : [browser, system].filter(Boolean).join(' · ')
}
