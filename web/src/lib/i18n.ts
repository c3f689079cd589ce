import type { Language, Text } from '@lastmile/shared/text'
import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import type english from '../locales/en'
import type offices from '../locales/en-offices'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: { app: typeof english & typeof offices }
  }
}

const kept = 'lastmile-language'

/** The words of one language; only the one on screen is loaded. */
const words = { zh: () => import('../locales/zh'), en: () => import('../locales/en') }
/** The words of pages that few open. */
const officeWords = { zh: () => import('../locales/zh-offices'), en: () => import('../locales/en-offices') }
let officesOpened = false

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
export async function loadOfficeWords(): Promise<void> {
  officesOpened = true
  await addOfficeWords(i18next.language === 'zh' ? 'zh' : 'en')
}

async function addOfficeWords(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'app', (await officeWords[language]()).default, true)
}

/** Switches the language of the whole page and keeps the choice in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'app')) i18next.addResourceBundle(language, 'app', (await words[language]()).default)
  if (officesOpened) await addOfficeWords(language)
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
