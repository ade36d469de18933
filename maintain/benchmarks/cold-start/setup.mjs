import { authOptions } from '../guard/settings.mjs'

/** Returns everything that a program needs, so that it does not send a request to the provider. */
export async function createSetup({ setup, cookies }) {
  const issuer = `${setup.authority}/v2.0`
  const metadata = `${issuer}/.well-known/openid-configuration`
  const options = authOptions(setup)
  return {
    issuer,
    options,
    documents: { [metadata]: await (await fetch(metadata)).text() },
    url: new URL('/', options.redirectUri).href,
    headers: {
      redirect: NAVIGATION,
      guarded: { ...NAVIGATION, cookie: cookies[0] },
    },
    status: { redirect: 302, guarded: 200 },
  }
}

const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
