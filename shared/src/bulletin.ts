import { z } from 'zod'
import { Format } from './basis.js'
import { Day, Instant } from './day.js'
import { Evidence } from './evidence.js'
import { onlyFields } from './only-fields.js'
import { Page } from './page.js'
import { Said, Share } from './coverage.js'
import { Cause } from './changes.js'
import { Text } from './text.js'
import { words } from './words.js'

/*
 * Bulletins (通报): what the regulator, or a province, publishes about the stocking of a list on a day, by one kind of
 * evidence. A bulletin that is kept is frozen: its bytes are stored, and so is the instant of knowledge that it rests on.
 * What was kept is read by every release after: fields of figures and documents are added as optional ones, and never taken away.
 */

/** What a bulletin rests on. Unlike the basis of an answer it holds nothing that changes by itself: made again, it is the same. */
export const BulletinBasis = z.strictObject({
  list: z.string(), evidence: Evidence, asOf: Day,
  /** Null: of a draft, what is known now. */
  knownOn: Instant.nullable(),
  /** Of supplies: counted from this day on. */
  since: Day.nullable(),
  /** A unit; null: the whole. */
  region: z.string().nullable(),
  demonstration: z.boolean(),
})
export type BulletinBasis = z.infer<typeof BulletinBasis>

const kinds = { institutions: z.int(), hospitals: z.int(), pharmacies: z.int(), others: z.int() }

/** A listed drug in a bulletin. `unknown`: institutions of which something was said, and it is not known, stale or no longer reported; of the eligible (`eligible.unknown`) those of which nothing was ever said are unknown too. `share`: of those eligible, a range; null under five, or where nobody says who is. */
export const BulletinDrug = z.strictObject({
  drug: z.string(), name: Text, company: z.string(), companyName: Text, said: Said, ...kinds, units: z.int(), cities: z.int(), unknown: z.int(),
  eligible: z.strictObject({ institutions: z.int(), stocked: z.int(), unknown: z.int() }).nullable(), share: Share.nullable(),
})
export type BulletinDrug = z.infer<typeof BulletinDrug>

/** A unit (of the whole) or a city (of a unit) in a bulletin, with distinct institutions. `isSilent`: nothing that counts was said of any there, which is not zero. */
export const BulletinPlace = z.strictObject({ region: z.string(), name: Text, isSilent: z.boolean(), drugs: z.int(), ...kinds, unknown: z.int() })
export type BulletinPlace = z.infer<typeof BulletinPlace>

const CauseCounts = z.array(z.strictObject({ cause: Cause, count: z.int() }))

/** What changed since the bulletin before: sets of institutions, drugs and units, each of which entered or left; never a difference of totals. */
export const BulletinSince = z.strictObject({
  /** The one before, of the same evidence and scope. */
  code: z.string(), number: Text, asOf: Day, knownOn: Instant,
  /** Institutions of that day by what is known now: how many were corrected in and out since. */
  corrected: z.strictObject({ entered: z.int(), left: z.int() }),
  /** From that day to this: by what is known now, by cause. */
  entered: CauseCounts, left: CauseCounts,
  drugsEntered: z.array(z.strictObject({ drug: z.string(), name: Text })), drugsLeft: z.array(z.strictObject({ drug: z.string(), name: Text })),
  placesEntered: z.array(z.strictObject({ region: z.string(), name: Text })), placesLeft: z.array(z.strictObject({ region: z.string(), name: Text })),
  /** Where a source changed what it reports between the two days: what entered and left is then no like for like. */
  breaks: z.array(z.strictObject({ day: Day, source: Text, reason: z.string() })),
})
export type BulletinSince = z.infer<typeof BulletinSince>

/** All figures of a bulletin. */
export const BulletinFigures = z.strictObject({
  basis: BulletinBasis, listName: Text, document: Text.nullable(), timeZone: z.string(), regionName: Text.nullable(), regionSet: z.string(),
  /** False: nobody had reported under this kind of evidence. Every figure is then silence, not zero. */
  reported: z.boolean(),
  total: z.strictObject({
    drugsListed: z.int(), drugsStocked: z.int(), drugsUnstocked: z.int(), drugsUnknown: z.int(), drugsNotReported: z.int(),
    ...kinds, units: z.int(), unitsAll: z.int(), cities: z.int(),
    /** How many drugs are in more than so many units: lower bounds, as they are published. */
    drugsInMoreThan: z.array(z.strictObject({ units: z.int(), drugs: z.int() })),
    unknownInstitutions: z.int(),
  }),
  /** Sources of this evidence that had reported of the day or an earlier one. */
  sourcesReported: z.int(),
  drugs: z.array(BulletinDrug), places: z.array(BulletinPlace), since: BulletinSince.nullable(),
})
export type BulletinFigures = z.infer<typeof BulletinFigures>

/** Which rows are behind a number, beside the bulletin's own basis. */
export const BulletinRows = z.strictObject({ drug: z.string().optional(), region: z.string().optional(), kind: z.enum(['hospital', 'pharmacy', 'other']).optional(), state: z.string().optional() })
export type BulletinRows = z.infer<typeof BulletinRows>

/**
 * A piece of text; a number with the rows behind it; or one that is found on a page by the bulletin's own basis: how many
 * drugs (`matrix`), and what entered and left since a day (`changes`).
 */
export const BulletinRun = z.union([z.string(), z.strictObject({ text: z.string(), rows: BulletinRows }), z.strictObject({ text: z.string(), page: z.literal('matrix') }), z.strictObject({ text: z.string(), page: z.literal('changes'), from: Day })])
export type BulletinRun = z.infer<typeof BulletinRun>

/** A table. `width`: hundredths of the text's. `line`: what a row is about (`drug:CODE`, `place:CODE`). */
export const BulletinTable = z.strictObject({
  block: z.literal('table'), id: z.enum(['drugs', 'places']), title: z.string(),
  columns: z.array(z.strictObject({ text: z.string(), width: z.int(), align: z.enum(['left', 'center']) })),
  rows: z.array(z.strictObject({ line: z.string(), cells: z.array(BulletinRun) })), note: z.string().nullable(),
})
export type BulletinTable = z.infer<typeof BulletinTable>

export const pictureIds = ['map', 'bars'] as const
export const BulletinBlock = z.discriminatedUnion('block', [
  z.strictObject({ block: z.literal('heading'), text: z.string() }),
  z.strictObject({ block: z.literal('paragraph'), runs: z.array(BulletinRun) }),
  BulletinTable,
  z.strictObject({ block: z.literal('picture'), id: z.enum(pictureIds), title: z.string(), note: z.string().nullable() }),
])
export type BulletinBlock = z.infer<typeof BulletinBlock>

/** A bulletin in one language, as it is read, printed and written to a document. */
export const BulletinDocument = z.strictObject({
  language: z.enum(['zh', 'en']), issuer: z.string().nullable(),
  /** Whether the issuer stands at its head in red. */
  redHeader: z.boolean(),
  /** Of a draft, that it is one. */
  number: z.string(), title: z.string(), subtitle: z.string(), warning: z.string().nullable(), blocks: z.array(BulletinBlock), signedOn: z.string(),
  questions: z.strictObject({ attachment: z.string(), title: z.string(), items: z.array(z.strictObject({ question: z.string(), answer: z.string() })) }),
})
export type BulletinDocument = z.infer<typeof BulletinDocument>

/** The forms in which a bulletin is kept. Names of files. */
export const bulletinForms = ['bulletin-zh.docx', 'bulletin-en.docx', 'data.json', 'data.csv', 'data.xlsx', 'document-zh.json', 'document-en.json', 'map-zh.svg', 'map-en.svg', 'bars-zh.svg', 'bars-en.svg'] as const
export const BulletinForm = z.enum(bulletinForms)
export type BulletinForm = z.infer<typeof BulletinForm>

/** How far a bulletin is. `frozen`: kept, for its keepers alone; `embargoed`: it is published when its time comes; `withdrawn`, `superseded`: it was published, or was to be, and does not hold any more. */
export const bulletinStates = ['frozen', 'embargoed', 'published', 'superseded', 'withdrawn'] as const
export const BulletinState = z.enum(bulletinStates)
export type BulletinState = z.infer<typeof BulletinState>

/** A bulletin as it stands in the list of them. What it says is null where the asker may not see it yet. */
export const Bulletin = z.strictObject({
  code: z.string(), number: Text, evidence: Evidence, asOf: Day, knownOn: Instant, region: z.string().nullable(), regionName: Text.nullable(), state: BulletinState,
  issuer: Text.nullable(),
  /** For its keepers; null to everybody else. */
  keptBy: z.string().nullable(), keptAt: Instant, publishAt: Instant.nullable(),
  /** From when on those named see their own lines. */
  previewFrom: Instant.nullable(), publishedAt: Instant.nullable(), withdrawnAt: Instant.nullable(), withdrawnReason: z.string().nullable(),
  supersedes: z.string().nullable(), supersededBy: z.string().nullable(), supersededAt: Instant.nullable(),
  figures: z.strictObject({ drugsListed: z.int(), drugsStocked: z.int(), institutions: z.int() }).nullable(),
  /** For its keepers: lines that somebody commented on and that nobody has answered. */
  openComments: z.int().nullable(),
  /** The release of the product that made it. */
  madeWith: z.string(),
})
export type Bulletin = z.infer<typeof Bulletin>

export const BulletinsQuestion = z.object({
  state: BulletinState.optional(), evidence: Evidence.optional(), region: z.string().max(20).optional(),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(50), format: Format.default('json'),
})
export type BulletinsQuestion = z.infer<typeof BulletinsQuestion>
/** Bulletins that the asker may see, the latest day first. */
export const BulletinsAnswer = z.strictObject({ rows: z.array(Bulletin), page: Page })
export type BulletinsAnswer = z.infer<typeof BulletinsAnswer>

const Language = z.enum(['zh', 'en']).default('zh')
export const BulletinQuestion = z.object({ language: Language })
const PictureSvg = z.strictObject({ id: z.enum(pictureIds), svg: z.string() })

/** A kept bulletin in one language, with its pictures and the digests of all its forms. `document` is null to who sees his lines alone. */
export const BulletinAnswer = z.strictObject({
  bulletin: Bulletin, basis: BulletinBasis, document: BulletinDocument.nullable(), pictures: z.array(PictureSvg),
  forms: z.array(z.strictObject({ form: BulletinForm, sha256: z.string(), bytes: z.int() })),
})
export type BulletinAnswer = z.infer<typeof BulletinAnswer>

const issuer = onlyFields({ zh: words(60), en: words(120) }).nullable().default(null)

/** What a bulletin is to be about. Without `knownOn`: what is known now. */
export const DraftQuestion = z.object({
  evidence: Evidence.default('declared'), asOf: Day.optional(), knownOn: Instant.optional(), region: z.string().max(20).optional(), language: Language,
  issuerZh: words(60).optional(), issuerEn: words(120).optional(), redHeader: z.enum(['true', 'false']).default('false'),
})
export type DraftQuestion = z.infer<typeof DraftQuestion>
export const DraftAnswer = z.strictObject({ basis: BulletinBasis, figures: BulletinFigures, document: BulletinDocument, pictures: z.array(PictureSvg) })
export type DraftAnswer = z.infer<typeof DraftAnswer>

/** A bulletin that is to be kept. `supersedes`: the code of one, of the same evidence and scope, whose place it takes. */
export const NewBulletin = onlyFields({
  evidence: Evidence, asOf: Day, knownOn: Instant.nullable().default(null), region: words(20).nullable().default(null), issuer, redHeader: z.boolean().default(false), supersedes: words(40).nullable().default(null),
})
export type NewBulletin = z.infer<typeof NewBulletin>

/** When a bulletin is to be published. */
export const Embargo = onlyFields({ publishAt: Instant })
export const Withdrawal = onlyFields({ reason: words(500).refine((text) => text.length >= 3, { message: 'a reason' }) })

/** A frozen bulletin held against what the data say at its own instant of knowledge, or now: whether any figure is another (whatever names the instant), and which of its forms come out byte for byte. */
export const RemadeAnswer = z.strictObject({
  code: z.string(), madeWith: z.string(), remadeWith: z.string(), knownOn: Instant.nullable(), sameFigures: z.boolean(), sameBytes: z.boolean(),
  forms: z.array(z.strictObject({ form: BulletinForm, kept: z.string(), remade: z.string(), same: z.boolean() })),
})
export type RemadeAnswer = z.infer<typeof RemadeAnswer>

/** What is said of a line: `correction` says that it is wrong, `comment` anything else, `answer` is the keeper's. */
export const BulletinComment = z.strictObject({ line: z.string(), kind: z.enum(['comment', 'correction', 'answer']), text: z.string(), byName: z.string(), at: Instant, isOwn: z.boolean() })
export type BulletinComment = z.infer<typeof BulletinComment>
/** So many comments on a line wait for an answer at most: every line is one office's to comment on. */
export const openCommentsAtMost = 20

export const NewComment = onlyFields({ line: words(60), kind: z.enum(['comment', 'correction', 'answer']), text: words(2_000) })
export type NewComment = z.infer<typeof NewComment>

/** The lines of a bulletin that are the asker's (of its keeper: those that were commented on), in one language, each with what was said of it. */
export const BulletinLinesAnswer = z.strictObject({
  bulletin: Bulletin, basis: BulletinBasis, mayComment: z.boolean(), mayAnswer: z.boolean(),
  tables: z.array(BulletinTable), comments: z.array(BulletinComment),
})
export type BulletinLinesAnswer = z.infer<typeof BulletinLinesAnswer>

/** The code of a bulletin: of the year and its number, a unit's with the unit's code: `2026-1`, `370000-2026-1`. */
export function bulletinCode(region: string | null, year: number, number: number): string {
  return `${region === null ? '' : `${region}-`}${year}-${number}`
}

/** Its number as it is written: 通报〔2026〕1号, a unit's with its name. */
export function bulletinNumber(regionName: Text | null, year: number, number: number): Text {
  return { zh: `${regionName?.zh ?? ''}通报〔${year}〕${number}号`, en: `${regionName === null ? '' : `${regionName.en} `}Bulletin [${year}] No. ${number}` }
}
