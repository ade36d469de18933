// Serves the built site as a host for static files does: /sign-in is sign-in.html, and texts are compressed. The old address of
// a page redirects to the new one.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { createGzip } from 'node:zlib'
import { redirectOf } from './redirects.mjs'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}
const IS_TEXT = /^(?:text\/|application\/json|image\/svg)/

/** Names that change with their content. */
const IS_HASHED = /^\/assets\/.*\.[\w-]{8,}\.(?:lean\.)?\w+$/

/**
 * Starts the server.
 *
 * @param {string} folder - The built site.
 * @param {number} [port] - 0 chooses a free port. @defaultValue 0
 * @returns The address, and a function that stops the server.
 */
export async function serve(folder, port = 0) {
  const server = createServer((request, response) => respond(folder, request, response))
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

function respond(folder, request, response) {
  // Not `new URL`, which throws an error for a path such as `//`.
  const [pathname] = (request.url ?? '/').split('?', 1)
  const location = redirectOf(pathname)
  if (location !== undefined) return response.writeHead(301, { location }).end()
  const found = fileOf(folder, pathname)
  const file = found ?? join(folder, '404.html')
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const isCompressed =
    IS_TEXT.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  response.writeHead(found === undefined ? 404 : 200, {
    'content-type': type,
    'cache-control': IS_HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  })
  if (request.method === 'HEAD') return response.end()
  const content = createReadStream(file)
  return (isCompressed ? content.pipe(createGzip()) : content).pipe(response)
}

/** The file of a path, never outside the folder. */
function fileOf(folder, pathname) {
  let path
  try {
    path = normalize(decodeURIComponent(pathname))
  } catch {
    return undefined
  }
  if (path.includes('\0') || !path.startsWith('/')) return undefined
  const full = join(folder, path)
  return [full, `${full}.html`, join(full, 'index.html')].find(
    (file) => existsSync(file) && statSync(file).isFile(),
  )
}
