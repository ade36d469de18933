import { scopesOfOneResource, parseScopes } from '../client/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { toTokenResult } from '../tokens.ts'
import { admit, type Admission } from './guard/admission.ts'
import { whereTo } from './guard/challenge.ts'
import { toUser } from './guard/context.ts'
import { guard } from './guard/guard.ts'
import { renewAhead } from './guard/renew.ts'
import { toRequirement } from './guard/requirement.ts'
import { answerError } from './http/answer-error.ts'
import { loginUrl, returnPath } from './http/login-url.ts'
import { pathOf } from './options/paths.ts'
import { hasUserFlow, type WebRuntime } from './runtime/runtime.ts'
import { completeSignIn } from './sign-in/callback.ts'
import { login, loginRoute } from './sign-in/login-route.ts'
import { noteStepUp } from './sign-in/step-up.ts'
import { backChannelLogout } from './sign-out/back-channel.ts'
import { frontChannelLogout } from './sign-out/front-channel.ts'
import { revokeSessions } from './sign-out/revoke-sessions.ts'
import { logout } from './sign-out/sign-out.ts'
import { completeLogout, isSignedOutUrl, landingPath } from './sign-out/signed-out.ts'
import type { WebAuth } from './web-auth.ts'

/** Sign-in by options that are right. */
export function configured<User>(runtime: WebRuntime<User>): WebAuth<User> {
  const { paths, client, now } = runtime

  /** Errors of a route become pages; others are the framework's. */
  function answering(route: (request: Request) => Promise<Response>) {
    return async (request: Request): Promise<Response> => {
      try {
        return await route(request)
      } catch (error) {
        if (!isIdentityError(error)) throw error
        return answerError(runtime, error, { returnTo: '/' })
      }
    }
  }

  const completeLogin = answering((request) => completeSignIn(runtime, request))
  const frontChannel = answering((request) => frontChannelLogout(runtime, request))
  const backChannel = (request: Request): Promise<Response> => backChannelLogout(runtime, request)
  const routes = new Map([
    [paths.login, answering((request) => loginRoute(runtime, request))],
    [paths.logout, answering((request) => logout(runtime, request))],
    // Without a redirect URI nobody comes back.
    ...(runtime.origin === undefined ? [] : [[paths.callback, completeLogin] as const]),
    [paths.frontChannelLogout, frontChannel],
    [paths.backChannelLogout, backChannel],
  ])
  const signedOut = answering((request) => completeLogout(runtime, request))
  const landing = landingPath(runtime)

  return {
    paths,

    guard(options) {
      const requirement = toRequirement(runtime, options)
      return (http, handler) => guard(runtime, http, { requirement, handler })
    },

    route(url, method) {
      if (runtime.options.routes === false) return undefined
      if (method !== 'GET' && method !== 'POST') return undefined
      const pathname = pathOf(url)
      const route = routes.get(pathname)
      if (route !== undefined) return route
      return pathname === landing && isSignedOutUrl(url) ? signedOut : undefined
    },

    login: (request, { returnTo, scopes, ...parameters } = {}) =>
      answering(() =>
        login(runtime, request, {
          returnTo: returnPath(runtime, returnTo),
          scopes: scopes === undefined ? undefined : parseScopes(scopes),
          parameters,
        }),
      )(request),

    completeLogin,

    frontChannelLogout: frontChannel,

    backChannelLogout: backChannel,

    revokeSessions: (of) => revokeSessions(runtime, of),

    logout: (request, postLogoutRedirectUri) =>
      answering(() => logout(runtime, request, postLogoutRedirectUri))(request),

    renew: (http) => renewAhead(runtime, http),

    async getUser(http) {
      const admission = await admit(runtime, http)
      if (!isSignedIn(admission)) return undefined
      http.noStore()
      return toUser<User>(admission.session)
    },

    async getTokenForUser(http, scopes) {
      const wanted = scopesOfOneResource(parseScopes(scopes), client.traits.prefixedScopes)
      const admission = await admit(runtime, http, wanted)
      if (admission?.token === undefined) {
        const { obstacle } = admission ?? {}
        if (obstacle?.code === 'interaction_required') throw noteStepUp(obstacle, wanted)
        throw obstacle ?? new IdentityError('login_required', 'Nobody is signed in here.')
      }
      http.noStore()
      return toTokenResult(admission.token, now())
    },

    async getTokenForClient(scopes) {
      return toTokenResult(await runtime.clientTokens(parseScopes(scopes)), now())
    },

    async getEditProfileUrl(http) {
      if (!hasUserFlow(runtime, 'edit_profile')) return undefined
      return loginUrl(runtime, { returnTo: whereTo(runtime, http), userFlow: 'edit_profile' })
    },
  }
}

function isSignedIn(admission: Admission | undefined): admission is Admission {
  return admission !== undefined && admission.obstacle?.code !== 'login_required'
}
