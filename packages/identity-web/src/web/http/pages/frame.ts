import type { PageTexts } from '../../../languages/language.ts'
import type { SignInFlow } from '../../options/flow.ts'
import type { PageBase } from '../../options/options.ts'
import type { Logo, PageSettings } from '../../options/resolve-pages.ts'
import { negotiateLanguage } from '../negotiate-language.ts'

/** The parts of a page that do not depend on its content: the language of the visitor, and the name and the logo. */
export interface PageFrame {
  /** The language tag. */
  readonly language: string
  readonly texts: PageTexts
  readonly appName: string | undefined
  readonly logo: FrameLogo | undefined
}

/** The logo, and the source expression of the content security policy that allows only this image. */
export interface FrameLogo extends Logo {
  readonly source: string
}

/** A request with its headers, of a route or of a guard. */
export interface RequestHeaders {
  /** Returns a header by its lower-case name. */
  header(name: string): string | undefined
}

/** Returns the frame for the visitor who sent a request. */
export type PageFrames = (request: RequestHeaders) => PageFrame

/** @param flow - The origin of the application, which the URL of the logo can be relative to. */
export function createPageFrames(
  { appName, logo, languages }: PageSettings,
  flow: Pick<SignInFlow, 'origin'>,
): PageFrames {
  const frameLogo = logo && toFrameLogo(logo, flow)
  const tags = languages.map(({ tag }) => tag)
  const frames = new Map(
    languages.map(({ tag, texts }) => {
      const frame: PageFrame = { language: tag, texts, appName, logo: frameLogo }
      return [tag, frame]
    }),
  )
  const [fallback] = frames.values()
  return (request) => {
    const tag = negotiateLanguage(request.header('accept-language'), tags)
    return (frames.get(tag) ?? fallback) as PageFrame
  }
}

/** Returns the values that pages of the application get. */
export function pageBaseOf({ language, appName }: PageFrame): PageBase {
  return { language, ...(appName !== undefined && { appName }) }
}

function toFrameLogo({ url, alt }: Logo, flow: Pick<SignInFlow, 'origin'>): FrameLogo {
  if (/^data:/i.test(url)) return { url, alt, source: 'data:' }
  // In the device code flow, the origin is not known.
  if (url.startsWith('/') && flow.origin === undefined) return { url, alt, source: "'self'" }
  const { href, origin, pathname } = new URL(url, flow.origin)
  // A semicolon or a comma would end the directive (CSP Level 3, section 2.3.1).
  const path = pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
  return { url: href, alt, source: origin + path }
}
