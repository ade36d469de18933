import type { LanguageSource } from '../../../languages/language.ts'
import type { SignInFlow } from '../../../flows/flow.ts'
import type { PageSettings } from '../../../options/resolve-pages.ts'
import { negotiateLanguage } from '../negotiate-language.ts'
import type { FrameLogo, PageFrame, PageFrames } from './frame.ts'

/** Creates the frames of all languages. Each language is loaded with its first page. */
export function createLoadedFrames(
  { appName, logo, languages }: PageSettings,
  flow: Pick<SignInFlow, 'origin'>,
): PageFrames {
  const frameLogo = logo === undefined ? undefined : toFrameLogo(logo, flow)
  const tags = languages.map(({ tag }) => tag)
  const frames = new Map<string, PageFrame>()

  async function load({ tag, texts }: LanguageSource): Promise<PageFrame> {
    const frame: PageFrame = { language: tag, texts: await texts(), appName, logo: frameLogo }
    frames.set(tag, frame)
    return frame
  }

  return async (request) => {
    const tag = negotiateLanguage(request.header('accept-language'), tags)
    const [fallback] = languages
    return frames.get(tag) ?? load(languages.find((each) => each.tag === tag) ?? fallback)
  }
}

function toFrameLogo(url: string, flow: Pick<SignInFlow, 'origin'>): FrameLogo {
  if (/^data:/i.test(url)) return { url, source: 'data:' }
  // Without a redirect URI, the origin is not known.
  if (url.startsWith('/') && flow.origin === undefined) return { url, source: "'self'" }
  const { href, origin, pathname } = new URL(url, flow.origin)
  // A semicolon or a comma would end the directive (CSP Level 3, section 2.3.1).
  const path = pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
  return { url: href, source: origin + path }
}
