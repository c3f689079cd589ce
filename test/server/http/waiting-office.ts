import type { HeadlineAnswer } from '@lastmile/shared/coverage'
import type { ReportAnswer, ReportReceipt } from '@lastmile/shared/report'
import type { Source } from '@lastmile/shared/source'
import { expect } from 'vitest'
import { listCode } from '../../support/edition.js'
import { given } from '../../support/given.js'
import { doorOf, type Door, type Sent } from './door.js'

export const list = `/api/lists/${listCode}`
export const north = { role: 'province_officer', unit: '100000' } as const
export const institutions = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`H${i}`, i % 2 ? '100100' : '100200']))

/** A report on the first so many institutions, in the words that each has. */
export function rows(count: number, status: string | ((i: number) => string) = 'in_stock', day: string | null = null): string {
  const lines = Array.from({ length: count }, (_, i) => [`H${i}`, 'alpha', typeof status === 'string' ? status : status(i), ...(day === null ? [] : [day])].join(','))
  return [`institution_code,drug_code,status${day === null ? '' : ',observed_on'}`, ...lines].join('\n')
}
export const mixed = (i: number) => (i % 2 ? 'in_stock' : 'out_of_stock')

export async function office(sources: Record<string, Partial<Source>> = {}) {
  const world = await given({ today: '2026-06-30', institutions, sources })
  const { services } = world
  const door = doorOf(services, north)
  const send = async (asOf: string, file: string, own: Partial<Sent> = {}) => door.send({ list: listCode, source: 'north', asOf, file, ...own })
  const decide = async (who: Door, id: string | null, verb: 'release' | 'return' | 'withdrawal' | 'approval', reason = 'asked the sender') => {
    const answer = await who.ask(`${list}/reports/${id}/${verb}`, { method: 'POST', ...(verb === 'release' || verb === 'return' ? { body: JSON.stringify({ reason }), headers: { 'content-type': 'application/json' } } : {}) })
    const body = (await answer.json()) as { state?: string; error?: { code: string } }
    return `${answer.status} ${body.state ?? body.error?.code}`
  }
  return {
    world, services, door, send, decide, colleague: doorOf(services, north), operator: doorOf(services),
    stocked: async () => (await doorOf(services, 'public').read<HeadlineAnswer>(`${list}/headline?evidence=confirmed`)).institutions,
    report: async (id: string | null, who: Door = doorOf(services)) => who.read<ReportAnswer>(`${list}/reports/${id}`),
  }
}

export const said = ({ status, receipt }: { status: number; receipt: ReportReceipt }) => `${status} ${receipt.outcome}: ${receipt.suspicions.map(({ code }) => code).join(' ')}`

export async function inQuarantine(own: Parameters<typeof office>[0] = {}) {
  const here = await office(own)
  await here.send('2026-05-31', rows(90))
  const { receipt } = await here.send('2026-06-29', rows(30))
  expect(receipt.outcome).toBe('quarantined')
  return { ...here, id: receipt.id }
}

/** A source whose reports are approved before they count. */
export const first = { north: { approveFirst: true } }
