import type { Bulletin } from '@lastmile/shared/bulletin'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { Panel } from '../../ui/panel'
import css from './bulletins.module.css'

/** Where a bulletin stands: by what knowledge, when it was kept and is published, what took its place. */
export function BulletinFacts({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list } = useWorld()
  const at = (instant: string | null) => (instant === null ? null : format.instant(instant, list.timeZone))
  const other = (code: string | null) => (code === null ? null : <Link to="/$list/bulletins/$number" params={{ list: list.code, number: code }}>{code}</Link>)
  const facts = [
    ['knownOn', at(bulletin.knownOn)], ['keptAt', bulletin.keptBy === null ? at(bulletin.keptAt) : `${at(bulletin.keptAt)} · ${bulletin.keptBy}`], ['previewFrom', bulletin.publishedAt === null ? at(bulletin.previewFrom) : null], ['publishAt', bulletin.publishedAt === null ? at(bulletin.publishAt) : null],
    ['publishedAt', at(bulletin.publishedAt)], ['supersedes', other(bulletin.supersedes)], ['madeWith', bulletin.madeWith],
  ] as const
  return (
    <div className={css.noPrint}>
      {bulletin.state === 'withdrawn' && <p className={css.warning}><strong>{t('bulletins.isWithdrawn', { at: at(bulletin.withdrawnAt) })}</strong> {bulletin.withdrawnReason}</p>}
      {bulletin.state === 'superseded' && <p className={css.warning}><strong>{t('bulletins.isSuperseded', { at: at(bulletin.supersededAt) })}</strong> {other(bulletin.supersededBy)}</p>}
      <Panel title={t('bulletins.stands')}>
        <dl className={css.facts}>{facts.filter(([, value]) => value !== null).map(([name, value]) => <div key={name}><dt>{t(`bulletins.facts.${name}`)}</dt><dd>{value}</dd></div>)}</dl>
      </Panel>
    </div>
  )
}
