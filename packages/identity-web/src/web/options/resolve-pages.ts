import type { FailedCheck } from '../../settings/problems.ts'
import type { LogoOptions, PageOptions } from './page-options.ts'
import { isText, resolveLanguages, type Languages } from './resolve-languages.ts'

/** The resolved options of the pages. */
export interface PageSettings {
  readonly appName: string | undefined
  readonly logo: Logo | undefined
  readonly languages: Languages
}

/** The logo with its defaults. */
export interface Logo {
  readonly url: string
  readonly alt: string
}

/** Checks the options of the pages. An option with a problem gets its default, because a page shows the problem. */
export function resolvePages(options: PageOptions, problems: FailedCheck[]): PageSettings {
  return Object.freeze({
    appName: resolveAppName(options, problems),
    logo: resolveLogo(options, problems),
    languages: resolveLanguages(options, problems),
  })
}

function resolveAppName({ appName }: PageOptions, problems: FailedCheck[]): string | undefined {
  if (appName === undefined || isText(appName)) return appName
  problems.push({
    option: 'appName',
    message: "appName must be a non-empty string, for example Auth({ appName: 'Contoso' }).",
  })
  return undefined
}

function resolveLogo({ logo }: PageOptions, problems: FailedCheck[]): Logo | undefined {
  if (logo === undefined) return undefined
  // Without TypeScript, an application can pass any value.
  const { url, alt = '' } = Object(logo) as LogoOptions
  if (url === undefined && typeof logo === 'object') return undefined
  if (!isLogoUrl(url)) {
    problems.push({
      option: 'logo.url',
      message:
        "logo.url must be a path of this origin, an https:// URL or a data:image/ URL, for example Auth({ logo: { url: '/logo.svg' } }).",
    })
    return undefined
  }
  if (typeof alt === 'string') return { url, alt }
  problems.push({
    option: 'logo.alt',
    message:
      "logo.alt must be a string, for example Auth({ logo: { url: '/logo.svg', alt: 'Contoso' } }).",
  })
  return undefined
}

function isLogoUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://localhost')) return false
  // Browsers read `//host` and `/\host` as the URL of another origin.
  return /^(\/(?![/\\])|https:\/\/|data:image\/[a-z+.-]+[;,])/i.test(url)
}
