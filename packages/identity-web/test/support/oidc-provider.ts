import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import type { Browser } from './browser.ts'
import { close, listen } from './site.ts'

/** Follows the development pages of oidc-provider: sign-in, consent and return. */
export async function signInAtOidcProvider(
  browser: Browser,
  url: string,
  end: string,
): Promise<string> {
  let at = url
  for (let steps = 0; steps < 10; steps++) {
    if (at.startsWith(end)) return at
    const page = await browser.navigate(at)
    if (page.location !== undefined) {
      at = new URL(page.location, at).href
      continue
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? 'login'
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? at
    const posted = await browser.navigate(new URL(action, at).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login: 'ada', password: 'any' }).toString(),
    })
    at = new URL(posted.location ?? '', at).href
  }
  throw new Error(`No way back from ${at}`)
}

/** Starts an oidc-provider at which MCP clients register themselves. */
export async function startRegistrar(): Promise<{ issuer: string; close(): Promise<void> }> {
  const server = createServer()
  const issuer = await listen(server)
  const scope = 'Tools.Use Office.Manage'
  const handle = new Provider(issuer, {
    scopes: ['openid', 'offline_access', ...scope.split(' ')],
    features: {
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          audience,
          scope,
          accessTokenFormat: 'jwt',
        }),
      },
    },
  }).callback()
  server.on('request', (request, response) => void handle(request, response))
  return { issuer, close: () => close(server) }
}
