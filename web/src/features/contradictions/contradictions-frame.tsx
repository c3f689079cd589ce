import { contradictionOrders, type Contradiction, type ContradictionOrder, type ContradictionsAnswer, type ContradictionSet, type ContradictionsQuestion, type RequestsAnswer } from '@lastmile/shared/contradiction'
import type { SortText } from '@lastmile/shared/sort'
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/actor'
import { useFormat } from '../../lib/format'
import { useText } from '../../lib/i18n'
import { askSources } from '../../lib/queries/contradictions'
import { downloadOf } from '../../lib/queries/download'
import { useDoing } from '../../lib/use-doing'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable } from '../../ui/data-table'
import { Button } from '../../ui/field'
import { Done, FormProblem } from '../../ui/form-problem'
import { Frame } from '../../ui/frame'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { canBeAsked, contradictionColumns, keyOf } from './contradiction-columns'
import css from './contradictions.module.css'

const none: ReadonlySet<string> = new Set()

/** The pairs of one set, a page of them, and the way to ask the sources of some to confirm. */
export function ContradictionsFrame({ set, answer, question, sort, onSort, onOffset }: {
  set: ContradictionSet
  answer: UseQueryResult<ContradictionsAnswer>
  question: Partial<ContradictionsQuestion>
  sort: SortText<ContradictionOrder> | undefined
  onSort: (sort: SortText<ContradictionOrder>) => void
  onOffset: (offset: number) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const world = useWorld()
  const { asOf, knownOn } = useAsking()
  const client = useQueryClient()
  const mayAsk = useCan('contradiction.ask') !== null
  // Sources are asked of what is so today, as it is known now.
  const isNow = asOf === world.list.today && knownOn === undefined
  const [chosen, setChosen] = useState(none)
  const [results, setResults] = useState<RequestsAnswer | null>(null)
  const rows = useMemo(() => answer.data?.rows ?? [], [answer.data])
  const ask = useDoing((of: readonly Contradiction[]) => askSources(world.list.code, { set, pairs: of.map(({ drug, institution }) => ({ drug, institution })) }), (made) => {
    setResults(made)
    setChosen(none)
    return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === world.list.code && queryKey[1] === 'contradictions' })
  })
  const ownerName = useOwnerName()
  const askable = rows.filter(canBeAsked)
  const picked = askable.filter((row) => chosen.has(keyOf(row)))
  const columns = contradictionColumns({
    t, format, world, ownerName, chosen: mayAsk && isNow ? chosen : undefined,
    onChoose: (key, isChosen) => setChosen((before) => new Set(isChosen ? [...before, key] : [...before].filter((one) => one !== key))),
  })
  const total = answer.data?.page.total ?? 0
  const title = t(`contradictions.set.${set}`)
  return (
    <Frame<Contradiction>
      id="contradictions" title={title} unit={t('contradictions.pairs')} basis={answer.data?.basis ?? null} query={answer} picture={false} empty={answer.data && total === 0 ? t('contradictions.none') : undefined}
      twin={{ columns: columns.filter(({ id }) => id !== 'choose'), rows, rowKey: keyOf }}
      downloads={{ csv: downloadOf(world.list.code, 'contradictions', question, 'csv'), xlsx: downloadOf(world.list.code, 'contradictions', question, 'xlsx') }}
    >
      {mayAsk && !isNow && <p className="quiet">{t('contradictions.askToday')}</p>}
      {mayAsk && isNow && (
        <div className={css.ask}>
          <FormProblem error={ask.error} />
          {results !== null && <Done>{saidOf(results)}</Done>}
          <div className={css.buttons}>
            <Button primary disabled={ask.busy || picked.length === 0} onClick={() => { setResults(null); void ask.run(picked) }}>{t('contradictions.ask', { formatted: format.number(picked.length) })}</Button>
            <Button disabled={askable.length === 0} onClick={() => setChosen(picked.length === askable.length ? none : new Set(askable.map(keyOf)))}>{t(picked.length === askable.length && askable.length > 0 ? 'contradictions.chooseNone' : 'contradictions.chooseAll')}</Button>
            <span className="quiet">{t('contradictions.askMeans')}</span>
          </div>
        </div>
      )}
      <DataTable columns={columns} rows={rows} rowKey={keyOf} caption={title} maxHeight={900} sorting={sortingOf(contradictionOrders, sort, onSort)} />
      {answer.data && total > answer.data.page.limit && <Pagination page={answer.data.page} onPage={(offset) => { setChosen(none); onOffset(offset) }} />}
    </Frame>
  )

  function saidOf({ results: all, until }: RequestsAnswer): string {
    const count = (wanted: RequestsAnswer['results'][number]['became']) => all.filter(({ became }) => became === wanted).length
    const [asked, others] = [count('asked'), all.length - count('asked')]
    return [t('contradictions.asked', { formatted: format.number(asked), day: format.day(until) }), ...(others === 0 ? [] : [t('contradictions.notAskedOf', { formatted: format.number(others) })])].join(' ')
  }
}

/** The office whose turn it is: a company or a province by its name, an institution as itself. */
function useOwnerName(): (row: Contradiction) => string {
  const { t } = useTranslation()
  const text = useText()
  const world = useWorld()
  return ({ owner, company, unit, institutionName }) => {
    if (owner === null) return t('contradictions.nobody')
    if (owner.office === 'company') return world.companyName(company)
    if (owner.office === 'institution') return institutionName
    if (owner.sourceName !== undefined) return text(owner.sourceName)
    return unit === null || owner.office === 'national' ? t(`contradictions.office.${owner.office}`) : `${world.unitName(unit)} · ${t(`contradictions.office.${owner.office}`)}`
  }
}
