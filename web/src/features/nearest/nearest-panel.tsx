import type { Kind } from '@lastmile/shared/kind'
import type { NearestAnswer, NearestRow } from '@lastmile/shared/nearest'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { nearestQuery } from '../../lib/queries/nearest'
import { useAsking, useWorld } from '../../lib/world'
import { WorldPointMap } from '../../map/lazy'
import { Choices } from '../../ui/choices'
import { Button } from '../../ui/field'
import { Frame, type FrameQuery } from '../../ui/frame'
import css from './nearest.module.css'
import { NearestList } from './nearest-list'
import { useNearestColumns } from './nearest-columns'
import { useStockWords } from './stock-words'
import { useNearestMarks } from './use-nearest-marks'
import type { Whence } from './whence'
import { WhenceForm } from './whence-form'

const counts = [20, 50, 100] as const
const nowhere = { lat: 0, lng: 0 }
const idle: FrameQuery = { isAsked: false, isPending: false, isPlaceholderData: false, error: null, refetch: () => undefined }

/** The nearest institutions known to have a drug, from where a person says he is. Where that is stands in no URL and is forgotten with the page. */
export function NearestPanel({ code }: { code: string }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { evidence, asOf, params, knownOn } = useAsking()
  const [whence, setWhence] = useState<Whence | null>(null)
  const [kind, setKind] = useState<Kind | 'all'>('all')
  const [count, setCount] = useState<number>(counts[0])
  const words = useStockWords(code, evidence)
  const columns = useNearestColumns(words.state)
  const asked = whence !== null && knownOn === undefined
  const question = { drug: code, evidence, asOf: params.asOf, kind: kind === 'all' ? undefined : kind, count, position: whence?.position ?? nowhere }
  const answer = useQuery({ ...nearestQuery(list.code, question), placeholderData: keepPreviousData, enabled: asked })
  const data = asked ? answer.data : undefined
  const basis = data?.basis ?? { list: list.code, evidence, asOf, today: list.today, knownOn: null, since: evidence === 'supplied' ? list.inForce : null, demonstration: list.demonstration }
  const empty = useEmpty(data, { whence, knownOn: knownOn !== undefined, evidence, asOf, kind })
  const from = (next: Whence | null) => {
    setWhence(next)
    setCount(counts[0])
  }
  return (
    <Frame<NearestRow>
      id="nearest" title={words.title} unit={t('nearest.unit')} basis={basis} query={asked ? answer : idle} height={200} empty={empty}
      twin={{ columns, rows: data?.rows ?? [], rowKey: (row) => row.code }}
      actions={<Choices label={t('rows.kind')} value={kind} options={(['all', 'hospital', 'pharmacy'] as const).map((one) => ({ value: one, label: t(one === 'all' ? 'words.kind.all' : `words.kinds.${one}`) }))} onChange={setKind} />}
      asks={<><WhenceForm onWhence={from} /><p className="quiet">{t('nearest.private')}</p></>}
    >
      {data && whence && <Found answer={data} whence={whence} label={words.title} onMore={() => setCount((now) => counts.find((one) => one > now) ?? now)} />}
    </Frame>
  )
}

function Found({ answer, whence, label, onMore }: { answer: NearestAnswer; whence: Whence; label: string; onMore: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useText()
  const { list } = useWorld()
  const { params } = useAsking()
  const navigate = useNavigate()
  const marks = useNearestMarks(answer)
  // Not `lng`: to the translator that is a language.
  const degrees = { north: format.number(answer.position.lat), east: format.number(answer.position.lng) }
  const from = whence.by === 'place' ? t('nearest.fromPlace', { place: text(whence.name), ...degrees }) : t('nearest.fromDegrees', degrees)
  const here = useMemo(() => ({ ...answer.position, label: t('nearest.here') }), [answer.position, t])
  const [shown, all] = [format.number(answer.rows.length), format.number(answer.stocked)]
  const unplaced = answer.more ? 0 : answer.stocked - answer.rows.length
  const most = answer.count >= counts[counts.length - 1]!
  return (
    <>
      <p role="status">
        {from} {answer.more ? t('nearest.some', { shown, all }) : t('nearest.all', { count: answer.rows.length, shown })}
        {unplaced > 0 && ` ${t('nearest.unplaced', { count: unplaced, formatted: format.number(unplaced) })}`}
      </p>
      <p className="quiet">{t('nearest.ring')}</p>
      <div className={css.found}>
        <div>
          <NearestList answer={answer} label={label} />
          {answer.more && (most ? <p className={css.after}>{t('nearest.most')}</p> : <p className={css.after}><Button onClick={onMore}>{t('nearest.more')}</Button></p>)}
        </div>
        <WorldPointMap
          marks={marks} whole={marks} here={here} height={360} legend={t('words.legend')} ariaLabel={t('nearest.map')}
          onOpen={({ id }) => {
            const bbox = marks.find((one) => one.id === id)?.bbox ?? undefined
            if (bbox === undefined) void navigate({ to: '/$list/institutions/$code', params: { list: list.code, code: id } })
            else void navigate({ to: '/$list/institutions', params: { list: list.code }, search: { ...params, drug: answer.drug, state: 'in_stock', bbox } })
          }}
        />
      </div>
    </>
  )
}

/** What to say instead of a list: why there is none. Nobody known is not nobody. */
function useEmpty(answer: NearestAnswer | undefined, { whence, knownOn, evidence, asOf, kind }: { whence: Whence | null; knownOn: boolean; evidence: 'declared' | 'confirmed' | 'supplied'; asOf: string; kind: Kind | 'all' }): string | undefined {
  const { t } = useTranslation()
  const format = useFormat()
  if (knownOn) return t('nearest.knownNow')
  if (whence === null) return t('nearest.notYet')
  if (!answer || answer.rows.length > 0) return undefined
  if (answer.stocked > 0) return t('nearest.noneplaced', { count: answer.stocked, formatted: format.number(answer.stocked) })
  const of = { day: format.day(asOf), kind: t(kind === 'all' ? 'nearest.anyKind' : kind === 'hospital' ? 'nearest.aHospital' : 'nearest.aPharmacy') }
  return t(evidence === 'supplied' ? 'nearest.noneSupplied' : 'nearest.none', of)
}
