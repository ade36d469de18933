import type { Language, LanguageTag, PageTexts } from '../../languages/language.ts'

/**
 * The options for the look and the languages of the pages of this library.
 *
 * @example
 * ```ts
 * const pages: PageOptions = { appName: 'Contoso Expenses', logo: '/logo.svg' }
 * ```
 * @public
 */
export interface PageOptions {
  /**
   * The name of your application. The pages of this library show it in the title of the browser's tab and at the top. If you
   * set `logo`, the pages show the logo instead of the name, and screen readers read the name.
   *
   * @defaultValue not set: the pages do not show a name
   * @example new Auth(app, { appName: 'Contoso Expenses' })
   */
  readonly appName?: string | undefined
  /**
   * The URL of the logo at the top of the pages of this library: a path of this origin, an `https:` URL or a `data:image/`
   * URL. The content security policy of the pages allows only this image. For a `data:` URL, it allows all `data:` images.
   *
   * @defaultValue not set: the pages do not show a logo
   * @example new Auth(app, { appName: 'Contoso Expenses', logo: '/logo.svg' })
   */
  readonly logo?: string | undefined
  /**
   * The languages of the pages. The browser sends the languages of its user in `Accept-Language`. Users whose languages are
   * not in this list see the first one.
   *
   * Every language is an entry point, such as `identity-web/languages/de`, so that a bundle contains only the languages
   * that you import. You can also write your own {@link Language}.
   *
   * @defaultValue On Node.js: English, German, Spanish, French, Italian, Japanese, Dutch, Polish, Portuguese and Simplified
   *   Chinese. Elsewhere: English.
   * @example German, and English for users who prefer it
   * ```ts
   * import { german } from 'identity-web/languages/de'
   * import { english } from 'identity-web/languages/en'
   *
   * const auth = new Auth(app, { languages: [german, english] })
   * ```
   */
  readonly languages?: readonly Language[] | undefined
  /**
   * Your own texts. They replace single texts of the languages, by language tag and by the names of {@link PageTexts}. A
   * placeholder such as `{id}` keeps its name.
   *
   * @defaultValue not set: the texts of the languages
   * @example
   * ```ts
   * const auth = new Auth(app, {
   *   texts: { en: { forbiddenMessage: 'Ask the help desk for access: 555-0100.' } },
   * })
   * ```
   */
  readonly texts?:
    | {
        readonly [Tag in LanguageTag]?:
          | { readonly [Key in keyof PageTexts]?: string | undefined }
          | undefined
      }
    | undefined
}
