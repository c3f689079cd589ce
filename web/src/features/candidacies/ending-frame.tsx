import type { EditionsAnswer } from '@lastmile/shared/candidacy'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { Frame, type FrameQuery } from '../../ui/frame'
import { CountLink } from './count-link'

type Row = EditionsAnswer['ending'][number]

/** Which windows end next, and when who is concerned is told. */
export function EndingFrame({ answer, query }: { answer: EditionsAnswer | undefined; query: FrameQuery }) {
  const { t } = useTranslation()
  const text = useText()
  const format = useFormat()
  const { list } = useWorld()
  const editionOf = (code: string) => answer?.editions.find(({ edition }) => edition.code === code)?.edition
  const nameOf = ({ edition }: Row) => { const one = editionOf(edition); return one ? text(one.name) : edition }
  const remindOf = ({ edition }: Row) => { const one = editionOf(edition)?.remind; return one ? t('candidacies.remindDays', { days: format.join(one.before.map((n) => format.number(n))) }) : t('candidacies.noReminder') }
  const columns: Column<Row>[] = [
    { id: 'endsOn', header: t('candidacies.endsOn'), heading: true, value: ({ endsOn }) => endsOn, cell: ({ endsOn }) => format.day(endsOn) },
    { id: 'left', header: t('candidacies.daysLeft'), numeric: true, value: ({ daysLeft }) => daysLeft },
    { id: 'edition', header: t('candidacies.edition'), value: nameOf },
    { id: 'what', header: t('candidacies.whatEnds'), value: ({ temporary }) => t(temporary ? 'candidacies.standings.temporary_inclusion' : 'candidacies.standings.in_force') },
    { id: 'drugs', header: t('candidacies.drugs'), numeric: true, value: ({ drugs }) => drugs, cell: (row) => <><CountLink count={row.drugs} search={{ edition: row.edition, ends: row.endsOn, stage: row.temporary ? 'temporary_inclusion' : 'in_force', ...(list.demonstration ? { madeUp: row.madeUp ? 'true' : 'false' } : {}) }} label={`${nameOf(row)} ${row.endsOn}`} />{row.madeUp && <div className="quiet">{t('candidacies.madeUp')}</div>}</> },
    { id: 'remind', header: t('candidacies.reminded'), sortable: false, value: remindOf },
  ]
  const rows = answer?.ending ?? []
  const key = ({ edition, endsOn, madeUp, temporary }: Row) => `${edition} ${endsOn} ${madeUp} ${temporary}`
  return (
    <Frame<Row> id="ending" title={t('candidacies.ending')} unit={t('candidacies.unitDrugs')} basis={answer?.basis ?? null} query={query} picture={false} empty={answer && rows.length === 0 ? t('candidacies.endingNone') : undefined} twin={{ columns, rows, rowKey: key }}>
      <DataTable columns={columns} rows={rows} rowKey={key} caption={t('candidacies.ending')} />
    </Frame>
  )
}
