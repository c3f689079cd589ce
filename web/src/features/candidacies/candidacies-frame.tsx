import type { CandidacyRow, EditionsAnswer } from '@lastmile/shared/candidacy'
import { standingStages } from '@lastmile/shared/drug-standing'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../lib/i18n'
import { candidaciesQuery } from '../../lib/queries/candidacies'
import { downloadOf } from '../../lib/queries/download'
import type { EditionsSearch } from '../../lib/searches'
import { useAsking, useWorld } from '../../lib/world'
import { DataTable, type Column } from '../../ui/data-table'
import { SelectField, Toolbar } from '../../ui/field'
import { Frame } from '../../ui/frame'
import { CompanyLink } from '../../ui/names'
import { Tag } from '../../ui/page-head'
import { Pagination } from '../../ui/pagination'
import { sortingOf } from '../../ui/sorting'
import { TextField } from '../../ui/text-field'
import { standingTone, useStageWords } from './candidacy-words'
import { LifeLink } from './life-link'

const limit = 50

/** Drugs in the course of editions, and where each stands on the page's day: those that were published, and one's own. */
export function CandidaciesFrame({ editions, search, onSearch }: { editions: EditionsAnswer['editions']; search: EditionsSearch; onSearch: (next: Partial<EditionsSearch>) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const words = useStageWords()
  const stage = standingStages.find((one) => one === search.stage)
  const asked = { edition: search.edition, stage, search: search.search || undefined, ends: search.ends, contradicted: search.contradicted, madeUp: search.madeUp, asOf: asOf === list.today ? undefined : asOf, knownOn }
  const answer = useQuery({ ...candidaciesQuery(list.code, { ...asked, offset: search.offset ?? 0, limit }), placeholderData: keepPreviousData })
  const place = useRef<HTMLDivElement>(null)
  const isAsked = search.ends !== undefined || search.stage !== undefined || search.contradicted !== undefined || search.madeUp !== undefined
  useEffect(() => {
    if (!isAsked || !place.current) return
    place.current.scrollIntoView({ block: 'start' })
    // Who opened a number far above goes on here; who filters here keeps his field.
    if (!place.current.contains(document.activeElement)) place.current.focus({ preventScroll: true })
  }, [isAsked, search.edition, search.ends, search.stage, search.contradicted, search.madeUp])
  const put = (next: Partial<EditionsSearch>) => onSearch({ ...next, offset: undefined })
  const nameOf = (code: string) => { const one = editions.find(({ edition }) => edition.code === code); return one ? text(one.edition.name) : code }
  const reason = (facts: CandidacyRow['facts'], at: string) => { const said = facts.filter(({ stage: one, on }) => one === at && (on === null || on <= asOf)).at(-1)?.reason ?? null; return said && <div>{t('parts.labelled', { label: t('candidacies.reason'), value: text(said) })}</div> }
  const next = (facts: CandidacyRow['facts']) => { const said = words.next(facts, asOf); return said && <div className="quiet">{said}</div> }
  const columns: Column<CandidacyRow>[] = [
    { id: 'drug', header: t('candidacies.drug'), heading: true, value: ({ name }) => text(name), cell: (row) => <><LifeLink substance={row.drug ?? row.substance} name={row.name} />{row.madeUp && <div><Tag tone="warn">{t('candidacies.madeUp')}</Tag></div>}{!row.published && <div><Tag>{t('candidacies.unpublished')}</Tag></div>}</> },
    { id: 'edition', header: t('candidacies.edition'), value: ({ edition }) => nameOf(edition) },
    { id: 'company', header: t('candidacies.company'), value: ({ companyName }) => (companyName === null ? null : text(companyName)), cell: ({ company }) => (company === null ? <span className="quiet">{t('candidacies.notNamed')}</span> : <CompanyLink code={company} />) },
    { id: 'category', header: t('candidacies.category'), value: ({ categoryCode }) => categoryCode, cell: ({ categoryCode }) => categoryCode ?? <span className="quiet">{t('candidacies.notKnown')}</span> },
    { id: 'standing', header: t('candidacies.standAt'), value: ({ standing, facts }) => [words.standing(standing), words.next(facts, asOf)].filter((one) => one !== null).join('; '), cell: ({ standing, contradictions, facts }) => <><Tag tone={standingTone(standing.stage)}>{t(`candidacies.standings.${standing.stage}`)}</Tag><div className="quiet">{words.standing(standing)}</div>{reason(facts, standing.stage)}{next(facts)}{contradictions.map((one) => <div key={`${one.kind} ${one.stage}`}><Tag tone="alarm">{t('candidacies.contradiction')}</Tag> {words.contradiction(one)}</div>)}</> },
    { id: 'both', header: t('candidacies.bothLists'), value: ({ bothLists }) => (bothLists === null ? null : t(`candidacies.yesNo.${bothLists ? 'yes' : 'no'}`)), cell: ({ bothLists }) => (bothLists === null ? <span className="quiet">{t('candidacies.notKnown')}</span> : t(`candidacies.yesNo.${bothLists ? 'yes' : 'no'}`)) },
  ]
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={t('candidacies.all')}>
      <Frame<CandidacyRow>
        id="candidacies" title={t('candidacies.all')} unit={t('candidacies.allUnit')} basis={answer.data?.basis ?? null} query={answer} picture={false}
        asks={(
          <Toolbar label={t('rows.filters')}>
            <SelectField label={t('candidacies.edition')} value={search.edition} all={t('parts.all')} options={editions.map(({ edition }) => ({ value: edition.code, label: text(edition.name) }))} onChange={(edition) => put({ edition })} />
            <SelectField label={t('candidacies.standAt')} value={stage} all={t('parts.all')} options={standingStages.map((one) => ({ value: one, label: t(`candidacies.standings.${one}`) }))} onChange={(next) => put({ stage: next })} />
            <TextField label={t('candidacies.search')} value={search.search ?? ''} onChange={(next) => put({ search: next || undefined })} required={false} maxLength={80} />
            <TextField type="date" label={t('candidacies.endsOn')} value={search.ends ?? ''} onChange={(ends) => put({ ends: ends || undefined })} required={false} />
            {list.demonstration && <SelectField label={t('candidacies.madeUp')} value={search.madeUp} all={t('parts.all')} options={(['true', 'false'] as const).map((one) => ({ value: one, label: t(one === 'true' ? 'candidacies.madeUpOnly' : 'candidacies.madeUpNot') }))} onChange={(one) => put({ madeUp: one === 'true' || one === 'false' ? one : undefined })} />}
            <SelectField label={t('candidacies.contradicted')} value={search.contradicted} all={t('parts.all')} options={[{ value: 'true', label: t('candidacies.contradicted') }]} onChange={(next) => put({ contradicted: next === 'true' ? 'true' : undefined })} />
          </Toolbar>
        )}
        empty={answer.data?.page.total !== 0 ? undefined : search.edition !== undefined && editions.length > 0 && !editions.some(({ edition }) => edition.code === search.edition) ? t('candidacies.noEdition') : t('candidacies.none')}
        twin={{ columns, rows: answer.data?.rows ?? [], rowKey: ({ code }) => code }} downloads={{ csv: downloadOf(list.code, 'candidacies', asked, 'csv'), xlsx: downloadOf(list.code, 'candidacies', asked, 'xlsx') }}
      >
        <DataTable columns={columns} rows={answer.data?.rows ?? []} rowKey={({ code }) => code} caption={t('candidacies.all')} sorting={sortingOf([], undefined, undefined)} maxHeight={640} />
        {answer.data && answer.data.page.total > limit && <Pagination page={answer.data.page} onPage={(offset) => onSearch({ offset: offset || undefined })} />}
      </Frame>
    </div>
  )
}
