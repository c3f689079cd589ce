import { z } from 'zod'
import { Instant } from './day.js'

/** A file beside a step of a case: a scan of a letter, an answer, a proof. `code` names it; its bytes are asked for by it. */
export const Attachment = z.strictObject({ code: z.string(), name: z.string(), type: z.string(), bytes: z.int(), sha256: z.string(), at: Instant })
export type Attachment = z.infer<typeof Attachment>

/** Kinds of files that are taken: by the ending of their name, how their bytes begin, and of an archive the part that makes it one of these. Nothing that a browser runs. */
export const attachmentTypes = {
  pdf: { type: 'application/pdf', begins: [[0x25, 0x50, 0x44, 0x46, 0x2d]] },
  jpg: { type: 'image/jpeg', begins: [[0xff, 0xd8, 0xff]] },
  png: { type: 'image/png', begins: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', begins: [[0x50, 0x4b, 0x03, 0x04]], part: 'word/document.xml' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', begins: [[0x50, 0x4b, 0x03, 0x04]], part: 'xl/workbook.xml' },
} as const satisfies Record<string, { type: string; begins: number[][]; part?: string }>

/** How many bytes a file has at most. */
export const attachmentAtMost = 20 * 1024 * 1024

/** The kind of a file, by its name and its first bytes; null where it is none that is taken, or not what its name says. */
export function attachmentTypeOf(name: string, head: Uint8Array): string | null {
  const kind = kindOf(name)
  if (kind === null) return null
  const { type, begins } = attachmentTypes[kind]
  return begins.some((bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte)) ? type : null
}

/** The part that an archive of a file's kind holds; null where its kind is none. */
export function attachmentPartOf(name: string): string | null {
  const kind = kindOf(name)
  return kind === 'docx' || kind === 'xlsx' ? attachmentTypes[kind].part : null
}

function kindOf(name: string): keyof typeof attachmentTypes | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase().replace('jpeg', 'jpg')
  return ending !== undefined && Object.hasOwn(attachmentTypes, ending) ? ending as keyof typeof attachmentTypes : null
}
