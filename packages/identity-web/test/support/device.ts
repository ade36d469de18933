import type { DevProvider, SignInOptions } from 'identity-web-dev'
import type { BrowserResponse, BrowserRequest, Browser } from './browser.ts'
import type { Site } from './site.ts'

/** The parts of the page with the code. */
export interface DeviceCodePage {
  readonly page: BrowserResponse
  readonly userCode: string
  /** The URL of the link to the provider. */
  readonly verificationUri: string
  readonly newCodeUrl: string
  /** The encrypted flow that polls send. */
  readonly device: string
}

/** Opens a page of a site without a redirect URI, and follows the redirect to the page with the code. */
export async function openCodePage(
  site: Pick<Site, 'origin'>,
  browser: Browser,
  path = '/',
): Promise<DeviceCodePage> {
  const redirect = await browser.navigate(site.origin + path)
  if (redirect.status !== 302)
    throw new Error(`${path} did not lead away: ${redirect.status} ${redirect.text}`)
  return readCodePage(await browser.navigate(new URL(redirect.location ?? '', site.origin).href))
}

export function readCodePage(page: BrowserResponse): DeviceCodePage {
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(page.text)?.[1]
    if (found === undefined) throw new Error(`No code on the page: ${page.status} ${page.text}`)
    return found.replaceAll('&amp;', '&')
  }
  return {
    page,
    userCode: find(/<code id="code"[^>]*>([^<]+)</),
    verificationUri: find(/<a href="([^"]+)" target="_blank"/),
    newCodeUrl: find(/id="again" href="([^"]+)"/),
    device: find(/name="device" value="([^"]+)"/),
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Polls like the script of the page. */
export function poll(
  site: Pick<Site, 'origin'>,
  browser: Browser,
  device: string,
  { headers }: Pick<BrowserRequest, 'headers'> = {},
): Promise<BrowserResponse> {
  return browser.script(`${site.origin}/login`, {
    method: 'POST',
    headers: { ...FORM, accept: 'application/json', ...headers },
    body: new URLSearchParams({ device }).toString(),
  })
}

/** Posts the form of the page, like a browser without scripts. */
export function postCodeForm(
  site: Pick<Site, 'origin'>,
  browser: Browser,
  device: string,
): Promise<BrowserResponse> {
  return browser.navigate(`${site.origin}/login`, {
    method: 'POST',
    headers: FORM,
    body: new URLSearchParams({ device }).toString(),
  })
}

/** Enters the code at the provider. The options say how the user continues. */
export async function enterCode(
  provider: DevProvider,
  { verificationUri, userCode }: Pick<DeviceCodePage, 'verificationUri' | 'userCode'>,
  options: SignInOptions = {},
): Promise<void> {
  await provider.answerDevice(verificationUri, userCode, options)
}

/** Returns the cookies of a browser as a `Cookie` header, for requests to which the browser would not add them. */
export function cookieHeader({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}
