import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CandidacyPanel } from '../features/candidacies/candidacy-panel'
import { EligibilityFacts, EligibilityParts } from '../features/candidacies/eligibility-parts'
import { LifeFrame } from '../features/candidacies/life-frame'
import { FirstStocked } from '../features/candidacies/first-stocked'
import { useText } from '../lib/i18n'
import { lifeQuery } from '../lib/queries/candidacies'
import { useAsking, useWorld } from '../lib/world'
import { Answered } from '../ui/answered'
import { PageHead, Stack, Tag } from '../ui/page-head'
import { Panel } from '../ui/panel'
import { SeeAlso } from '../ui/see-also'
import { TimeBar } from '../ui/time-bar'

const route = getRouteApi('/$list/drugs/$drug/life')

/** A drug's life across editions: where it stands in each, by which documents, on whose word, and whether it can be applied for to the next. */
export function LifePage() {
  const { t } = useTranslation()
  const text = useText()
  const { list } = useWorld()
  const { asOf, knownOn } = useAsking()
  const { drug: code } = route.useParams()
  const client = useQueryClient()
  const query = useQuery({ ...lifeQuery(list.code, code, { asOf: asOf === list.today ? undefined : asOf, knownOn }), placeholderData: keepPreviousData })
  const again = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === list.code && ['editions', 'candidacies', 'life'].includes(String(queryKey[1])) })
  if (query.data === undefined && query.error !== null) return <Stack><PageHead title={t('candidacies.lifeOf', { drug: code })} trail={<Link to="/$list/editions" params={{ list: list.code }}>{t('candidacies.page')}</Link>} /><Answered query={query} height={480}>{() => null}</Answered></Stack>
  return (
    <Answered query={query} height={480}>
      {(answer) => {
        const nameOf = (edition: string) => { const one = answer.editions.find((some) => some.code === edition); return one ? text(one.name) : edition }
        return (
          <Stack>
            <PageHead
              title={t('candidacies.lifeOf', { drug: text(answer.name) })} lead={<p>{t('candidacies.lifeLead')}</p>} tags={answer.candidacies.every(({ madeUp }) => madeUp) && <Tag tone="warn">{t('candidacies.madeUp')}</Tag>}
              trail={<><Link to="/$list/editions" params={{ list: list.code }}>{t('candidacies.page')}</Link>{answer.drug !== null && <> · <Link to="/$list/drugs/$drug" params={{ list: list.code, drug: answer.drug }}>{t('candidacies.toDrug')}</Link></>}</>}
            >
              {answer.drug !== null && <SeeAlso drug={answer.drug} here={['life', 'drug']} />}
            </PageHead>
            <TimeBar />
            <LifeFrame code={code} answer={answer} query={query} />
            {answer.candidacies.map((row) => <CandidacyPanel key={row.code} row={row} edition={nameOf(row.edition)} now={knownOn === undefined} onChanged={again} />)}
            {answer.eligibility && (
              <Panel title={t('candidacies.nextEdition', { edition: nameOf(answer.eligibility.edition) })} tools={<Tag tone={{ meets: 'good', does_not_meet: 'alarm', not_known: 'warn' }[answer.eligibility.eligibility.state] as 'good' | 'alarm' | 'warn'}>{t(`candidacies.eligible.${answer.eligibility.eligibility.state}`)}</Tag>} lead={text(answer.editions.find(({ code: one }) => one === answer.eligibility?.edition)!.rules!.source)}>
                <div><EligibilityParts row={answer.eligibility} /></div>
                <EligibilityFacts row={answer.eligibility} countedTo={answer.editions.find(({ code: one }) => one === answer.eligibility?.edition)!.rules!.countedTo} />
                {list.demonstration && <p className="quiet">{t('candidacies.inventedPlans')}</p>}
              </Panel>
            )}
            {answer.drug !== null && <FirstStocked drug={answer.drug} first={answer.firstStocked} />}
          </Stack>
        )
      }}
    </Answered>
  )
}
