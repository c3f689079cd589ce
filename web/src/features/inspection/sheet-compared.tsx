import { breakReasons } from '@lastmile/shared/break'
import type { Evidence } from '@lastmile/shared/evidence'
import type { InspectionSheet, SheetPeers, SheetTrend } from '@lastmile/shared/inspection'
import { useTranslation } from 'react-i18next'
import { BandStrip } from '../../charts/band-strip'
import { PrintedSteps } from '../../charts/printed-steps'
import { capital, useFormat } from '../../lib/format'
import { useWorld } from '../../lib/world'
import { RegionLink } from '../../ui/names'
import css from './inspection.module.css'
import { useSubjectName } from './subject'

/** The course of the subject beside how it stands among its peers; of a company, of each of its drugs. */
export function SheetCompared({ sheet, evidence }: { sheet: InspectionSheet; evidence: Evidence }) {
  const { t } = useTranslation()
  const { drugName } = useWorld()
  const { of, peers, trends } = sheet
  return (
    <section className={css.section}>
      {peers.map((one, i) => (
        <div key={one.by === 'class' ? one.drug : 'unit'} className={css.compared}>
          <div>
            <h3>{of === 'company' && one.by === 'class' && peers.length > 1 ? `${drugName(one.drug)} · ` : ''}{t('inspection.trend', { evidence: t(`words.evidence.${evidence}.short`) })}</h3>
            {trends === null ? <p className={css.small}>{t('inspection.trendNow')}</p> : <Trend trend={trends[i]!} sheet={sheet} low={peers.length > 1} />}
          </div>
          <div>
            <h3>{t('inspection.peers')}</h3>
            <Peers peers={one} explains={i === peers.length - 1} />
          </div>
        </div>
      ))}
    </section>
  )
}

function Trend({ trend: { drug, from, to, points, breaks }, sheet, low }: { trend: SheetTrend; sheet: InspectionSheet; low: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { drugName } = useWorld()
  const subject = useSubjectName()
  const told = points.filter((point) => point.institutions !== null)
  const [first, last] = [told[0], told.at(-1)]
  if (!first || !last) return <p className={css.small}>{t('inspection.trendSilent')}</p>
  const name = drug === null ? subject(sheet.of, sheet.code) : drugName(drug)
  const label = t('inspection.trendLabel', { name, from: format.day(first.day), low: format.number(first.institutions!), to: format.day(to), high: points.at(-1)!.institutions === null ? t('inspection.nothingSaid') : format.number(last.institutions!) })
  const reasons = [...new Set(breaks.map(({ reason }) => breakReasons.find((one) => one === reason)))].filter((one) => one !== undefined)
  return (
    <>
      <PrintedSteps points={points.map(({ day, institutions }) => ({ day, value: institutions }))} breaks={[...new Set(breaks.map(({ day }) => day))]} from={from} to={to} label={label} height={low ? 76 : 104} />
      {reasons.length > 0 && <p className={css.small}>┆ {format.join(reasons.map((one) => t(`drug.breaks.${one}`)))}</p>}
    </>
  )
}

/** The bands with the subject's own figures. Provinces are named; of rivals nothing is said but the band. `explains`: how a band is read. */
function Peers({ peers, explains }: { peers: SheetPeers; explains: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places } = useWorld()
  const isCompared = peers.bands.some(({ band }) => band !== null)
  return (
    <>
      {peers.bands.map(({ measure, value, band }) => {
        const word = t(`inspection.measures.${measure}`, { units: places.units, cities: places.cities })
        const own = value === null ? t('inspection.nothingSaid') : format.number(value)
        if (band === null) return null
        const [low, lower, median, upper, high] = [band.low, band.lower, band.median, band.upper, band.high].map((figure) => format.number(figure))
        return (
          <div key={measure} className={css.band}>
            <span>{capital(word)} <strong>{own}</strong></span>
            <BandStrip band={band} value={value} label={t('inspection.bandLabel', { measure: capital(word), value: own, low, lower, median, upper, high })} />
            <small aria-hidden="true">{t('inspection.bandSays', { low, high, median })}</small>
          </div>
        )
      })}
      <p className={css.small}><With peers={peers} /></p>
      {peers.silent > 0 && <p className={css.small}>{t('inspection.peersSilent', { formatted: format.number(peers.silent) })}</p>}
      {!isCompared && hasAny(peers) && <p className={css.small}><strong>{t('inspection.tooFew')}</strong></p>}
      {isCompared && explains && <p className={css.small}>{t('inspection.bandKey')}</p>}
    </>
  )
}

function hasAny(peers: SheetPeers): boolean {
  return peers.by === 'class' || (peers.residents !== null && peers.units.length > 0)
}

/** With whom it is compared, by the rule that chose them. */
function With({ peers }: { peers: SheetPeers }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { places } = useWorld()
  if (peers.by === 'class') {
    const formatted = format.number(peers.members + peers.silent)
    const judged = t(`inspection.judged.${peers.judgedBy}`)
    return peers.class === '' ? t('inspection.peersOfAll', { formatted, judged }) : t('inspection.peersOfClass', { formatted, class: peers.class, judged })
  }
  if (peers.residents === null) return t('inspection.peersNoPopulation')
  if (peers.units.length === 0) return t('inspection.peersNone')
  const residents = peers.units.map(({ population }) => population)
  // The names are links: the sentence is said around them.
  const [before, after] = t('inspection.peersOfUnits', { units: places.units, from: format.short(Math.min(...residents)), to: format.short(Math.max(...residents)), names: '\u0000' }).split('\u0000')
  return <>{before}{peers.units.map(({ code }, i) => <span key={code}>{i > 0 && t('inspection.and')}<RegionLink code={code} /></span>)}{after}</>
}
