import type { FailedCheck } from '../../settings/problems.ts'
import type { PageOptions } from './page-options.ts'
import { isText, resolveLanguages, type Languages } from './resolve-languages.ts'

/** The resolved options of the pages. */
export interface PageSettings {
  readonly appName: string | undefined
  /** The URL of the image. */
  readonly logo: string | undefined
  readonly languages: Languages
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

function resolveLogo({ logo }: PageOptions, problems: FailedCheck[]): string | undefined {
  if (logo === undefined || isLogoUrl(logo)) return logo
  problems.push({
    option: 'logo',
    message:
      "logo must be a path of this origin, an https:// URL or a data:image/ URL, for example Auth({ logo: '/logo.svg' }).",
  })
  return undefined
}

// Without TypeScript, an application can pass any value.
function isLogoUrl(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://localhost')) return false
  // Browsers read `//host` and `/\host` as the URL of another origin.
  return /^(\/(?![/\\])|https:\/\/|data:image\/[a-z+.-]+[;,])/i.test(url)
}
