import type { Company, Drug } from '@lastmile/shared/drug'
import type { Evidence } from '@lastmile/shared/evidence'
import type { List } from '@lastmile/shared/list'
import { noUnit, type RegionsAnswer } from '@lastmile/shared/region'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from './i18n'
import { companiesQuery, drugsQuery, listsQuery, regionsQuery } from './queries/lists'
import type { ListSearch } from './search'

/** The list on screen and the names of what it speaks of. */
export interface World {
  list: List
  lists: readonly List[]
  /** In list order. */
  drugs: readonly Drug[]
  companies: readonly (Company & { drugs: string[] })[]
  regions: RegionsAnswer
  /** What the region set's divisions are called: units and cities in China, states and counties in the U.S. `region`: a unit to whoever looks for a place, and knows no units. */
  places: { unit: string; units: string; region: string; city: string; cities: string }
  drug(code: string): Drug | undefined
  company(code: string): (Company & { drugs: string[] }) | undefined
  /** Names in the language on screen; the code where nothing is known by it. */
  drugName(code: string): string
  companyName(code: string): string
  /** Of what lies in no unit too. */
  unitName(code: string): string
}

const WorldContext = createContext<World | null>(null)

/** Loads list, drugs, companies and units, and gives them to all below. Suspends until they are there. */
export function WorldProvider({ code, children }: { code: string; children: ReactNode }) {
  const { t } = useTranslation()
  const text = useText()
  const [lists, drugs, companies, regions] = useSuspenseQueries({ queries: [listsQuery(), drugsQuery(code), companiesQuery(code), regionsQuery(code)] })
  const world = useMemo<World | null>(() => {
    const list = lists.data.lists.find((one) => one.code === code)
    if (!list) return null
    const drugOf = new Map(drugs.data.drugs.map((drug) => [drug.code, drug]))
    const companyOf = new Map(companies.data.companies.map((company) => [company.code, company]))
    const unitOf = new Map([...regions.data.units, ...regions.data.outOfScope].map((unit) => [unit.code, unit]))
    const { regionSet } = regions.data
    const set = regionSet === 'cn' || regionSet === 'us' ? regionSet : 'other'
    const named = (code: string, thing: { name: { zh: string; en: string } } | undefined) => (thing ? text(thing.name) : code)
    return {
      list, lists: lists.data.lists, drugs: [...drugs.data.drugs].sort((a, b) => a.no - b.no), companies: companies.data.companies, regions: regions.data,
      places: { unit: t(`words.places.${set}.unit`), units: t(`words.places.${set}.units`), region: t(`words.places.${set}.region`), city: t(`words.places.${set}.city`), cities: t(`words.places.${set}.cities`) },
      drug: (one) => drugOf.get(one), company: (one) => companyOf.get(one),
      drugName: (one) => named(one, drugOf.get(one)), companyName: (one) => named(one, companyOf.get(one)), unitName: (one) => (one === noUnit ? t('parts.noUnit') : named(one, unitOf.get(one))),
    }
  }, [code, lists.data, drugs.data, companies.data, regions.data, text, t])
  if (!world) throw new Error(`list ${code} is not in /api/lists`)
  return <WorldContext value={world}>{children}</WorldContext>
}

/** The list on screen. Only below {@link WorldProvider}. */
export function useWorld(): World {
  const world = useContext(WorldContext)
  if (!world) throw new Error('useWorld outside of a list')
  return world
}

/** What the page asks: the kind of evidence and the times in its URL, with the list's own defaults. */
export interface Asking {
  evidence: Evidence
  /** The day shown: the URL's, else the list's today. */
  asOf: string
  knownOn: string | undefined
  since: string | undefined
  /** The same as parameters of a question; what is not in the URL is left out, so that the server decides. */
  params: { evidence: Evidence; asOf?: string; knownOn?: string; since?: string }
}

/** {@link Asking} of the page on screen. */
export function useAsking(): Asking {
  const { list } = useWorld()
  const search: ListSearch = useSearch({ strict: false })
  const { asOf, knownOn, since } = search
  const evidence = search.evidence ?? (list.evidences.includes('declared') ? 'declared' : list.evidences[0] ?? 'declared')
  return useMemo(() => ({
    evidence, asOf: asOf ?? list.today, knownOn, since,
    params: { evidence, ...(asOf ? { asOf } : {}), ...(knownOn ? { knownOn } : {}), ...(since && evidence === 'supplied' ? { since } : {}) },
  }), [evidence, asOf, knownOn, since, list.today])
}
