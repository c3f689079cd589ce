import type { Language, Text } from '@lastmile/shared/text'
import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import type english from '../locales/en'
import type finder from '../locales/en-finder'
import type offices from '../locales/en-offices'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: { app: typeof english & typeof offices & typeof finder }
  }
}

const kept = 'lastmile-language'

/** The words of one language; only the one on screen is loaded. */
const words = { zh: () => import('../locales/zh'), en: () => import('../locales/en') }
/** Words that come with the first page that needs them: of pages that few open, and of the finder, which a phone opens alone. */
const laterWords = {
  offices: { zh: () => import('../locales/zh-offices'), en: () => import('../locales/en-offices') },
  finder: { zh: () => import('../locales/zh-finder'), en: () => import('../locales/en-finder') },
}
type LaterWords = keyof typeof laterWords
const opened = new Set<LaterWords>()

/** The language chosen before, else Chinese for browsers that ask for it, else English. */
function firstLanguage(): Language {
  const chosen = read()
  if (chosen === 'zh' || chosen === 'en') return chosen
  return navigator.languages.some((language) => /^zh/i.test(language)) && /^zh/i.test(navigator.language) ? 'zh' : 'en'
}

/** Loads the first language and readies `useTranslation`. Once, before the first paint. */
export async function startLanguage(): Promise<void> {
  const language = firstLanguage()
  await i18next.use(initReactI18next).init({
    lng: language, fallbackLng: false, defaultNS: 'app', ns: ['app'], interpolation: { escapeValue: false }, returnNull: false,
    resources: { [language]: { app: (await words[language]()).default } },
  })
  show(language)
}

/** Loads the words of pages that few open, before the first of them is drawn; from then on in every language that is chosen. */
export function loadOfficeWords(): Promise<void> {
  return loadWords('offices')
}

/** The same of the finder's words. */
export function loadFinderWords(): Promise<void> {
  return loadWords('finder')
}

async function loadWords(which: LaterWords): Promise<void> {
  opened.add(which)
  await addWords(which, i18next.language === 'zh' ? 'zh' : 'en')
}

async function addWords(which: LaterWords, language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'app', (await laterWords[which][language]()).default, true)
}

/** Switches the language of the whole page and keeps the choice in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'app')) i18next.addResourceBundle(language, 'app', (await words[language]()).default)
  for (const which of opened) await addWords(which, language)
  try {
    localStorage.setItem(kept, language)
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
  await i18next.changeLanguage(language)
  show(language)
}

/** The language on screen. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'zh' ? 'zh' : 'en'
}

/** Picks the language on screen from a text that has both. */
export function useText(): (text: Text) => string {
  const language = useLanguage()
  return useCallback((text: Text) => text[language], [language])
}

function show(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

function read(): string | null {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}
