import { Browser } from '../support/browser.ts'

/** The last page of a navigation. */
export interface VisitedPage {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** A person with a browser. It follows redirects, and runs the pages of the provider. */
export interface Visitor {
  open(url: string): Promise<VisitedPage>
  close(): Promise<void>
}

const MAX_STEPS = 12

/**
 * Returns a visitor whose browser has no scripts. It understands the two pages of a provider that have a script: a form
 * that posts itself, and an iframe that signs the user out.
 */
export function createVisitor(): Visitor {
  const browser = new Browser()

  async function follow(start: string): Promise<VisitedPage> {
    let url = start
    let response = await browser.navigate(url)
    for (let step = 0; step < MAX_STEPS; step++) {
      const target = response.location ?? (await runPage(response.text))
      if (typeof target === 'string') {
        const next = new URL(target, url)
        const site = next.origin === new URL(url).origin ? 'same-origin' : 'cross-site'
        url = next.href
        response = await browser.navigate(url, { headers: { 'sec-fetch-site': site } })
      } else if (target === undefined) {
        return { url, status: response.status, text: response.text }
      } else {
        url = target.action
        response = await browser.postCrossSite(url, target.form)
      }
    }
    throw new Error(`The pages did not end: ${url}`)
  }

  /** Does what the script of a page does. Returns the next URL or form. */
  async function runPage(
    html: string,
  ): Promise<string | { action: string; form: Record<string, string> } | undefined> {
    if (html.includes('document.forms[0].submit()')) {
      const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
      const form = [...inputs].map(([, name = '', value = '']) => [name, unescape(value)])
      return { action: attribute(html, 'action'), form: Object.fromEntries(form) }
    }
    if (!html.includes('data-loaded=')) return undefined
    // A browser does not send cookies with SameSite=Lax to an iframe of another site.
    await new Browser().send(attribute(html, 'src'), {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', accept: 'text/html' },
    })
    await browser.script(attribute(html, 'data-loaded'))
    return attribute(html, 'data-next') || undefined
  }

  return { open: follow, close: () => Promise.resolve() }
}

function attribute(html: string, name: string): string {
  return unescape(new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '')
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
