import type { Bulletin } from '@lastmile/shared/bulletin'
import { bulletinStates } from '@lastmile/shared/bulletin'
import { evidences } from '@lastmile/shared/evidence'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useEvidenceWords } from '../../lib/evidence-words'
import { capital, useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { bulletinsQuery } from '../../lib/queries/bulletins'
import { downloadOf } from '../../lib/queries/download'
import type { BulletinsSearch } from '../../lib/searches'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { EvidenceBadge } from '../../ui/evidence-badge'
import { SelectField, Toolbar } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { BulletinState } from './bulletin-words'
import css from './bulletins.module.css'

const limit = 50

/** Bulletins in the server's order, the latest day first: those that were published, and those that are for whoever looks. */
export function BulletinsFrame({ search, onSearch }: { search: BulletinsSearch; onSearch: (next: BulletinsSearch) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const words = useEvidenceWords()
  const { list, regions, places } = useWorld()
  const { state, word, region, offset } = search
  const asked = { state, evidence: word, region }
  const answer = useQuery({ ...bulletinsQuery(list.code, { ...asked, offset, limit }), placeholderData: keepPreviousData })
  const rows = answer.data?.rows ?? []
  const when = (one: Bulletin) => {
    const instant = one.withdrawnAt ?? one.publishedAt ?? one.publishAt
    return instant === null ? null : `${t(`bulletins.when.${one.withdrawnAt !== null ? 'withdrawn' : one.publishedAt !== null ? 'published' : 'toBe'}`)} ${format.instant(instant, list.timeZone)}`
  }
  const columns: Column<Bulletin>[] = [
    { id: 'number', header: t('bulletins.number'), heading: true, value: (one) => text(one.number), cell: (one) => <Link to="/$list/bulletins/$number" params={{ list: list.code, number: one.code }}>{text(one.number)}</Link> },
    { id: 'asOf', header: t('bulletins.asOf'), value: (one) => one.asOf, cell: (one) => format.day(one.asOf) },
    { id: 'evidence', header: t('words.evidence.label'), value: (one) => words(one.evidence).name, cell: (one) => <EvidenceBadge evidence={one.evidence} /> },
    { id: 'scope', header: t('bulletins.scope'), value: (one) => (one.regionName === null ? t('bulletins.whole') : text(one.regionName)) },
    { id: 'state', header: t('bulletins.state'), value: (one) => t(`bulletins.states.${one.state}`), cell: (one) => <><BulletinState state={one.state} />{one.openComments !== null && one.openComments > 0 && <span className={css.open}>{t('bulletins.openComments', { count: one.openComments, n: format.number(one.openComments) })}</span>}</> },
    { id: 'when', header: t('bulletins.time'), value: when },
    { id: 'drugs', header: t('bulletins.drugs'), numeric: true, value: (one) => (one.figures === null ? null : `${format.number(one.figures.drugsStocked)} / ${format.number(one.figures.drugsListed)}`) },
    { id: 'institutions', header: t('bulletins.institutions'), numeric: true, value: (one) => one.figures?.institutions ?? null },
  ]
  const change = (next: Partial<BulletinsSearch>) => onSearch({ ...search, offset: undefined, ...next })
  return (
    <Frame<Bulletin>
      id="bulletins" title={t('bulletins.all')} basis={null} query={answer} picture={false} empty={answer.data?.page.total === 0 ? t('bulletins.none') : undefined}
      asks={(
        <Toolbar label={t('rows.filters')}>
          <SelectField label={t('bulletins.state')} value={state} all={t('parts.all')} options={bulletinStates.map((one) => ({ value: one, label: t(`bulletins.states.${one}`) }))} onChange={(next) => change({ state: bulletinStates.find((one) => one === next) })} />
          <SelectField label={t('words.evidence.label')} value={word} all={t('parts.all')} options={evidences.map((one) => ({ value: one, label: words(one).name }))} onChange={(next) => change({ word: evidences.find((one) => one === next) })} />
          <SelectField label={capital(places.unit)} value={region} all={t('parts.all')} options={regions.units.map((one) => ({ value: one.code, label: text(one.name) }))} onChange={(next) => change({ region: next })} />
        </Toolbar>
      )}
      twin={{ columns, rows, rowKey: ({ code }) => code }} downloads={{ csv: downloadOf(list.code, 'bulletins', asked, 'csv'), xlsx: downloadOf(list.code, 'bulletins', asked, 'xlsx') }}
    >
      <DataTable columns={columns} rows={rows} rowKey={({ code }) => code} caption={t('bulletins.all')} sorting={sortingOf([], undefined, undefined)} />
      <p className={css.note}>{t('bulletins.notCompared')}</p>
      {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={(next) => onSearch({ ...search, offset: next || undefined })} />}
    </Frame>
  )
}
