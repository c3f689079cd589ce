import type { Actor } from '@lastmile/shared/account'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMayLook } from './actor'
import { useText } from './i18n'
import { companiesQuery, listsQuery, regionQuery, regionsQuery } from './queries/lists'
import { institutionQuery } from './queries/rows'

/** What an account, an actor or a preview is of. */
export type Own = Pick<Actor, 'role' | 'list' | 'unit' | 'city' | 'company' | 'insurer' | 'institution'>

/** What somebody is of, by name: a province, a city, a company, an institution; the whole nation where of nothing narrower. A code until its name has come. */
export function useScopeName({ role, list, unit, city, company, insurer, institution }: Own): string | null {
  const { t } = useTranslation()
  const text = useText()
  const isNamed = useMayLook() && (unit !== null || city !== null || company !== null || institution !== null)
  const lists = useQuery({ ...listsQuery(), enabled: isNamed && list === null })
  const code = (isNamed ? list ?? lists.data?.lists[0]?.code : null) ?? ''
  const regions = useQuery({ ...regionsQuery(code), enabled: code !== '' && unit !== null && city === null })
  const region = useQuery({ ...regionQuery(code, city ?? ''), enabled: code !== '' && city !== null })
  const companies = useQuery({ ...companiesQuery(code), enabled: code !== '' && company !== null })
  const place = useQuery({ ...institutionQuery(code, institution ?? ''), enabled: code !== '' && institution !== null })
  const named = (code: string, thing: { name: { zh: string; en: string } } | undefined) => (thing ? text(thing.name) : code)
  if (institution !== null) return place.data?.institution.name ?? institution
  if (company !== null) return named(company, companies.data?.companies.find((one) => one.code === company))
  if (insurer !== null) return insurer
  if (city !== null) return named(city, region.data)
  if (unit !== null) return named(unit, regions.data?.units.find((one) => one.code === unit))
  return role === 'public' || role === 'unproven' || role === 'insurer' ? null : t('account.national')
}

/** The same with the role: "Shandong · provincial officer". */
export function useScopeWords(own: Own): string {
  const { t } = useTranslation()
  const scope = useScopeName(own)
  const role = t(`account.roles.${own.role}`)
  return scope === null ? role : `${scope} · ${role}`
}
