import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LetterSheet } from '../features/cases/letter-sheet'
import { useCan } from '../lib/actor'
import { useLanguage } from '../lib/i18n'
import { caseQuery } from '../lib/queries/cases'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { Empty } from '../ui/empty'
import { NotYours } from '../ui/not-yours'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/cases/$code/notices/$notice')

/** A letter as it is printed, in Chinese or English. */
export function LetterPage() {
  const { t } = useTranslation()
  const may = useCan('case.read') !== null
  const { list } = useWorld()
  const { code, notice } = route.useParams()
  const own = useLanguage()
  const { language = own } = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery({ ...caseQuery(list.code, code), enabled: may })
  if (!may) return <Stack><PageHead title={t('cases.page')} /><NotYours /></Stack>
  return (
    <Stack>
      <Answered query={answer} height={480}>
        {({ notices, basis }) => {
          const shown = notices.find((one) => one.code === notice)
          if (!shown) return <Empty>{t('cases.none')}</Empty>
          return shown.letters ? <LetterSheet code={code} letters={shown.letters} demonstration={basis.demonstration} language={language} onLanguage={(next) => void navigate({ search: (previous) => ({ ...previous, language: next === own ? undefined : next }), replace: true, resetScroll: false })} /> : <Empty>{t('cases.noLetter')}</Empty>
        }}
      </Answered>
    </Stack>
  )
}
