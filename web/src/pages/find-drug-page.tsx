import { Position } from '@lastmile/shared/position'
import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DemandPanel } from '../features/finder/demand-panel'
import { AidPanel, PaysPanel } from '../features/finder/pays-panel'
import { paidAt } from '../features/finder/paid-at'
import type { ChosenPlace } from '../features/finder/place-fields'
import { isNear, ResultsPanel } from '../features/finder/results-panel'
import type { Whence } from '../features/finder/whence'
import { WhencePanel } from '../features/finder/whence-panel'
import { useText } from '../lib/i18n'
import { finderQuery, finderWordsQuery } from '../lib/queries/finder'
import { regionQuery } from '../lib/queries/lists'
import { useWorld } from '../lib/world'
import { PageHead, Stack, Tag } from '../ui/page-head'

const route = getRouteApi('/$list/find/$drug')
const counts = [10, 25, 50] as const
const nowhere = { lat: 0, lng: 0 }
const isSame = (one: Position, other: Position) => one.lat === other.lat && one.lng === other.lng

/** One drug for who needs it: where it is near, on whose word, who pays, whom to ask; and where it is not, saying that it is wanted. */
export function FindDrugPage() {
  const { t } = useTranslation()
  const { drug: code } = route.useParams()
  const { list, drug } = useWorld()
  const back = <Link to="/$list/find" params={{ list: list.code }}>{t('finder.back')}</Link>
  if (!drug(code)) return <PageHead title={code} trail={back} lead={<p>{t('finder.notThere', { code })}</p>} />
  return <Finding code={code} />
}

function Finding({ code }: { code: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { list, drug: find, regions } = useWorld()
  const drug = find(code)!
  const words = useQuery(finderWordsQuery(list.code)).data?.words ?? null
  const own = words?.drugs.find((one) => one.drug === code)
  const { region: asked, city: askedCity } = route.useSearch()
  const navigate = route.useNavigate()
  const unit = regions.units.some((one) => one.code === asked) ? asked : undefined
  const region = useQuery({ ...regionQuery(list.code, unit ?? ''), enabled: unit !== undefined })
  const city = unit === undefined ? undefined : region.data?.cities.find((one) => one.code === askedCity)
  const [device, setDevice] = useState<Position | null>(null)
  const whence = useMemo<Whence | null>(
    () => (device !== null ? { by: 'device', position: device } : unit !== undefined && city?.centroid ? { by: 'place', unit, city: city.code, name: city.name, position: Position.parse(city.centroid) } : null),
    [device, unit, city],
  )
  const [count, setCount] = useState<number>(counts[0])
  const answer = useQuery({ ...finderQuery(list.code, code, whence?.position ?? nowhere, count), placeholderData: keepPreviousData, enabled: whence !== null })
  // While more is asked of one place, what was answered of it stays; what was answered of another place is never told as of this one.
  const found = whence !== null && answer.data && isSame(answer.data.position, whence.position) ? answer.data : undefined
  const from = (position: Position | null, place: ChosenPlace) => {
    setDevice(position)
    setCount(counts[0])
    void navigate({ search: (previous) => ({ ...previous, region: place.unit, city: place.city }), replace: true, resetScroll: false })
  }
  // Only a place that was chosen fills the form: of one worked out from the device, asking for its cities would put it in an address.
  const chosen = whence?.by === 'place' ? { unit: whence.unit, city: whence.city ?? undefined } : { unit: undefined, city: undefined }
  const next = counts.find((one) => one > count)
  const other = text(drug.name) === drug.name.zh ? drug.name.en : drug.name.zh
  return (
    <Stack>
      <PageHead
        title={text(drug.name)} trail={<Link to="/$list/find" params={{ list: list.code }}>{t('finder.back')}</Link>} tags={<>{drug.brand && <Tag>{text(drug.brand)}</Tag>}{drug.rareDisease && <Tag>{t('drug.rare')}</Tag>}</>}
        lead={<><p>{other}</p>{(own ?? drug.indication) && <p>{text(own?.plain ?? drug.indication!)}</p>}<p><Link to="/$list/drugs/$drug" params={{ list: list.code, drug: code }}>{t('finder.drugPage')}</Link></p></>}
      />
      <WhencePanel
        place={{ unit, city: city?.code }} without={device === null && city && !city.centroid ? city.name : null}
        onDevice={(position) => from(position, { unit: undefined, city: undefined })} onPlace={(place) => from(place.city === undefined ? device : null, place)}
      />
      {whence !== null && <ResultsPanel whence={whence} found={found} error={answer.error} onRetry={() => void answer.refetch()} onMore={next === undefined ? undefined : () => setCount(next)} />}
      <PaysPanel code={code} words={words} place={paidAt(whence, found?.place ?? null)} />
      <AidPanel code={code} own={own} />
      <DemandPanel code={code} words={words} place={chosen} isOpen={found !== undefined && !isNear(found)} />
    </Stack>
  )
}
