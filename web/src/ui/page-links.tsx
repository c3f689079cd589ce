import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCan, useConfirms } from '../lib/actor'
import css from './page-links.module.css'

/** Every page that the bar leads to, where it stands, and the first words of the addresses of what belongs to it. */
const pages = {
  progress: { to: '/$list/progress', holds: ['progress'] },
  overview: { to: '/$list', holds: [''] },
  find: { to: '/$list/find', holds: ['find'] },
  matrix: { to: '/$list/matrix', holds: ['matrix', 'drugs', 'companies', 'regions'] },
  institutions: { to: '/$list/institutions', holds: ['institutions'] },
  editions: { to: '/$list/editions', holds: ['editions'] },
  ladder: { to: '/$list/ladder', holds: ['ladder'] },
  contradictions: { to: '/$list/contradictions', holds: ['contradictions'] },
  gaps: { to: '/$list/gaps', holds: ['gaps', 'inspection'] },
  planner: { to: '/$list/planner', holds: ['planner'] },
  scorecard: { to: '/$list/scorecard', holds: ['scorecard'] },
  cases: { to: '/$list/cases', holds: ['cases'] },
  companyRequests: { to: '/$list/company-requests', holds: ['company-requests'] },
  demand: { to: '/$list/demand', holds: ['demand'] },
  standards: { to: '/$list/standards', holds: ['standards'] },
  duties: { to: '/$list/duties', holds: ['duties'] },
  bulletins: { to: '/$list/bulletins', holds: ['bulletins'] },
  own: { to: '/$list/my', holds: ['my'] },
  confirm: { to: '/$list/confirm', holds: ['confirm', 'fill'] },
  reports: { to: '/$list/reports', holds: ['reports'] },
  reporting: { to: '/$list/reporting', holds: ['reporting'] },
  plans: { to: '/$list/plans', holds: ['plans'] },
  prices: { to: '/$list/prices', holds: ['prices'] },
  accounts: { to: '/accounts', holds: ['accounts'] },
  keys: { to: '/keys', holds: ['keys'] },
  feeds: { to: '/feeds', holds: ['feeds'] },
  audit: { to: '/audit', holds: ['audit'] },
} as const
type PageName = keyof typeof pages

/** What the pages are for: the bar names these, and the pages of the one where one is. */
const groups = {
  /** What a company opens first. Whoever looks after all of them finds it among what is followed up. */
  home: ['progress'],
  covered: ['overview', 'find', 'matrix', 'ladder', 'institutions', 'editions', 'contradictions'],
  followed: ['gaps', 'planner', 'cases', 'progress', 'companyRequests', 'demand', 'standards', 'duties', 'scorecard', 'bulletins'],
  reported: ['own', 'confirm', 'reports', 'reporting'],
  paid: ['plans', 'prices'],
  run: ['accounts', 'keys', 'feeds', 'audit'],
} as const satisfies Record<string, readonly PageName[]>

/**
 * The ways to the pages that are for whoever looks, in groups: wide, a row of groups and under it the pages of the one where he is; on
 * a phone all of them. `list`: the code of the list to whose pages they lead; undefined: to those that stand in none alone.
 */
export function PageLinks({ list, onClick }: { list: string | undefined; onClick: () => void }) {
  const { t } = useTranslation()
  const offered = useOffered(list)
  const here = useHere(list)
  const isCompany = useActor().company !== null
  const standsIn = (group: string, name: PageName) => offered.has(name) && (name !== 'progress' || (group === 'home') === isCompany)
  const shown = Object.entries(groups).map(([group, names]) => ({ group: group as keyof typeof groups, names: (names as readonly PageName[]).filter((name) => standsIn(group, name)) })).filter(({ names }) => names.length > 0)
  return (
    <ul className={css.groups}>
      {shown.map(({ group, names }) => {
        const isHere = names.some((name) => (pages[name].holds as readonly string[]).includes(here ?? ' '))
        return (
          <li key={group} className={css.group} data-here={isHere}>
            {names.length > 1 && <span className={css.heading} aria-hidden="true">{t(`nav.${group}`)}</span>}
            <PageLink name={names[0]!} list={list} label={t(names.length > 1 ? `nav.${group}` : `nav.${names[0]!}`)} isGroup={names.length > 1} isHere={isHere} onClick={onClick} />
            {names.length > 1 && <ul aria-label={t(`nav.${group}`)}>{names.map((name) => <li key={name}><PageLink name={name} list={list} label={t(`nav.${name}`)} onClick={onClick} /></li>)}</ul>}
          </li>
        )
      })}
    </ul>
  )
}

/** A way to a page; `isGroup`: to the first of a group, which stands for all of it. */
function PageLink({ name, list, label, isGroup = false, isHere = false, onClick }: { name: PageName; list: string | undefined; label: string; isGroup?: boolean; isHere?: boolean; onClick: () => void }) {
  const current = isGroup ? { 'aria-current': isHere, activeProps: { 'aria-current': isHere } as const } : { activeProps: { 'aria-current': 'page' } as const }
  return <Link to={pages[name].to} params={{ list: list ?? '' }} activeOptions={{ exact: name === 'overview', includeSearch: false }} className={isGroup ? css.whole : css.page} onClick={onClick} {...current}>{label}</Link>
}

/** The first word of where one is, in its list if it stands in one. */
function useHere(list: string | undefined): string | undefined {
  const { pathname } = useLocation()
  const words = pathname.split('/').slice(1)
  return list === undefined || words[0] !== encodeURIComponent(list) ? words[0] : words[1] ?? ''
}

/** Which pages are for whoever looks. */
function useOffered(list: string | undefined): ReadonlySet<PageName> {
  const { institution } = useActor()
  const [sends, confirms] = [useCan('report.send'), useConfirms()]
  const offices: Partial<Record<PageName, readonly unknown[]>> = { accounts: [useCan('account.manage')], keys: [useCan('key.manage')], feeds: [useCan('feed.manage')], audit: [useCan('audit.read')] }
  const may: Partial<Record<PageName, readonly unknown[]>> = {
    ...offices, reports: [useCan('report.read'), useCan('source.read')], reporting: [useCan('source.read')], prices: [useCan('price.retail'), useCan('price.settlement')], contradictions: [useCan('contradiction.read')],
    duties: [useCan('duty.read')], planner: [useCan('planner.ask')], scorecard: [useCan('scorecard.read')], cases: [useCan('case.read')], progress: [useCan('progress.read')], companyRequests: [useCan('company_request.read')], demand: [useCan('demand.read')],
    // An institution has a page of its own for it, and companies declare.
    confirm: [institution === null && confirms ? sends : null], own: [institution === null ? null : sends],
  }
  const names = Object.keys(pages) as PageName[]
  return new Set(names.filter((name) => (list !== undefined || name in offices) && (may[name]?.some((one) => one !== null) ?? true)))
}
