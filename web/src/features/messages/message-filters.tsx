import { messageKinds } from '@lastmile/shared/message'
import { useTranslation } from 'react-i18next'
import type { InboxSearch } from '../../lib/searches'
import { Choices } from '../../ui/choices'
import { SelectField, Toolbar } from '../../ui/field'

const states = ['open', 'acknowledged', 'muted', 'all'] as const

/** Which messages: by whether they were acknowledged or muted, and by kind. */
export function MessageFilters({ search, onSearch }: { search: InboxSearch; onSearch: (search: InboxSearch) => void }) {
  const { t } = useTranslation()
  return (
    <Toolbar label={t('messages.filters')}>
      <Choices label={t('messages.state')} labelled value={search.state ?? 'open'} options={states.map((value) => ({ value, label: t(`messages.states.${value}`) }))} onChange={(state) => onSearch({ ...search, state: state === 'open' ? undefined : state, offset: undefined })} />
      <SelectField label={t('messages.kind')} value={search.kind} all={t('parts.all')} options={messageKinds.map((kind) => ({ value: kind, label: t(`messages.kinds.${kind}.title`) }))} onChange={(kind) => onSearch({ ...search, kind, offset: undefined })} />
    </Toolbar>
  )
}
