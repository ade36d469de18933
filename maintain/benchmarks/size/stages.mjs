import { startDevProvider } from '../../../packages/dev-provider/dist/index.js'
import { startWorker } from './worker.mjs'

/** Starts a development provider, and returns the settings of workers that use it. */
export async function openProvider() {
  const provider = await startDevProvider({ host: '127.0.0.1', allowProduction: true })
  const { app } = provider
  return {
    provider,
    /** The settings of an application that signs users in. */
    site: (origin) => ({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: app.clientId,
      IDENTITY_CLIENT_SECRET: app.clientSecret,
      IDENTITY_REDIRECT_URI: `${origin}/redirect`,
      IDENTITY_SESSION_SECRET: 'a secret of the benchmark, which protects nobody 0123456789',
    }),
    close: () => provider.close(),
  }
}

/** The steps of a user, each of which needs another part of the library. They must run in this order. */
export function stepsOf(visitor, provider) {
  let away
  return {
    async redirect() {
      away = await visitor.navigate('/')
      expectStatus('redirect to the provider', away, 302)
    },
    async callback() {
      const { url } = await provider.signIn(away.location, { as: 'alex', consent: true })
      const { pathname, search } = new URL(url)
      expectStatus('callback', await visitor.navigate(pathname + search), 302)
    },
    async guarded() {
      expectStatus('guarded request', await visitor.navigate('/'), 200)
    },
    async errorPage() {
      const path = '/redirect?state=unknown&code=1'
      expectStatus('error page', await visitor.navigate(path), 400)
    },
    async signOut() {
      expectStatus('sign-out', await visitor.navigate('/logout'), 302)
    },
  }
}

/**
 * Returns the modules that a worker has evaluated after each step.
 *
 * @param code - The bundle of `markedWorker`.
 */
export async function evaluatedBySite(code, { provider, site }) {
  const evaluated = {}
  let cookies
  const first = await startWorker({ 'worker.mjs': code }, site)
  try {
    evaluated.start = await first.evaluated()
    const visitor = first.visitor()
    for (const [step, run] of Object.entries(stepsOf(visitor, provider))) {
      await run()
      evaluated[step] = await first.evaluated()
      if (step === 'callback') cookies = visitor.cookieHeader
    }
  } finally {
    await first.close()
  }
  // Another isolate of the same site, which knows the user from the cookie only.
  const second = await startWorker({ 'worker.mjs': code }, () => site(first.origin))
  try {
    await stepsOf(second.visitor(cookies), provider).guarded()
    evaluated.guarded = await second.evaluated()
  } finally {
    await second.close()
  }
  return evaluated
}

function expectStatus(step, { status, body }, expected) {
  if (status !== expected) throw new Error(`${step}: status ${status} ${body}`)
}
