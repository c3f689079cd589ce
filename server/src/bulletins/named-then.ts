import type { BulletinFigures } from '@lastmile/shared/bulletin'

/**
 * Figures with the names that drugs, companies and places had in others, and without drugs that the list has only got since:
 * what things are called and which are listed is of the day on which a bulletin was kept, and no instant of knowledge tells it.
 */
export function asNamedIn(then: BulletinFigures, now: BulletinFigures): BulletinFigures {
  const drugs = new Map([...then.drugs, ...then.since?.drugsLeft ?? []].map((one) => [one.drug, one]))
  const places = new Map([...then.places, ...then.since?.placesLeft ?? []].map((one) => [one.region, one]))
  const companies = new Map(then.drugs.map(({ drug, company, companyName }) => [drug, { company, companyName }]))
  const drugNamed = <One extends { drug: string; name: BulletinFigures['listName'] }>(one: One): One => ({ ...one, name: drugs.get(one.drug)?.name ?? one.name })
  const placeNamed = <One extends { region: string; name: BulletinFigures['listName'] }>(one: One): One => ({ ...one, name: places.get(one.region)?.name ?? one.name })
  const order = new Map(then.drugs.map(({ drug }, i) => [drug, i]))
  const orderOf = ({ drug }: { drug: string }) => order.get(drug) ?? order.size
  const listed = now.drugs.filter((one) => order.has(one.drug) || one.said !== 'nothing').sort((a, b) => orderOf(a) - orderOf(b))
  const added = now.drugs.length - listed.length
  const { drugsListed, drugsUnstocked, drugsNotReported } = now.total
  return {
    ...now, listName: then.listName, document: then.document, regionName: then.regionName,
    total: { ...now.total, drugsListed: drugsListed - added, drugsUnstocked: drugsUnstocked - added, drugsNotReported: drugsNotReported - added },
    drugs: listed.map((one) => ({ ...drugNamed(one), ...companies.get(one.drug) })), places: now.places.map(placeNamed),
    since: now.since && {
      ...now.since, drugsEntered: now.since.drugsEntered.map(drugNamed), drugsLeft: now.since.drugsLeft.map(drugNamed), placesEntered: now.since.placesEntered.map(placeNamed), placesLeft: now.since.placesLeft.map(placeNamed),
      breaks: now.since.breaks.map((one, i) => ({ ...one, source: then.since?.breaks[i]?.day === one.day ? then.since.breaks[i].source : one.source })),
    },
  }
}
