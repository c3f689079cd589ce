import { z } from 'zod'
import { Day } from './day.js'
import { Text } from './text.js'

/*
 * By which words people look for a drug, as reviewed data of an edition (`finder.json`): what a disease is called in plain words,
 * how a name is spelt in pinyin, what the press called a drug by mistake, and what is asked for and is not on the list.
 */

/** Syllables of a Chinese name without tones, with spaces between them: initials are made of them. */
const Pinyin = z.string().regex(/^[a-z]+(?: [a-z]+)*$/, 'syllables in small letters, with spaces between them')
const Word = z.string().trim().min(1).max(80)

/** The words of one listed drug. */
export const FinderDrug = z.strictObject({
  drug: z.string(),
  /** What it is for, in words of everyday. */
  plain: Text,
  /** Names of the diseases that it is for, official and everyday, in either language. */
  diseases: z.array(Word),
  /** Of its names, brands and diseases. */
  pinyin: z.array(Pinyin),
  /** By which names a report called it, wrongly, and what they are. */
  pressNames: z.array(z.strictObject({ name: Word, note: Text })).default([]),
  /** Whom patients can ask for aid, where somebody published it. */
  aid: z.strictObject({ text: Text, telephone: z.string().nullable().default(null), source: Text, asOf: Day }).nullable().default(null),
})
export type FinderDrug = z.infer<typeof FinderDrug>

/** What people ask for that is not on the list. */
export const NotListed = z.strictObject({ name: Text, words: z.array(Word), pinyin: z.array(Pinyin).default([]), note: Text })
export type NotListed = z.infer<typeof NotListed>

/** `finder.json` of an edition folder. */
export const FinderFile = z.strictObject({
  author: z.string(),
  /** What the words rest on. */
  source: Text,
  /** Within how many kilometres an institution is near. */
  nearKm: z.int().min(1).max(2_000),
  /** Who pays for drugs of this list, and who does not, in a sentence. */
  payment: Text,
  /** For how many days a registered demand stands; left out: none is registered. */
  demand: z.strictObject({ openDays: z.int().min(1).max(730) }).optional(),
  drugs: z.array(FinderDrug),
  notListed: z.array(NotListed).default([]),
})
export type FinderFile = z.infer<typeof FinderFile>

/** Answer of `/finder`: null where the edition has no words of its own; then names and aliases alone are looked through. */
export const FinderAnswer = z.strictObject({ list: z.string(), today: Day, demonstration: z.boolean(), words: FinderFile.nullable() })
export type FinderAnswer = z.infer<typeof FinderAnswer>
