import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OwnDrugs } from '../features/entries/own-drugs'
import { useActor, useCan } from '../lib/actor'
import { entryFormQuery, entrySourcesQuery } from '../lib/queries/entries'
import { institutionQuery } from '../lib/queries/rows'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Empty } from '../ui/empty'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'

/** An institution's own page: how each drug is there, said in under a minute. */
export function OwnPage() {
  const { t } = useTranslation()
  const { institution } = useActor()
  const sends = useCan('report.send') !== null && institution !== null
  return (
    <Stack>
      <PageHead title={t('entries.own.page')} lead={<p>{t('entries.own.lead')}</p>} />
      {sends ? <Own institution={institution} /> : <NotYours />}
    </Stack>
  )
}

function Own({ institution }: { institution: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const sources = useQuery(entrySourcesQuery(list.code))
  const source = sources.data?.sources[0]?.code
  const form = useQuery({ ...entryFormQuery(list.code, { source: source ?? '', limit: 2_000 }), enabled: source !== undefined })
  const known = useQuery(institutionQuery(list.code, institution))
  return (
    <Answered query={sources} height={320}>
      {() => (source === undefined ? <Empty>{t('entries.own.noSource')}</Empty>
        : <Answered query={form} height={320}>{(shown) => (shown.rows.length === 0 ? <Empty>{t('entries.own.none')}</Empty> : <Answered query={known} height={320}>{({ drugs }) => <OwnDrugs form={shown} known={drugs} />}</Answered>)}</Answered>)}
    </Answered>
  )
}
