import type { DevProvider, SignInOptions } from 'identity-web-dev'
import type { BrowserResponse, BrowserRequest, Browser } from './browser.ts'
import type { Site } from './site.ts'

/** The page with a code, as a user and its script see it. */
export interface DeviceCodePage {
  readonly page: BrowserResponse
  readonly userCode: string
  /** Where the link to the provider leads. */
  readonly verificationUri: string
  readonly newCodeUrl: string
  /** The sealed flow that polls carry. */
  readonly device: string
}

/** Asks for a page of a site without a redirect URI, and follows to the page with the code. */
export async function openCodePage(
  site: Site,
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
    userCode: find(/<code id="code">([^<]+)</),
    verificationUri: find(/<a href="([^"]+)" target="_blank"/),
    newCodeUrl: find(/id="again" href="([^"]+)"/),
    device: find(/name="device" value="([^"]+)"/),
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** A poll of the page's script. */
export function poll(
  site: Site,
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

/** The form of the page, posted by a browser without scripts. */
export function postCodeForm(
  site: Site,
  browser: Browser,
  device: string,
): Promise<BrowserResponse> {
  return browser.navigate(`${site.origin}/login`, {
    method: 'POST',
    headers: FORM,
    body: new URLSearchParams({ device }).toString(),
  })
}

/** The user types the code at the provider and goes through with it, or not. */
export async function enterCode(
  provider: DevProvider,
  { verificationUri, userCode }: Pick<DeviceCodePage, 'verificationUri' | 'userCode'>,
  options: SignInOptions = {},
): Promise<void> {
  await provider.answerDevice(verificationUri, userCode, options)
}

/** The `Cookie` header of a browser, for what is sent where its cookies don't go by themselves. */
export function cookieHeader({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}
