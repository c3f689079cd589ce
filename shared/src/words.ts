import { z } from 'zod'
import { onlyFields } from './only-fields.js'

/** Characters that nobody sees: controls, marks that turn or join what stands beside them, ends of lines of their own, and halves of a character, which no database keeps. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Text of several lines as a person types it, of 1 to `most` characters. */
export function paragraphs(most: number) {
  return z.string().trim().min(1, 'a text').max(most).refine((text) => !unseen.test(text.replaceAll(/\r?\n|\t/g, ' ')), { message: 'a text without characters that nobody sees' })
}

/** A name of a file: no folder stands in it. */
export function fileName(most: number) {
  return words(most).refine((name) => !/[/\\]/.test(name), { message: 'a name without a folder' })
}

/** Text of one line as a person types it, without blanks around it, of 1 to `most` characters: two that look alike are alike. */
export function words(most: number) {
  return z.string().trim().min(1, 'a text').max(most).refine((text) => !unseen.test(text), { message: 'a text without characters that nobody sees' })
}

/** The same line in both languages of the product, as a person types it, each of 1 to `most` characters. */
export function inBoth(most: number) {
  return onlyFields({ zh: words(most), en: words(most) })
}
