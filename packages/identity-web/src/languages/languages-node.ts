// All languages, the default on Node.js.
import { languageSource, type LanguageSource } from './language.ts'

/**
 * The default languages on Node.js, where a small bundle is not needed. Visitors whose languages are not in the list
 * get the first language. Each language is loaded only when a visitor needs it, so that the application starts faster.
 */
export const DEFAULT_LANGUAGES: readonly LanguageSource[] = [
  languageSource('en', async () => (await import('./en.ts')).english),
  languageSource('de', async () => (await import('./de.ts')).german),
  languageSource('es', async () => (await import('./es.ts')).spanish),
  languageSource('fr', async () => (await import('./fr.ts')).french),
  languageSource('it', async () => (await import('./it.ts')).italian),
  languageSource('ja', async () => (await import('./ja.ts')).japanese),
  languageSource('nl', async () => (await import('./nl.ts')).dutch),
  languageSource('pl', async () => (await import('./pl.ts')).polish),
  languageSource('pt', async () => (await import('./pt.ts')).portuguese),
  languageSource('zh-Hans', async () => (await import('./zh-Hans.ts')).simplifiedChinese),
]
