import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DemandPanel } from '../features/finder/demand-panel'
import { AidPanel, PaysPanel } from '../features/finder/pays-panel'
import { isNear, ResultsPanel } from '../features/finder/results-panel'
import type { Whence } from '../features/finder/whence'
import { WhencePanel } from '../features/finder/whence-panel'
import { useText } from '../lib/i18n'
import { finderQuery, finderWordsQuery } from '../lib/queries/finder'
import { useWorld } from '../lib/world'
import { PageHead, Stack, Tag } from '../ui/page-head'

const route = getRouteApi('/$list/find/$drug')
const counts = [10, 25, 50] as const
const nowhere = { lat: 0, lng: 0 }

/** One drug for who needs it: where it is near, on whose word, who pays, whom to ask; and where it is not, saying that it is wanted. */
export function FindDrugPage() {
  const { t } = useTranslation()
  const { drug: code } = route.useParams()
  const { list, drug } = useWorld()
  const back = <Link to="/$list/find" params={{ list: list.code }}>{t('finder.back')}</Link>
  if (!drug(code)) return <PageHead title={code} trail={back} lead={<p>{t('finder.notThere', { code })}</p>} />
  return <Finding key={code} code={code} />
}

function Finding({ code }: { code: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { list, drug: find } = useWorld()
  const drug = find(code)!
  const words = useQuery(finderWordsQuery(list.code)).data?.words ?? null
  const own = words?.drugs.find((one) => one.drug === code)
  const [whence, setWhence] = useState<Whence | null>(null)
  const [count, setCount] = useState<number>(counts[0])
  const answer = useQuery({ ...finderQuery(list.code, code, whence?.position ?? nowhere, count), placeholderData: keepPreviousData, enabled: whence !== null })
  const found = whence === null || answer.isPlaceholderData && answer.data?.position !== whence.position ? undefined : answer.data
  const from = (next: Whence) => {
    setWhence(next)
    setCount(counts[0])
  }
  const guessed = found?.place ?? null
  const place = whence === null ? null : whence.by === 'place' ? { code: whence.city ?? whence.unit, name: whence.name } : guessed === null ? null : { code: guessed.city, name: guessed.cityName }
  const chosen = whence?.by === 'place' ? { unit: whence.unit, city: whence.city ?? undefined } : { unit: guessed?.unit, city: guessed?.city }
  const next = counts.find((one) => one > count)
  const other = text(drug.name) === drug.name.zh ? drug.name.en : drug.name.zh
  return (
    <Stack>
      <PageHead
        title={text(drug.name)} trail={<Link to="/$list/find" params={{ list: list.code }}>{t('finder.back')}</Link>} tags={<>{drug.brand && <Tag>{text(drug.brand)}</Tag>}{drug.rareDisease && <Tag>{t('drug.rare')}</Tag>}</>}
        lead={<><p>{other}</p>{(own ?? drug.indication) && <p>{text(own?.plain ?? drug.indication!)}</p>}<p><Link to="/$list/drugs/$drug" params={{ list: list.code, drug: code }}>{t('finder.drugPage')}</Link></p></>}
      />
      <WhencePanel onWhence={from} />
      {whence !== null && <ResultsPanel whence={whence} answer={answer} onMore={next === undefined ? undefined : () => setCount(next)} />}
      <PaysPanel code={code} words={words} place={place} />
      <AidPanel code={code} own={own} />
      <DemandPanel code={code} words={words} place={chosen} isOpen={found !== undefined && !isNear(found)} />
    </Stack>
  )
}
