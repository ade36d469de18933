// `deviceCode()`: sign-in with a code, without a redirect URI.
import { configurationError } from '../errors.ts'
import { loadLater } from '../load-later.ts'
import { readOptions } from '../options/rows.ts'
import { SIGN_IN_WAY, START_SIGN_IN } from '../seams/sign-in-way.ts'
import type { SignInMethod, SignInWay, StartsSignIn } from '../seams/sign-in-way.ts'
import type { WayCall } from '../web/sign-in/services.ts'
import {
  createCheck,
  DEVICE_CODE,
  type DeviceCodeOptions,
  type StartedDeviceLogin,
} from './options.ts'
import { createDevicePacer } from './pacer.ts'
import type { DeviceServices } from './sign-in.ts'
import type { SignInServices } from '../web/sign-in/services.ts'

export type * from '../register.ts'

export type { PageBase } from '../options/page-options.ts'
export type { SignInMethod } from '../seams/sign-in-way.ts'
export type { DeviceCodeOptions, DevicePage, StartedDeviceLogin } from './options.ts'
export type { DeviceTexts } from './texts.ts'

const load = loadLater('the sign-in with a code', () => import('./loaded.ts'))

/**
 * Lets users sign in with a code that they type at the provider (device code flow), so the application does not need a
 * redirect URI.
 *
 * Use this flow to try identity-web, and for applications that the provider cannot redirect to. Many organizations
 * block the flow, because attackers can use codes for phishing. The flow requires a registration that allows public
 * client flows, or a `clientCredential`. Azure AD B2C does not support it.
 *
 * This function does not throw. Wrong options become problems in `auth.problems` instead.
 *
 * @param options - Your own page or texts.
 * @returns The value for `Auth({ signIn })`.
 *
 * @example
 * ```ts
 * import { Auth } from 'identity-web/express'
 * import { deviceCode } from 'identity-web/device-code'
 *
 * const auth = new Auth(app, { signIn: deviceCode() })
 * app.get('/', auth.loginRequired((req, res, { user }) => res.json({ hello: user.name })))
 * ```
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 * @public
 */
export function deviceCode(options: DeviceCodeOptions = {}): SignInMethod {
  const own = { options: readOptions(options, DEVICE_CODE.rows), pacer: createDevicePacer() }
  const withOwn = (services: SignInServices<any>): DeviceServices => ({ ...services, ...own })
  const method = { kind: 'device-code', name: 'deviceCode()' } as const
  const way: SignInWay<WayCall> = {
    ...method,
    check: createCheck(own.options),
    login: async (services, request, start) =>
      (await load()).startDeviceSignIn(withOwn(services), request, start),
    poll: async (services, request) =>
      (await load()).respondToDevicePoll(withOwn(services), request),
    start: async (services, cookieHeader, start) =>
      (await load()).prepareDeviceSignIn(withOwn(services), cookieHeader, start),
  }
  return Object.freeze(SIGN_IN_WAY.put(method, () => way))
}

/**
 * Starts a sign-in with a code, and returns its data instead of a response. Use this function if your application
 * renders its own page or returns JSON.
 *
 * Call it before you send your response. The response must reach the browser that signs in, because it contains the
 * cookie of the sign-in. The browser then polls the result's `pollUrl`.
 *
 * @param auth - An `Auth` with `signIn: deviceCode()`.
 * @param args - The arguments of `auth.startLogin()` in your framework: the request, and the sign-in's parameters.
 * @returns The code, and the provider's URL.
 * @throws IdentityError `provider_unavailable` during an outage. `provider_error` if the provider rejects the request.
 *   `configuration` if the response cannot set a cookie, the provider does not support the flow, or the `Auth` does not
 *   have `signIn: deviceCode()`.
 * @example
 * ```ts
 * import { startDeviceLogin } from 'identity-web/device-code'
 *
 * app.post('/api/login', async (req, res) => res.json(await startDeviceLogin(auth, req))) // Express, NestJS
 * app.post('/api/login', async (request) => startDeviceLogin(auth, request)) // Fastify
 * router.post('/api/login', async (ctx) => void (ctx.body = await startDeviceLogin(auth, ctx))) // Koa
 * app.post('/api/login', async (c) => c.json(await startDeviceLogin(auth, c))) // Hono
 * export const POST = async () => Response.json(await startDeviceLogin(auth)) // Next.js
 * const login = async (request: Request) => Response.json(await startDeviceLogin(auth, request)) // fetch
 * ```
 * @public
 */
export async function startDeviceLogin<Auth extends { startLogin(...args: any): unknown }>(
  auth: Auth,
  ...args: Parameters<Auth['startLogin']>
): Promise<StartedDeviceLogin> {
  const started = await (auth as StartsSignIn)[START_SIGN_IN]?.(...args)
  if (started !== undefined) return started as StartedDeviceLogin
  throw configurationError(
    'startDeviceLogin() requires the sign-in with a code. Set Auth({ signIn: deviceCode() }), or call auth.startLogin() to sign users in with a redirect URI.',
  )
}
