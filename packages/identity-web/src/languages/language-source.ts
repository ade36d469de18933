import { loadLater } from '../load-later.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import type { Language, LanguageTag, PageTexts } from './language.ts'

/** A language of the pages, whose texts are loaded with the first page in this language. */
export interface LanguageSource {
  /** The language tag (BCP 47). */
  readonly tag: string
  texts(): MaybePromise<PageTexts>
}

/**
 * Makes the source of a language that the library contains.
 *
 * @param load - Imports the language.
 */
export function languageSource(tag: LanguageTag, load: () => Promise<Language>): LanguageSource {
  const loadLanguage = loadLater(`the language ${tag}`, load)
  return { tag, texts: () => andThen(loadLanguage(), ({ texts }) => texts) }
}
