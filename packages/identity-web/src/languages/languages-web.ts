// English, the default on other runtimes.
import { languageSource, type LanguageSource } from './language.ts'

/** The default language on all runtimes except Node.js, where a bundle must stay small. */
export const DEFAULT_LANGUAGES: readonly LanguageSource[] = [
  languageSource('en', async () => (await import('./en.ts')).english),
]
