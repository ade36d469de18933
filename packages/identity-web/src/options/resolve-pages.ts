// Resolves the languages and texts of pages.
import { isObject, ownMembers } from '../own.ts'
import { DEFAULT_LANGUAGES } from '#languages'
import { type Language, type LanguageSource, PLACEHOLDERS } from '../languages/language.ts'
import { andThen } from '../maybe-promise.ts'
import { quote } from '../text.ts'
import { unknownNameMessages } from './rows.ts'
import { isText } from './checks.ts'
import type { OptionReport } from './option-report.ts'
import type { FailedCheck } from './problems.ts'
import { isLogoUrl, type PageOptions, type Pages } from './page-options.ts'

/** The languages of the pages. The first one is the default. */
export type Languages = readonly [LanguageSource, ...LanguageSource[]]

/** The resolved options of the pages. */
export interface PageSettings extends Pick<Pages, 'color' | 'supportUrl'> {
  readonly appName: string | undefined
  /** The URL of the image. */
  readonly logo: string | undefined
  readonly languages: Languages
}

/** Applies the defaults of the pages. An option with a problem gets its default, because a page shows the problem. */
export function resolvePages(
  options: PageOptions & { readonly pages?: Pages | undefined },
  report: OptionReport,
): PageSettings {
  const { appName, logo, pages } = options
  const { color, supportUrl } = ownMembers(report.hasProblem('pages') ? {} : { ...pages })
  return Object.freeze({
    color,
    supportUrl,
    appName: isText(appName) ? appName : undefined,
    logo: isLogoUrl(logo) ? logo : undefined,
    languages: resolveLanguages(options, report),
  })
}

/**
 * Returns the default languages. It is a function, because the module of the languages imports this file in a build for
 * Node.js.
 */
const defaults = (): Languages => DEFAULT_LANGUAGES as Languages

/** Returns the languages with the texts of the application. Languages with problems are not used. */
function resolveLanguages(options: PageOptions, report: OptionReport): Languages {
  const { languages: given, texts } = options
  // The check of all languages takes a millisecond, and tests check the default ones.
  const fault = given === undefined ? undefined : languagesFault(given)
  if (fault !== undefined) {
    report.addMessage(
      'languages',
      `${fault} Set, for example, ${report.example('languages')}, where german is the export of identity-web/languages/de.`,
    )
    return defaults()
  }
  const languages = given === undefined ? defaults() : (given.map(toSource) as unknown as Languages)
  if (texts === undefined) return languages
  const found = faultsOfTexts(
    texts,
    languages.map(({ tag }) => tag),
  )
  for (const { option, message } of found) {
    report.addMessage(option, `${message} Change ${report.where('texts')}.`)
  }
  return found.length > 0 ? defaults() : withTexts(languages, texts)
}

function toSource({ tag, texts }: Language): LanguageSource {
  return { tag, texts: () => texts }
}

function withTexts(languages: Languages, texts: object): Languages {
  const all = new Map(Object.entries(texts))
  const sources = languages.map(({ tag, texts: standard }): LanguageSource => {
    const own = definedTexts(all.get(tag) as object | undefined)
    return {
      tag,
      texts: () => andThen(standard(), (given) => Object.freeze({ ...given, ...own })),
    }
  })
  return sources as unknown as Languages
}

function languagesFault(languages: unknown): string | undefined {
  if (!Array.isArray(languages) || languages.length === 0)
    return 'languages must be a list with at least one language.'
  const tags = new Set<string>()
  for (const [index, language] of languages.entries()) {
    const { tag, texts } = Object(language) as Partial<Language>
    if (!isTag(tag)) return `languages[${index}] must be a language with a tag, such as 'de'.`
    if (tags.has(tag)) return `languages contains ${quote(tag)} twice.`
    tags.add(tag)
    const all = { ...EMPTY_TEXTS, ...texts }
    const [fault] = textFaults(all, `languages[${index}].texts`, PLACEHOLDERS)
    if (fault !== undefined) return fault
  }
  return undefined
}

// A language that lacks a text must not pass the checks.
const EMPTY_TEXTS = Object.fromEntries(Object.keys(PLACEHOLDERS).map((key) => [key, undefined]))

/** Returns whether a value is a language tag in its canonical form. */
function isTag(tag: unknown): tag is string {
  try {
    return typeof tag === 'string' && Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

/**
 * Returns a sentence for each error in the texts of an application. The texts are grouped by language tag.
 *
 * @param tags - The languages of the pages.
 * @param known - The placeholders of each text, by its name.
 */
export function faultsOfTexts(
  texts: unknown,
  tags: readonly string[],
  known: Placeholders = PLACEHOLDERS,
): FailedCheck[] {
  if (!isObject(texts)) {
    return [{ option: 'texts', message: 'texts must be an object with language tags.' }]
  }
  return Object.entries(texts).flatMap(([tag, own]) => {
    const option = `texts.${tag}`
    if (own === undefined) return []
    const faults = tags.includes(tag)
      ? ownTextFaults(own, option, known)
      : [missingLanguage(tag, tags)]
    return faults.map((message) => ({ option, message }))
  })
}

type Placeholders = Readonly<Record<string, string>>

function missingLanguage(tag: string, tags: readonly string[]): string {
  return `The option texts contains the language ${quote(tag)}, but the option languages does not contain it. The pages have the languages ${tags.join(', ')}.`
}

function ownTextFaults(own: unknown, option: string, known: Placeholders): string[] {
  return isObject(own)
    ? textFaults(definedTexts(own), option, known)
    : [`${option} must be an object with texts.`]
}

/** Returns a sentence for each text that does not exist, is not a string, or contains an unknown placeholder. */
function textFaults(texts: object, owner: string, known: Placeholders): string[] {
  const entries = new Map<string, unknown>(Object.entries(texts))
  return [
    ...unknownNameMessages(known, { owner, given: texts }),
    ...Object.entries(known).flatMap(([key, placeholders]) =>
      entries.has(key) ? textFault(entries.get(key), `${owner}.${key}`, placeholders) : [],
    ),
  ]
}

function textFault(text: unknown, path: string, placeholders: string): string[] {
  if (!isText(text)) return [`${path} must be a non-empty string.`]
  const known = placeholdersIn(placeholders)
  return placeholdersIn(text)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const allowed = known.length === 0 ? 'no placeholders' : `only ${known.join(', ')}`
      return `${path} contains the placeholder ${name}, but this text has ${allowed}.`
    })
}

function placeholdersIn(text: string): string[] {
  return text.match(/\{\w*\}/g) ?? []
}

/** Returns the texts without the values that are `undefined`. */
export function definedTexts(texts: object = {}): object {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}
