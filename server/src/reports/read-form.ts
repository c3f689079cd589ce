import type { Context } from 'hono'
import { z } from '@hono/zod-openapi'
import { Day, Instant, Period } from '@lastmile/shared/day'
import { findList } from '@lastmile/db/query/lists'
import { findSource } from '@lastmile/db/query/sources'
import type { Actor } from '@lastmile/shared/account'
import { onlyFields } from '@lastmile/shared/only-fields'
import type { Purview } from '@lastmile/shared/purview'
import { Channel, feedLimits, ReportMode, Scope } from '@lastmile/shared/source'
import { Refusal } from '../lib/refusal.js'
import type { Services } from '../lib/services.js'
import { byOf } from '../audit/event-of.js'
import { purviewHere } from '../http/actor.js'
import { wrongField } from '../http/wrong-field.js'
import { receiveForm, type ReceivedForm } from './receive-form.js'
import { limitsOf, type Submission } from './submission.js'

/** The fields of an upload. */
export const UploadForm = onlyFields({
  file: z.any().openapi({ type: 'string', format: 'binary', description: 'CSV or XLSX.' }),
  source: z.string().min(1),
  period: Period.optional(),
  asOf: Day.optional(),
  mode: ReportMode.optional(),
  scope: z.string().optional().openapi({ description: 'JSON: {"drugs":[…],"regions":[…],"kinds":[…]}, each may be left out.' }),
  dryRun: z.enum(['true', 'false']).optional(),
  channel: Channel.optional(),
  publishAt: Instant.optional().openapi({ description: 'Keeps the report under embargo until then: it is checked now, moves numbers from then on, and until then only its sender and the regulator see it.' }),
  acceptedAt: Instant.optional().openapi({ description: 'For commands on this machine: when a report of the past was accepted.' }),
})

/** The headers of an upload; none must be there. */
export const UploadHeaders = z.object({
  'Idempotency-Key': z.string().regex(/^[\x21-\x7e]{1,255}$/).optional().openapi({ description: 'One report of a source sent again with the same key gets the same answer; another report with it is refused, 422.' }),
  'If-Match': z.string().optional().openapi({ description: 'The version of the report for this time and scope that this one corrects: "1".', example: '"1"' }),
  'X-Upload-Id': z.string().optional().openapi({ description: 'A name under which /api/events tells of the progress.' }),
})

/** Largest requests of anybody; a source's own limit is checked when the report is read. */
const largestUpload = 65 * 1024 * 1024
/** What a form is beside its file, at most. */
const aroundTheFile = 16 * 1024 * 1024

/**
 * Reads the form of an upload, its file to the disk. Whoever gets the submission discards its file in the end.
 * @throws Refusal 400 naming the field, 403 for what only a command may send, 413 for a request that is too large; nothing is left of its file then
 */
export async function submissionFrom(c: Context, list: string, services: Services): Promise<Submission> {
  const actor = c.get('actor')
  const isMachine = actor.kind === 'command' || actor.kind === 'key'
  const purview = purviewHere(c, 'report.send', list)
  const form = await receiveForm(c.req.raw, services.files, (fields) => (isMachine ? largestOf(services, list, purview, fields) : largestUpload))
  try {
    return submissionOf(c, list, actor, purview, form)
  } catch (error) {
    if (form.file) await services.files.discard(form.file.received)
    throw error
  }
}

/** How large a machine's request may be: what its source's channel takes, once the form has said both, and until then what any feed takes. */
async function largestOf(services: Services, listCode: string, purview: Purview, fields: ReceivedForm['fields']): Promise<number> {
  const list = await findList(services.db, listCode, services.clock.now())
  const source = list && (await findSource(services.db, list.id, fields.get('source') ?? '', purview))
  const channel = Channel.safeParse(fields.get('channel') ?? 'command')
  const isKnown = source && channel.success && fields.has('channel') && source.data.channels[channel.data] !== undefined
  return (isKnown ? limitsOf(source, channel.data).maxUploadBytes : feedLimits.maxUploadBytes) + aroundTheFile
}

function submissionOf(c: Context, list: string, actor: Actor, purview: Purview, form: ReceivedForm): Submission {
  const fields = [...form.fields].filter(([name]) => name !== 'file')
  const broken = fields.find(([name, value]) => `${name}${value ?? ''}`.includes('\0'))
  if (broken) throw new Refusal(400, 'report.field', 'A NUL is no character of a text.', { field: broken[0].replaceAll('\0', '') }, 'BAD_FIELD')
  const parsed = UploadForm.omit({ file: true }).safeParse(Object.fromEntries(fields.filter(([, value]) => value !== '')))
  if (!parsed.success) {
    const { field, message } = wrongField(parsed.error)
    throw new Refusal(400, 'report.field', `${field}: ${message}`, { field }, 'BAD_FIELD')
  }
  if (!form.file) throw new Refusal(400, 'report.field', 'file: choose the file to send.', { field: 'file' }, 'BAD_FIELD')
  const { source, period, asOf, mode, scope, dryRun, acceptedAt, publishAt } = parsed.data
  const channel = parsed.data.channel ?? (actor.kind === 'command' ? 'command' : actor.kind === 'key' ? 'feed' : 'upload')
  // A feed's limits are large: who sends by one has a key, or knows this machine's secret.
  const isOpen = actor.kind === 'command' || (acceptedAt === undefined && channel === (actor.kind === 'key' ? 'feed' : 'upload'))
  if (!isOpen) {
    throw new Refusal(403, 'report.command_only', 'Only a command on this machine may say when a report was accepted or send as one, and only a key may send as a feed.', { field: acceptedAt !== undefined ? 'acceptedAt' : 'channel' })
  }
  return {
    list, source, filename: nameOf(form.file.name), file: form.file.received, period: period ?? null, asOf: asOf ?? null, mode: mode ?? null,
    scope: scope === undefined ? null : scopeOf(scope), channel, corrects: versionOf(c.req.header('if-match')), idempotencyKey: keyOf(c.req.header('idempotency-key'), actor),
    dryRun: dryRun === 'true', acceptedAt: acceptedAt ?? null, publishAt: publishAt === undefined ? null : new Date(publishAt).toISOString(), held: null, code: null, sentBy: actor.kind === 'command' ? null : actor.id, by: byOf(c), purview, upload: c.req.header('x-upload-id')?.slice(0, 64) ?? null,
  }
}

/** The name a file was sent under, without folders and characters that nobody sees, and cut to what a file name can be. */
function nameOf(sent: string): string {
  const name = sent.replace(/^.*[\\/]/s, '').replace(/[\p{Cc}\p{Cf}]/gu, '')
  return Buffer.from(name.slice(0, 255)).toString() || 'report'
}

function scopeOf(text: string): Scope {
  try {
    if (text.includes('\\u0000')) throw new Error('a NUL is no character of a code')
    return Scope.parse(JSON.parse(text))
  } catch {
    throw new Refusal(400, 'report.scope', 'scope: write JSON such as {"regions":["370100"]}.', { field: 'scope' }, 'BAD_FIELD')
  }
}

/** The version that a request corrects. @throws Refusal 400 for a header that names none */
export function versionOf(header: string | undefined): number | null {
  if (header === undefined) return null
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())
  if (!match) throw new Refusal(400, 'report.if_match', 'If-Match: name the version to correct, such as "1".', { field: 'If-Match' }, 'BAD_FIELD')
  return Number(match[1])
}

/** The key as it is kept: two senders who choose the same one do not meet. It holds no space itself. @throws Refusal 400 for one that is none */
export function keyOf(header: string | undefined, actor: Actor): string | null {
  if (header === undefined) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) throw new Refusal(400, 'report.key', 'Idempotency-Key: 1 to 255 printable characters.', { field: 'Idempotency-Key' }, 'BAD_FIELD')
  return `${actor.id} ${header}`
}
