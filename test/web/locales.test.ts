import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const folder = (language: string) => new URL(`../../web/src/locales/${language}/`, import.meta.url)

/** Every text of a language by its full key. */
function texts(language: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') found.set(key, value)
    else for (const [name, inner] of Object.entries(value as Record<string, unknown>)) walk(inner, `${key}.${name}`)
  }
  for (const file of readdirSync(folder(language))) walk(JSON.parse(readFileSync(new URL(file, folder(language)), 'utf8')), file)
  return found
}

/** The values and tags that a text takes, in no order. */
const slots = (text: string) => [...text.matchAll(/\{\{\s*(\w+)|<(\w+)/g)].map((match) => match[1] ?? `<${match[2]}>`).sort()

describe('the two languages of the screens', () => {
  const [zh, en] = [texts('zh'), texts('en')]

  test('have the same keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('take the same values in every text', () => {
    const different = [...zh].filter(([key, text]) => new Set(slots(text)).size !== new Set(slots(en.get(key) ?? '')).size || slots(text).some((slot) => !slots(en.get(key) ?? '').includes(slot)))
    expect(different.map(([key]) => key)).toEqual([])
  })

  test('leave Chinese screens without untranslated sentences', () => {
    const english = [...zh].filter(([key, text]) => !/[\u4e00-\u9fff]/.test(text) && / [a-z]{3,} [a-z]{3,}/.test(text.replaceAll(/\{\{.*?\}\}/g, '')) && !key.endsWith('.en'))
    expect(english).toEqual([])
  })

  test('write Chinese with its own punctuation: no half-width bracket, colon, comma or the like beside a character', () => {
    const halfWidth = /[\u4e00-\u9fff”][(),:;?!]|[(),:;?!] ?[\u4e00-\u9fff“]/
    // A value stands for a word; between brackets is what a machine reads.
    expect([...zh].filter(([, text]) => halfWidth.test(text.replaceAll(/\{\{.*?\}\}/g, '字').replaceAll(/\[.*?\]/g, ''))).map(([key]) => key)).toEqual([])
  })
})
