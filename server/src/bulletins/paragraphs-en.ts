import type { BulletinFigures, BulletinRun } from '@lastmile/shared/bulletin'
import type { Cause } from '@lastmile/shared/changes'
import { drugCount, figureOf, inMoreThan, isAnySilent, joined, listOf, ranked, said, sayingOf } from './saying.js'

const say = sayingOf('en')
const n = figureOf(say)
const inStock = { state: 'in_stock' }
const unknownStates = { state: 'not_known,stale,not_reported' }

/** What each kind of evidence is called, whose word it is, and what it sees. */
export const evidenceEn = {
  declared: { name: 'declared by companies', by: 'by the companies’ declarations', none: 'in stock nowhere' },
  confirmed: { name: 'confirmed by institutions or provinces', by: 'as institutions or their provinces confirm', none: 'confirmed nowhere' },
  supplied: { name: 'actual supply', by: 'by sales and settlements', none: 'with no supply seen' },
} as const

const causes: Record<Cause, string> = {
  new_statement: 'newly reported', restated: 'reported again', negative_statement: 'now reported as not in stock', not_known: 'now reported as not known', not_reported: 'no longer reported', lapse: 'gone stale', closure: 'closed', correction: 'corrected',
}
const breakWords: Record<string, string> = {
  zeros_left_out: 'no longer lists what is not in stock', zeros_back: 'lists what is not in stock again', unknowns_left_out: 'no longer lists what is not known', unknowns_back: 'lists what is not known again', only_in_stock_left: 'lists only what is in stock', same_content: 'sent the same under a new date',
}

const count = (value: number, one: string, more = `${one}s`) => `${say.number(value)} ${value === 1 ? one : more}`

/** What the places of a bulletin are called. */
export function placesEn({ basis }: Pick<BulletinFigures, 'basis'>): { one: string; more: string } {
  if (basis.region !== null) return { one: 'city', more: 'cities' }
  return { one: 'unit', more: 'units' }
}

/** The paragraphs of the first part: what holds, of how many, and what is not known. */
export function overallEn(figures: BulletinFigures): BulletinRun[][] {
  const { basis, total, listName, regionName } = figures
  const words = evidenceEn[basis.evidence]
  if (!figures.reported) return [[`As of ${say.day(basis.asOf)}, nobody has reported under this kind of evidence (${words.name}). This is not zero: it is not known.`]]
  const kinds = ([['hospital', 'hospitals', total.hospitals, 'hospital'], ['pharmacy', 'pharmacies', total.pharmacies, 'pharmacy'], ['other', 'others', total.others, 'other']] as const).filter(([, , value, kind]) => value > 0 || kind !== 'other')
  const breakdown = kinds.flatMap(([one, more, value, kind], i): BulletinRun[] => [i === 0 ? '' : i === kinds.length - 1 ? ' and ' : ', ', n(value, { kind, ...inStock }), ` ${value === 1 ? one : more}`])
  const when = basis.since === null ? `As of ${say.day(basis.asOf)}, ${words.by},` : `From ${say.day(basis.since)} to ${say.day(basis.asOf)}, ${words.by},`
  const seen = basis.evidence === 'supplied' ? 'were seen supplied at' : 'are in stock at'
  const places = placesEn(figures)
  const extent = basis.region === null ? said`, in ${n(total.units, inStock)} of ${total.unitsAll} ${places.more} and ${n(total.cities, inStock)} cities` : said`, in ${n(total.cities, inStock)} cities`
  const lead = joined([...said`${when} ${n(total.drugsStocked, inStock)} of the ${drugCount(say, total.drugsListed)} drugs of the ${listName.en} ${seen} ${n(total.institutions, inStock)} designated institutions${regionName === null ? '' : ` in ${regionName.en}`}: `, ...breakdown, ...extent, '. Institutions are distinct: one that has several drugs is counted once.'].filter((run) => run !== ''))
  return [lead, ...withoutEn(figures), ...breadthEn(figures), ...unknownEn(figures)]
}

function withoutEn({ basis, drugs, total }: BulletinFigures): BulletinRun[][] {
  const named = (word: BulletinFigures['drugs'][number]['said']) => drugs.filter((one) => one.said === word).map(({ name }) => name.en)
  const parts = ([
    [`${is(named('no'))} ${evidenceEn[basis.evidence].none}`, named('no')], [`${has(named('unknown'))} nothing but what is stale or not known`, named('unknown')], [`${is(named('nothing'))} reported by nobody, which is not zero`, named('nothing')],
  ] as const).filter(([, names]) => names.length > 0)
  if (parts.length === 0) return []
  const [first] = parts
  const noun = total.drugsUnstocked === 1 ? 'drug' : 'drugs'
  if (parts.length === 1) return [joined(said`The other ${drugCount(say, total.drugsUnstocked)} ${noun} ${first![0]}: ${say.list(first![1])}.`)]
  return [joined([...said`Of the other ${drugCount(say, total.drugsUnstocked)} ${noun}, `, ...parts.flatMap(([what, names], i) => said`${i === 0 ? '' : '; '}${drugCount(say, names.length)} ${what} (${say.list(names)})`), '.'])]
}

const is = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are')
const has = (names: readonly string[]) => (names.length === 1 ? 'has' : 'have')

function breadthEn(figures: BulletinFigures): BulletinRun[][] {
  const { total: { drugsInMoreThan }, drugs } = figures
  const bounds = drugsInMoreThan.filter((one) => one.drugs > 0)
  const breadth = bounds.length === 0 ? [] : ['By breadth, ', ...listOf(say, bounds.map((one) => [drugCount(say, one.drugs), ` ${one.drugs === 1 ? 'drug is' : 'drugs are'} in more than ${one.units}`])), ` ${placesEn(figures).more}. `]
  const named = ({ bound, drugs: own }: ReturnType<typeof inMoreThan>[number]): BulletinRun[] => [...listOf(say, own.map(({ drug, name, institutions }) => [`${name.en} (`, n(institutions, { drug, ...inStock }), ')'])), ` ${is(own.map(({ drug }) => drug))} at more than ${say.number(bound)} institutions${own.length > 1 ? ' each' : ''}`]
  const most = inMoreThan(drugs).flatMap((one, i) => [i === 0 ? '' : '; ', ...named(one)])
  return breadth.length + most.length === 0 ? [] : [joined([...breadth, ...(most.length === 0 ? [] : [...most, '.'])].filter((run) => run !== ''))]
}

function unknownEn(figures: BulletinFigures): BulletinRun[][] {
  const { total, drugs, places } = figures
  const silent = places.filter(({ isSilent }) => isSilent)
  const names = placesEn(figures)
  const isAnything = total.unknownInstitutions > 0 || drugs.some(({ unknown }) => unknown > 0)
  const parts: BulletinRun[][] = [
    ...(isAnything ? [said`of ${n(total.unknownInstitutions, unknownStates)} more ${total.unknownInstitutions === 1 ? 'institution' : 'institutions'} what was said is stale, not known or no longer reported; they are in no total above`] : []),
    ...(silent.length === 0 ? [] : [[`from ${count(silent.length, names.one, names.more)} nothing that still counts was said (${say.list(silent.slice(0, 12).map(({ name }) => name.en))}${silent.length > 12 ? ' and others' : ''})`]]),
  ]
  const silentOf = isAnySilent(drugs) ? 'Institutions that are eligible for a drug and of which nothing was ever said are not known either: Table 1 has how many. ' : ''
  if (parts.length === 0) return silentOf === '' ? [] : [[`${silentOf}What is not known is not zero.`]]
  return [joined(['Not known: ', ...parts.flatMap((part, i) => [i === 0 ? '' : '; ', ...part]).filter((run) => run !== ''), `. ${silentOf}What is not known is not zero.`])]
}

/** The paragraph before the table of drugs. */
export function ofDrugsEn({ drugs }: BulletinFigures): BulletinRun[] {
  const share = drugs.some((one) => one.share !== null) ? ' Shares are of the institutions eligible for the drug, as a range: the lower end takes those not known (those of which nothing was ever said among them) as no, the upper end as yes. None is given under five eligible.' : ''
  return [`Table 1 has each drug.${share} Institutions of several drugs overlap and must not be added up.`]
}

/** The paragraph before the pictures and the table of places. */
export function ofPlacesEn(figures: BulletinFigures, hasMap: boolean): BulletinRun[] {
  const first = ranked(figures.places).filter(({ institutions }) => institutions > 0).slice(0, 5)
  const top = first.flatMap(({ name, region, institutions }, i): BulletinRun[] => [`${i === 0 ? '' : ', '}${name.en} (`, n(institutions, { region, ...inStock }), ')'])
  return joined([...(first.length === 0 ? [] : ['The most institutions are in ', ...top, '. ']), hasMap ? 'Figure 1 is a map of them; Figure 2 and Table 2 have each place.' : 'Figure 1 and Table 2 have each place.'])
}

/** What changed since the bulletin before. */
export function sinceEn({ since, basis, timeZone, total }: BulletinFigures): BulletinRun[][] {
  if (since === null) return [['No bulletin of this evidence and scope was published before, so nothing is compared.']]
  const counted = (counts: { cause: Cause; count: number }[]): BulletinRun[] => {
    const sum = counts.reduce((all, one) => all + one.count, 0)
    // The page that has them is of the whole.
    const n = (value: number): BulletinRun => (basis.region === null ? { text: say.number(value), page: 'changes', from: since.asOf } : say.number(value))
    return [n(sum), ` ${sum === 1 ? 'institution' : 'institutions'}`, ...(sum === 0 ? [] : [' (', ...listOf(say, counts.filter((one) => one.count > 0).map((one) => [n(one.count), ` ${causes[one.cause]}`])), ')'])]
  }
  const things = ([['drugs that are new', since.drugsEntered], ['drugs that left', since.drugsLeft], ['places that are new', since.placesEntered], ['places that left', since.placesLeft]] as const).filter(([, list]) => list.length > 0).map(([what, list]) => `${what}: ${say.list(list.map(({ name }) => name.en))}`)
  const { entered, left } = since.corrected
  const breaks = since.breaks.map(({ day, source, reason }) => `from ${say.day(day)} on, ${source.en} ${breakWords[reason] ?? 'changed what it reports'}`)
  return [
    joined([`Since ${since.number.en} (as of ${say.day(since.asOf)}), `, ...counted(since.entered), ' entered and ', ...counted(since.left), ` left. ${things.length === 0 ? 'No drug and no place entered or left.' : `${capital(things.join('; '))}.`}`]),
    ...(entered + left === 0 ? [] : [[`That bulletin rests on what was known at ${say.instant(since.knownOn, timeZone)}. By corrections since, ${count(entered, 'institution')} of its day came in and ${count(left, 'institution')} went out; this bulletin holds them.`]]),
    ...(breaks.length === 0 ? [] : [[`Sources changed what they report in between: ${breaks.join('; ')}. What entered and left is partly due to that and is no change on the ground; the totals of the two bulletins (${say.number(total.institutions)} now) are not compared.`]]),
  ]
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** What the figures rest on, and what must not be done with them. */
export function notesEn({ basis, timeZone, sourcesReported, document }: BulletinFigures): BulletinRun[][] {
  const since = basis.since === null ? '' : `, cumulative since ${say.day(basis.since)}`
  const notes = [
    `Evidence: ${evidenceEn[basis.evidence].name}${since}. ${count(sourcesReported, 'source has', 'sources have')} reported. This bulletin has this kind of evidence alone: figures of several kinds are never mixed, added or subtracted.`,
    `As of ${say.day(basis.asOf)}. Known on: ${basis.knownOn === null ? 'now' : say.instant(basis.knownOn, timeZone)}; later corrections do not change this bulletin.`,
    'Not reported, not known and stale are all unknown: neither zero nor “not in stock”.',
    ...(document === null ? [] : [`The list: ${document.en}.`]),
    ...(basis.demonstration ? ['Demonstration data: institutions are synthetic, totals agree with those published; which drugs are in stock nowhere was drawn by lot, and says nothing about the products of real companies.'] : []),
  ]
  return notes.map((text, i) => [`${i + 1}. ${text}`])
}
