import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { BulletinFacts } from '../features/bulletins/bulletin-facts'
import { BulletinTools } from '../features/bulletins/bulletin-forms'
import { BulletinLines } from '../features/bulletins/bulletin-lines'
import { BulletinSheet } from '../features/bulletins/bulletin-sheet'
import { BulletinVerbs } from '../features/bulletins/bulletin-verbs'
import { BulletinState } from '../features/bulletins/bulletin-words'
import css from '../features/bulletins/bulletins.module.css'
import { useCan } from '../lib/actor'
import { useLanguage, useText } from '../lib/i18n'
import { bulletinQuery, formDownload } from '../lib/queries/bulletins'
import { useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { PageHead, Stack } from '../ui/page-head'

const route = getRouteApi('/$list/bulletins/$number')

/** A kept bulletin: the sheet as it was frozen, where it stands, and what whoever looks may do with it. */
export function BulletinPage() {
  const { number } = route.useParams()
  return <One number={number} />
}

function One({ number }: { number: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const comments = useCan('bulletin.comment') !== null
  const answer = useQuery(bulletinQuery(list.code, number, useLanguage()))
  return (
    <Stack>
      <Answered query={answer} height={640}>
        {({ bulletin, basis, document, pictures, forms }) => {
          const isKeeper = bulletin.keptBy !== null
          return (
            <Stack>
              <div className={css.noPrint}>
                <PageHead trail={<Link to="/$list/bulletins" params={{ list: list.code }}>{t('bulletins.page')}</Link>} title={text(bulletin.number)} tags={<BulletinState state={bulletin.state} />} />
              </div>
              {document !== null && <BulletinTools address={(form) => formDownload(list.code, number, form)} kept={forms} />}
              <BulletinFacts bulletin={bulletin} />
              {isKeeper && <BulletinVerbs bulletin={bulletin} />}
              {comments && <BulletinLines code={number} isKeeper={isKeeper} />}
              {document === null ? <p className="quiet">{t('bulletins.notYet')}</p> : <BulletinSheet document={document} pictures={pictures} basis={basis} />}
            </Stack>
          )
        }}
      </Answered>
    </Stack>
  )
}
