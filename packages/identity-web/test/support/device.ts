import type { DevProvider, SignInOptions } from 'identity-web-dev'
import type { Answer, Ask, Browser } from './browser.ts'
import type { Site } from './site.ts'

/** The page with a code, as a user and its script see it. */
export interface ShownCode {
  readonly page: Answer
  readonly userCode: string
  /** Where the link to the provider leads. */
  readonly verificationUri: string
  readonly newCodeUrl: string
  /** The sealed flow that polls carry. */
  readonly device: string
}

/** Asks for a page of a site without a redirect URI, and follows to the page with the code. */
export async function showCode(site: Site, browser: Browser, path = '/'): Promise<ShownCode> {
  const away = await browser.navigate(site.origin + path)
  if (away.status !== 302) throw new Error(`${path} did not lead away: ${away.status} ${away.text}`)
  return readCode(await browser.navigate(new URL(away.location ?? '', site.origin).href))
}

export function readCode(page: Answer): ShownCode {
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
  { headers }: Pick<Ask, 'headers'> = {},
): Promise<Answer> {
  return browser.script(`${site.origin}/login`, {
    method: 'POST',
    headers: { ...FORM, accept: 'application/json', ...headers },
    body: new URLSearchParams({ device }).toString(),
  })
}

/** The form of the page, posted by a browser without scripts. */
export function post(site: Site, browser: Browser, device: string): Promise<Answer> {
  return browser.navigate(`${site.origin}/login`, {
    method: 'POST',
    headers: FORM,
    body: new URLSearchParams({ device }).toString(),
  })
}

/** The user types the code at the provider and goes through with it, or not. */
export async function enterCode(
  provider: DevProvider,
  { verificationUri, userCode }: Pick<ShownCode, 'verificationUri' | 'userCode'>,
  options: SignInOptions = {},
): Promise<void> {
  await provider.answerDevice(verificationUri, userCode, options)
}

/** The `Cookie` header of a browser, for what is sent where its cookies don't go by themselves. */
export function cookieHeader({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}
