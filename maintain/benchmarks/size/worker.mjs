import { request } from 'node:http'
import { createServer } from 'node:net'
import { Miniflare } from 'miniflare'

/**
 * Starts a worker in workerd, the runtime of Cloudflare Workers.
 *
 * @param modules - The code of each module by its name. The first one is the entry.
 * @param bindingsFor - Returns the settings of the library for the origin of the worker.
 */
export async function startWorker(modules, bindingsFor) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const worker = new Miniflare({
    port,
    compatibilityDate: '2025-03-01',
    modulesRoot: '/',
    modules: Object.entries(modules).map(([name, contents]) => ({
      type: 'ESModule',
      path: `/${name}`,
      contents,
    })),
    bindings: bindingsFor(origin),
  })
  await worker.ready
  return {
    origin,
    /** A browser, with the cookies of another one if they are given. */
    visitor: (cookies) => createVisitor(origin, cookies),
    /** The modules that the worker of `markedWorker` has evaluated until now. */
    evaluated: async () => (await fetch(`${origin}/evaluated`)).json(),
    close: () => worker.dispose(),
  }
}

async function freePort() {
  const server = createServer().listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A browser that navigates and stores cookies. It does not follow redirects, and it does not read dates of cookies. */
function createVisitor(origin, copied = '') {
  const cookies = new Map(copied === '' ? [] : copied.split('; ').map(toPair))
  const header = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  return {
    cookies: header,
    async navigate(path) {
      const { setCookies, ...response } = await send(new URL(path, origin), header())
      for (const line of setCookies) {
        const [name, value] = toPair(line.split(';')[0])
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    },
  }
}

function toPair(text) {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}

// `fetch` replaces the headers of a navigation.
function send(url, cookie) {
  const headers = {
    accept: 'text/html',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    ...(cookie !== '' && { cookie }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.on('error', reject).on('end', () =>
        resolve({
          status: response.statusCode,
          location: response.headers.location,
          body,
          setCookies: response.headers['set-cookie'] ?? [],
        }),
      )
    })
    outgoing.on('error', reject).end()
  })
}
