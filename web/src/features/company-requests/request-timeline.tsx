import type { CompanyRequestAnswer } from '@lastmile/shared/company-request-answer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { requestFileAddress } from '../../lib/queries/company-requests'
import { useWorld } from '../../lib/world'
import { Tag } from '../../ui/page-head'
import { Panel } from '../../ui/panel'
import css from './company-requests.module.css'
import { outcomeTones, useRequestWords } from './request-words'

/** The steps of a request, the last first: what, by whom, on which day, and what was said with it. */
export function RequestTimeline({ answer: { request, text, events } }: { answer: CompanyRequestAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { list, companyName } = useWorld()
  const words = useRequestWords()
  return (
    <Panel title={t('cases.timeline')}>
      <ol className={css.steps} reversed>
        {[...events].reverse().map((event, i) => {
          const { kind, on, by, byName, office, detail: { reason, outcome, resolveBy, dueOn, wasDueOn, text: said }, attachments } = event
          return (
            <li key={events.length - i} data-by={by}>
              <span className="number">{format.shortDay(on, true)}</span>
              <div>
                <strong>{t(`companyRequests.events.${kind}`, { office: words.office(office) })}</strong>
                {outcome !== undefined && <> <Tag tone={outcomeTones[outcome]}>{t(`companyRequests.outcomes.${outcome}`)}</Tag></>}
                {resolveBy !== undefined && resolveBy !== null && <> · {t('companyRequests.resolvedBy', { day: format.day(resolveBy) })}</>}
                {dueOn !== undefined && <> · {wasDueOn === undefined ? t('cases.dueWas', { day: format.day(dueOn) }) : t('companyRequests.dueMoved', { from: format.day(wasDueOn), to: format.day(dueOn) })}</>}
                {/* A province's step is that of the office that had it until then. */}
                <div className="quiet">{by === 'company' ? companyName(request.company) : words.office(by === 'national' ? null : events[events.length - 2 - i]?.office ?? null)}{byName !== null && <> · {byName}</>}</div>
                {(kind === 'open' ? text : said ?? reason) !== undefined && <p className={css.said}>{kind === 'open' ? text : said ?? reason}</p>}
                {attachments.length > 0 && <ul className={css.files}>{attachments.map((file) => <li key={file.code}><a href={requestFileAddress(list.code, request.code, file.code)} download>{file.name}</a></li>)}</ul>}
                <div className="quiet">{t('cases.enteredAt', { at: format.instant(event.at, list.timeZone) })}</div>
              </div>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
