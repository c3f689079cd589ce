import { feedDays, type FeedDay, type FeedSchedule } from '@lastmile/shared/feed'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../../ui/field'
import { Fields } from '../../ui/panel'
import { TextField } from '../../ui/text-field'
import type { FeedDraft } from './feed-draft'

/** The fields of a feed, but for its list and source. `wrong`: the field that the server found wrong. */
export function FeedFields({ draft, onChange, wrong }: { draft: FeedDraft; onChange: (draft: FeedDraft) => void; wrong: string | null }) {
  const { t } = useTranslation()
  const put = (next: Partial<FeedDraft>) => onChange({ ...draft, ...next })
  const schedules = (['minutes', 'hours', 'day'] as const).map((value) => ({ value, label: t(`feeds.every.${value}`) }))
  return (
    <Fields>
      <TextField label={t('feeds.name')} value={draft.name} onChange={(name) => put({ name })} maxLength={200} hint={t('feeds.nameHint')} invalid={wrong === 'name'} />
      <SelectField label={t('feeds.kind')} value={draft.kind} options={[{ value: 'folder', label: t('feeds.kinds.folder') }, { value: 'url', label: t('feeds.kinds.url') }]} onChange={(kind) => put({ kind: kind === 'url' ? 'url' : 'folder' })} />
      {draft.kind === 'folder'
        ? <TextField label={t('feeds.folder')} value={draft.folder} onChange={(folder) => put({ folder })} maxLength={1_000} hint={t('feeds.folderHint')} invalid={wrong === 'where.folder'} />
        : <TextField label={t('feeds.url')} value={draft.url} onChange={(url) => put({ url })} maxLength={2_000} hint={t('feeds.urlHint')} invalid={wrong === 'where.url'} />}
      {draft.kind === 'url' && <TextField label={t('feeds.token')} value={draft.token} onChange={(token) => put({ token })} required={false} maxLength={80} hint={t('feeds.tokenHint')} invalid={wrong === 'where.token'} />}
      <TextField label={t('feeds.file')} value={draft.file} onChange={(file) => put({ file })} maxLength={200} hint={t('feeds.fileHint')} invalid={wrong === 'file'} />
      <SelectField label={t('feeds.dayFrom')} value={draft.dayFrom} options={feedDays.map((value) => ({ value, label: t(`feeds.days.${value}`) }))} onChange={(dayFrom) => put({ dayFrom: (dayFrom ?? 'modified') as FeedDay })} hint={t(`feeds.daysMean.${draft.dayFrom}`)} />
      <SelectField label={t('feeds.schedule')} value={draft.every} options={schedules} onChange={(every) => put({ every: (every ?? 'day') as FeedSchedule['every'] })} />
      {draft.every === 'day'
        ? <TextField label={t('feeds.at')} value={draft.at} onChange={(at) => put({ at })} pattern="([01]\d|2[0-3]):[0-5]\d" hint={t('feeds.atHint')} invalid={wrong === 'schedule.at'} />
        : <TextField label={t(`feeds.count.${draft.every}`)} value={draft.count} onChange={(count) => put({ count })} inputMode="numeric" pattern="\d{1,4}" hint={t(`feeds.countHint.${draft.every}`)} invalid={wrong === 'schedule.count'} />}
      <SelectField label={t('feeds.state')} value={draft.enabled ? 'on' : 'off'} options={[{ value: 'on', label: t('feeds.on') }, { value: 'off', label: t('feeds.off') }]} onChange={(state) => put({ enabled: state === 'on' })} />
    </Fields>
  )
}
