import type { Context } from 'hono'
import { appendAudit } from '@lastmile/db/audit/append'
import type { Database } from '@lastmile/db/database'
import { findArea } from '@lastmile/db/query/area'
import { findDrug } from '@lastmile/db/query/drugs'
import type { ListRow } from '@lastmile/db/query/lists'
import { changeSubscription, companyIdOf, countSubscriptions, deleteSubscription, insertSubscription, subscriptionsOf, unitOfInstitution, type NewSubscriptionRow } from '@lastmile/db/query/subscriptions'
import { can } from '@lastmile/shared/permission'
import { purviewOf, type Purview } from '@lastmile/shared/purview'
import type { NewSubscription, Subscription, SubscriptionChange } from '@lastmile/shared/subscription'
import { byOf, eventBy } from '../audit/event-of.js'
import { noRegion } from '../http/parameters.js'
import { notFound, Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'

/** As many subscriptions as an account has. */
const atMost = 200

/** Subscribes whoever asks. @throws Refusal 404 for a drug, region or company that is not the list's, 422 for one of which he is told nothing, 409 where he subscribes to the same already, or to too much */
export async function newSubscription(services: Services, c: Context, list: ListRow, wanted: NewSubscription): Promise<Subscription> {
  const actor = c.get('actor')
  checkEvents(c, wanted)
  const row = await rowOf(services, list, purviewOf(actor, 'subscription.own', list.code), actor.id, wanted)
  const code = await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    if ((await countSubscriptions(tx, actor.id)) >= atMost) throw new Refusal(409, 'subscription.too_many', `There are ${atMost} subscriptions already: end one before you make another.`)
    const made = await insertSubscription(tx, row)
    if (made === null) throw new Refusal(409, 'subscription.exists', 'You subscribe to this already, under this kind of evidence: change what you hear of it there.')
    await appendAudit(tx, row.at, [eventBy(byOf(c), { action: 'subscription.create', outcome: 'done', list: list.code, object: made, after: { ...wanted } })])
    return made
  })
  return done(services, c, code)
}

/** Changes of what, and how, an own subscription tells. @throws Refusal 404 where it is none of his */
export async function changedSubscription(services: Services, c: Context, code: string, change: SubscriptionChange): Promise<Subscription> {
  const before = await ownOf(services, c, code)
  checkEvents(c, change)
  await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    if (!(await changeSubscription(tx, c.get('actor').id, code, change))) throw notFound('subscription', code)
    const { events, pace } = before
    await appendAudit(tx, services.clock.now(), [eventBy(byOf(c), { action: 'subscription.change', outcome: 'done', list: before.list, object: code, before: { events, pace }, after: { ...change } })])
  })
  return done(services, c, code)
}

/** Ends an own subscription. @throws Refusal 404 where it is none of his, or no more */
export async function endedSubscription(services: Services, c: Context, code: string): Promise<void> {
  const before = await ownOf(services, c, code)
  await services.db.transaction(async (transaction) => {
    const tx = transaction as Database
    if (!(await deleteSubscription(tx, c.get('actor').id, code))) throw notFound('subscription', code)
    await appendAudit(tx, services.clock.now(), [eventBy(byOf(c), { action: 'subscription.end', outcome: 'done', list: before.list, object: code })])
  })
  c.set('noted', true)
  services.audit.appended()
}

/** @throws Refusal 422 for supervision cases where whoever asks knows of none */
function checkEvents(c: Context, { events }: Pick<SubscriptionChange, 'events'>): void {
  if (events.includes('case_overdue') && can(c.get('actor'), 'case.read') === null) throw new Refusal(422, 'subscription.no_cases', 'events: supervision cases are told to the offices that keep them, to whom a letter is for, and to the regulator. Subscribe without "case_overdue".', { field: 'events' })
}

async function done(services: Services, c: Context, code: string): Promise<Subscription> {
  c.set('noted', true)
  services.audit.appended()
  return ownOf(services, c, code)
}

async function ownOf({ db }: Services, c: Context, code: string): Promise<Subscription> {
  const found = (await subscriptionsOf(db, c.get('actor').id)).find(({ id }) => id === code)
  if (!found) throw notFound('subscription', code)
  return found
}

async function rowOf(services: Services, list: ListRow, purview: Purview, account: string, { drug, region, company, evidence, events, pace }: NewSubscription): Promise<NewSubscriptionRow> {
  const { db, clock } = services
  const found = drug === null ? null : await findDrug(db, list.id, drug)
  if (drug !== null && !found) throw notFound('drug', drug)
  const area = region === null ? null : await findArea(db, list.regionSetId, region)
  if (region !== null && !area) throw await noRegion(services, list, region)
  if (area?.level === 'city') throw new Refusal(422, 'subscription.region', 'region: a city. Gaps are those of a province: subscribe to that.', { field: 'region' })
  const companyId = company === null ? null : await companyIdOf(db, list.id, company)
  if (company !== null && companyId === null) throw notFound('company', company)
  // Nothing would ever come of it, and nobody would know why.
  const beyond = (field: string) => new Refusal(422, 'subscription.not_yours', `${field}: you are told of what is yours alone, and this is not. Subscribe without it, or to your own.`, { field })
  if (purview.of === 'company') {
    if (company !== null && company !== purview.company) throw beyond('company')
    if (found && found.data.company !== purview.company) throw beyond('drug')
  }
  // An institution hears of its unit, as `heardBy` says.
  const unit = purview.of === 'institution' ? await unitOfInstitution(db, list, purview.institution) : purview.of === 'unit' || purview.of === 'city' ? purview.unit : null
  if (unit !== null && region !== null && region !== unit) throw beyond('region')
  if (found && company !== null && found.data.company !== company) throw new Refusal(422, 'subscription.empty', 'company: it does not answer for this drug. Leave one of them out.', { field: 'company' })
  return { account, listId: list.id, drugId: found?.id ?? null, unitId: area?.unitId ?? null, companyId, evidence, events, pace, at: clock.now() }
}
