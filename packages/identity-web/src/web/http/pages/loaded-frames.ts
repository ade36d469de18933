// The frames of pages in all languages.
import type { LanguageSource } from '../../../languages/language.ts'
import type { Site } from '../../../seams/site.ts'
import type { PageSettings } from '../../../options/resolve-pages.ts'
import { negotiateLanguage } from '../negotiate-language.ts'
import type { FrameLogo, PageFrame, PageFrames } from './frame.ts'

/** Creates the frames of all languages. Each language is loaded with its first page. */
export function createLoadedFrames(
  { appName, logo, color, supportUrl, languages }: PageSettings,
  site: Partial<Pick<Site, 'origin'>>,
): PageFrames {
  const frameLogo = logo === undefined ? undefined : toFrameLogo(logo, site)
  const shared = { appName, logo: frameLogo, colors: colorsOf(color), supportUrl }
  const tags = languages.map(({ tag }) => tag)
  const frames = new Map<string, PageFrame>()

  async function load({ tag, texts }: LanguageSource): Promise<PageFrame> {
    const found = await texts()
    const approvalMessage = found.approvalMessage.replace('{approve}', () => found.approve)
    const frame: PageFrame = { language: tag, texts: { ...found, approvalMessage }, ...shared }
    frames.set(tag, frame)
    return frame
  }

  return async (request) => {
    const tag = negotiateLanguage(request.header('accept-language'), tags)
    const [fallback] = languages
    return frames.get(tag) ?? load(languages.find((each) => each.tag === tag) ?? fallback)
  }
}

/**
 * Returns the CSS of a color. Its text is white if that is readable (4.5:1, WCAG 2.2, 1.4.3). If not, the color is so
 * light that black has 4.6:1 or more.
 */
function colorsOf(color: string | undefined): string {
  if (color === undefined) return ''
  const digits = color.slice(1).replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3')
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const part = Number.parseInt(digits.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return `:root{--accent:${color};--on-accent:${1.05 / (luminance + 0.05) < 4.5 ? '#000' : '#fff'}}`
}

function toFrameLogo(url: string, site: Partial<Pick<Site, 'origin'>>): FrameLogo {
  if (/^data:/i.test(url)) return { url, source: 'data:' }
  // Without a redirect URI, the origin is not known.
  if (url.startsWith('/') && site.origin === undefined) return { url, source: "'self'" }
  const { href, origin, pathname } = new URL(url, site.origin)
  // A semicolon or a comma would end the directive (CSP Level 3, section 2.3.1).
  const path = pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
  return { url: href, source: origin + path }
}
