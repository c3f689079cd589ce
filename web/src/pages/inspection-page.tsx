import { InspectionSubject } from '@lastmile/shared/inspection'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import css from '../features/inspection/inspection.module.css'
import { InspectionTools } from '../features/inspection/inspection-tools'
import { Sheet } from '../features/inspection/sheet'
import { inspectionQuery } from '../lib/queries/inspection'
import type { InspectionSearch } from '../lib/searches'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Empty, Loading } from '../ui/empty'
import { EvidenceSwitch } from '../ui/evidence-switch'
import { PageHead, Stack } from '../ui/page-head'
import { TimeBar } from '../ui/time-bar'

/** The inspection pack: a sheet of paper of one drug, company or province, or of all of them to be printed in one go. */
export function InspectionPage() {
  const { t } = useTranslation()
  const { of, code } = useParams({ strict: false })
  const { company }: InspectionSearch = useSearch({ strict: false })
  const known = InspectionSubject.safeParse(of)
  return (
    <Stack>
      <div className={css.unprinted}><PageHead title={t('inspection.page')} lead={<p>{t('inspection.lead')}</p>} /></div>
      {known.success ? <Sheets of={known.data} code={code} company={company} /> : <Empty>{t('inspection.notThere', { code: of })}</Empty>}
    </Stack>
  )
}

function Sheets({ of, code, company }: { of: InspectionSubject; code: string | undefined; company: string | undefined }) {
  const { t } = useTranslation()
  const { list } = useWorld()
  const { params } = useAsking()
  const answer = useInfiniteQuery(inspectionQuery(list.code, { ...params, of, code, company: of === 'drug' ? company : undefined }))
  const { data, hasNextPage, isFetching, fetchNextPage, error } = answer
  // The sheets come some at a time, so that the page stays alive however many there are.
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage()
  }, [hasNextPage, isFetching, error, fetchNextPage])
  const first = data?.pages[0]
  const sheets = useMemo(() => data?.pages.flatMap((page) => page.sheets.map((sheet, i) => ({ sheet, basis: page.basis, made: page.made, at: page.page.offset + i + 1, total: page.page.total }))) ?? [], [data])
  return (
    <>
      <div className={css.unprinted}>
        <Stack>
          <EvidenceSwitch />
          <TimeBar />
          <InspectionTools of={of} code={code} company={company} done={isFetching ? Math.min(sheets.length, (first?.page.total ?? 1) - 1) : sheets.length} total={first?.page.total} />
        </Stack>
      </div>
      <Answered query={{ data: first, error, refetch: answer.refetch }} height={900}>
        {({ page }) => (page.total === 0 ? <Empty>{t('inspection.none')}</Empty> : <div className={css.sheets}>{sheets.map((one) => <Sheet key={one.sheet.code} {...one} />)}</div>)}
      </Answered>
      {hasNextPage && error === null && <Loading height={120} />}
    </>
  )
}
