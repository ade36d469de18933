import type { Parameters } from './script.ts'

/** Returns a response with the status of a redirect. */
export function redirectTo(url: string): Response {
  return new Response(null, { status: 302, headers: { location: url } })
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

/** Adds parameters to a URL. */
export function withParameters(url: string, parameters: Parameters): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value)
  return target.href
}

/** Returns a page that posts the authorization response to the application. */
export function formPostPage(action: string, parameters: Parameters): Response {
  const inputs = Object.entries(parameters).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  return page(
    `<form method="post" action="${escapeHtml(action)}">${inputs.join('')}</form>
    <script>document.forms[0].submit()</script>`,
  )
}

/** The URLs of a page that signs the user out of the application in an iframe. */
export interface FrontChannelPage {
  readonly logoutUri: string
  /** The URL that the page calls after the iframe has loaded. */
  readonly loadedUri: string
  /** The URL of the next page. It is missing if the provider started the sign-out. */
  readonly nextUri?: string | undefined
}

export function frontChannelPage({
  logoutUri,
  loadedUri,
  nextUri = '',
}: FrontChannelPage): Response {
  return page(
    `<main data-loaded="${escapeHtml(loadedUri)}" data-next="${escapeHtml(nextUri)}"></main>
    <iframe src="${escapeHtml(logoutUri)}"></iframe>
    <script>
      const { loaded, next } = document.querySelector('main').dataset
      document.querySelector('iframe').addEventListener('load', async () => {
        await fetch(loaded)
        if (next !== '') location.replace(next)
      })
    </script>`,
  )
}

function page(body: string): Response {
  return new Response(`<!doctype html><title>Scripted provider</title>${body}`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
