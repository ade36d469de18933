// The options of `deviceCode`.
import { own } from '../own.ts'
import { REDIRECT_URI_EXAMPLE } from '../options/problems.ts'
import { A_FUNCTION } from '../options/checks.ts'
import { OptionReport } from '../options/option-report.ts'
import { optionTable, type OptionTable, type RowsOf } from '../options/rows.ts'
import type { PageBase } from '../options/page-options.ts'
import { definedTexts, faultsOfTexts } from '../options/resolve-pages.ts'
import type { SignInWay, WayOptions } from '../seams/sign-in-way.ts'
import { ENGLISH, TEXTS, type DeviceTexts } from './texts.ts'

/**
 * The options of `deviceCode`.
 *
 * @example
 * ```ts
 * const options: DeviceCodeOptions = { texts: { en: { title: 'Log in with a code' } } }
 * ```
 * @public
 */
export interface DeviceCodeOptions {
  /**
   * The page that shows the code. While the user types the code at the provider, the page polls
   * {@link DevicePage.pollUrl}.
   *
   * Your HTML is sent without a content security policy or frame protection, so set these headers in a middleware that
   * runs before `new Auth(app)`.
   *
   * @param page - The code, and the URL at which the user enters it.
   * @returns HTML, in which you must escape all values that you insert.
   * @defaultValue this library's page
   * @example
   * ```ts
   * import { deviceCode } from 'identity-web/device-code'
   *
   * const signIn = deviceCode({
   *   page: ({ userCode, verificationUri, pollUrl, device }) => `
   *     <p>Type ${escapeHtml(userCode)} at <a href="${escapeHtml(verificationUri)}">${escapeHtml(verificationUri)}</a>.</p>
   *     <form method="post" action="${escapeHtml(pollUrl)}">
   *       <input type="hidden" name="device" value="${escapeHtml(device)}"><button>I typed it</button>
   *     </form>`,
   * })
   * ```
   */
  readonly page?: ((page: DevicePage) => string | Promise<string>) | undefined
  /**
   * Your own texts, which replace texts on the page. Write them below a language tag, with the names in
   * {@link DeviceTexts}, and keep placeholders such as `{minutes}`. If you add a language yourself, the texts that you
   * do not set are in English.
   *
   * @defaultValue not set: this library's texts, in ten languages
   * @example
   * ```ts
   * import { deviceCode } from 'identity-web/device-code'
   *
   * const auth = new Auth(app, {
   *   signIn: deviceCode({ texts: { en: { intro: 'Enter this code on the page of Contoso:' } } }),
   * })
   * ```
   */
  readonly texts?:
    | {
        readonly [tag: string]:
          | { readonly [Key in keyof DeviceTexts]?: string | undefined }
          | undefined
      }
    | undefined
}

/** The content of the page that shows the device code, and the data for the request that returns the result. @public */
export interface DevicePage extends PageBase {
  /** The code that the user types at the provider. Show it in large letters, with a button to copy it. */
  readonly userCode: string
  /** The URL at which the user types the code. Open it in a new tab, with `rel="noopener noreferrer"`. */
  readonly verificationUri: string
  /**
   * The URL that already contains the code, so that the user does not need to type it. Only some providers return this
   * URL.
   */
  readonly verificationUriComplete?: string
  /** How many seconds remain until the code expires. */
  readonly expiresInSeconds: number
  /** How many seconds to wait before the first poll. */
  readonly intervalSeconds: number
  /**
   * The URL to poll with a POST whose form field `device` contains {@link DevicePage.device}.
   *
   * A script gets JSON with one of these values in `status`:
   *
   * - `'pending'`: poll again after `interval` seconds.
   * - `'done'`: go to `location`.
   * - `'expired'`, `'declined'` or `'failed'`: show `message` to the user, with a link to `newCodeUrl`. The message is
   *   in the user's language.
   *
   * If the browser posts the form without a script, it gets this page again, or a redirect.
   *
   * @example
   * ```js
   * const body = new URLSearchParams({ device: page.device })
   * const result = await (await fetch(page.pollUrl, { method: 'POST', body })).json()
   * if (result.status === 'done') location.replace(result.location)
   * ```
   */
  readonly pollUrl: string
  /** The encrypted sign-in, which works only in this browser. */
  readonly device: string
  /** The URL that starts the sign-in again, with a new code. */
  readonly newCodeUrl: string
  /** `true` if the user posted the form before they finished at the provider. */
  readonly isRepeated: boolean
}

/** A started sign-in with a code, which `startDeviceLogin` returns. @public */
export type StartedDeviceLogin = Omit<DevicePage, 'isRepeated' | keyof PageBase>

const ROWS: RowsOf<DeviceCodeOptions> = {
  page: { example: '(page) => html(page)', check: A_FUNCTION },
  texts: { example: "{ en: { title: 'Log in with a code' } }", check: 'resolver', depth: 2 },
}

/** The options of `deviceCode`. */
export const DEVICE_CODE: OptionTable = optionTable('deviceCode', ROWS)

/** The `Auth` options that do not affect a sign-in with a code, each with the change to make. */
const UNUSED: readonly (readonly [option: keyof WayOptions, remedy: string])[] = [
  [
    'redirectUri',
    `To sign users in with a code, remove Auth({ redirectUri }) and IDENTITY_REDIRECT_URI. To sign users in with a redirect URI, for example ${REDIRECT_URI_EXAMPLE}, remove Auth({ signIn }).`,
  ],
  ['previews', 'Remove Auth({ previews }).'],
]

const IN_PRODUCTION =
  'Auth({ signIn: deviceCode() }) is used in production. Attackers can use its codes for phishing. Without redirectUri, identity-web also does not know that the application uses https, so cookies are not Secure. If the provider can redirect to the application, remove signIn and set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example https://example.com/redirect.'

/**
 * Returns the function that checks the options of `deviceCode`, and the `Auth` options that cannot be used with it.
 */
export function createCheck(options: DeviceCodeOptions): SignInWay['check'] {
  return (given, { environment, problems, warnings }, tags) => {
    for (const [option, remedy] of UNUSED) {
      if (given[option] === undefined) continue
      const message = `${option} and signIn: deviceCode() are both configured, but the sign-in with a code does not use ${option}. ${remedy}`
      problems.push({ option, message })
    }
    problems.push(...faultsOf(options, tags).map((message) => ({ option: 'signIn', message })))
    if (environment === 'production' && given.redirectUri === undefined)
      warnings.push(IN_PRODUCTION)
  }
}

function faultsOf(options: DeviceCodeOptions, tags: readonly string[]): readonly string[] {
  const report = new OptionReport(DEVICE_CODE)
  report.check(options, options)
  for (const { message } of faultsOfTexts(options.texts ?? {}, tags, { ...ENGLISH })) {
    report.addMessage('texts', `${message} Change ${report.where('texts')}.`)
  }
  return report.messages
}

/** Returns the page's texts in a language. A variant such as `de-AT` gets its language's texts. */
export function textsFor({ texts = {} }: DeviceCodeOptions, tag: string): DeviceTexts {
  const [language = tag] = tag.split('-')
  const standard = TEXTS.get(tag) ?? TEXTS.get(language) ?? ENGLISH
  return { ...standard, ...definedTexts(own(texts, tag)) }
}
