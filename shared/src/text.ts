import { z } from 'zod'

/** A text in the two languages of the product. Chinese is the language of the source documents. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export type Text = z.infer<typeof Text>

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
