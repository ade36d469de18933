import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import express, { type Express, type Request } from 'express'
import type { ViteDevServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/**
 * Serves the page and its scripts: in production those of `vite build`, and else those of Vite's development server.
 *
 * @param sessionOf - Returns the session for the page, so that the page does not need a request to find it out.
 */
export async function servePages(app: Express, sessionOf: (req: Request) => Promise<unknown>) {
  const vite = process.env['NODE_ENV'] === 'production' ? undefined : await startVite()
  if (vite === undefined) {
    app.use((_req, res, next) => {
      res.set('content-security-policy', POLICY)
      next()
    })
    app.use(express.static(`${root}dist`, { index: false }))
  } else {
    app.use(vite.middlewares)
  }

  // Every other path is a page of the application: React shows it.
  app.get('/{*path}', async (req, res) => {
    const page = await readFile(`${root}${vite === undefined ? 'dist/' : ''}index.html`, 'utf8')
    const html = (await vite?.transformIndexHtml(req.originalUrl, page)) ?? page
    const session = JSON.stringify(await sessionOf(req))
    // A name that contains `</script>` must not end the element.
    const escaped = session.replaceAll('<', String.raw`\u003c`)
    res
      .set('cache-control', 'private, no-store')
      .send(html.replace('<!--session-->', () => escaped))
  })
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer } = await import('vite')
  return createServer({ root, appType: 'custom', server: { middlewareMode: true } })
}
