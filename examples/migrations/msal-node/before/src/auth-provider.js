import {
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  ResponseMode,
} from '@azure/msal-node'
import { cachePluginFor } from './cache.js'

/** Signs users in, and gets tokens for them. */
export class AuthProvider {
  constructor(config, { redirectUri, postLogoutRedirectUri }) {
    this.config = config
    this.redirectUri = redirectUri
    this.postLogoutRedirectUri = postLogoutRedirectUri
    this.crypto = new CryptoProvider()
  }

  /** Creates a client with the token cache of one session. */
  clientFor(session) {
    return new ConfidentialClientApplication({
      ...this.config,
      cache: { cachePlugin: cachePluginFor(session) },
    })
  }

  /** Redirects the user to the sign-in page. */
  login({ scopes = [], successRedirect = '/', claims } = {}) {
    return async (req, res, next) => {
      try {
        const { verifier, challenge } = await this.crypto.generatePkceCodes()
        const state = this.crypto.base64Encode(
          JSON.stringify({ csrfToken: this.crypto.createNewGuid(), successRedirect }),
        )
        const nonce = this.crypto.createNewGuid()
        const common = { scopes, state, nonce, claims, redirectUri: this.redirectUri }
        req.session.authCodeRequest = { ...common, codeVerifier: verifier }

        const url = await this.clientFor(req.session).getAuthCodeUrl({
          ...common,
          responseMode: ResponseMode.FORM_POST,
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          ...(claims !== undefined && { loginHint: req.session.account?.username }),
        })
        res.redirect(url)
      } catch (error) {
        next(error)
      }
    }
  }

  /** Handles the response of the sign-in page. */
  handleRedirect() {
    return async (req, res, next) => {
      try {
        const { authCodeRequest } = req.session
        delete req.session.authCodeRequest
        if (authCodeRequest === undefined || req.body.state !== authCodeRequest.state) {
          return res.status(400).send('The sign-in was not started in this browser.')
        }
        if (req.body.error !== undefined) {
          return res.status(403).type('text').send(`The sign-in failed: ${req.body.error}`)
        }
        const result = await this.clientFor(req.session).acquireTokenByCode(
          { ...authCodeRequest, code: req.body.code },
          req.body,
        )
        const { successRedirect } = JSON.parse(this.crypto.base64Decode(req.body.state))
        // A new session ID, so that an ID from before the sign-in is useless.
        req.session.regenerate((error) => {
          if (error) return next(error)
          req.session.account = result.account
          req.session.save(() => res.redirect(successRedirect))
        })
      } catch (error) {
        next(error)
      }
    }
  }

  /** A middleware that rejects visitors who have not signed in. */
  isAuthenticated() {
    return (req, res, next) => {
      if (req.session.account !== undefined) return next()
      return this.login({ successRedirect: req.originalUrl })(req, res, next)
    }
  }

  /** A middleware that sets `req.accessToken`, or asks the user for what is missing. */
  acquireToken({ scopes }) {
    return async (req, res, next) => {
      try {
        const { account } = req.session
        const result = await this.clientFor(req.session).acquireTokenSilent({ account, scopes })
        req.accessToken = result.accessToken
        next()
      } catch (error) {
        if (!(error instanceof InteractionRequiredAuthError)) return next(error)
        const { claims = '' } = error
        const successRedirect = req.method === 'GET' ? req.originalUrl : '/'
        await this.login({
          scopes,
          successRedirect,
          claims: claims === '' ? undefined : claims,
        })(req, res, next)
      }
    }
  }

  logout() {
    return async (req, res, next) => {
      try {
        const { account } = req.session
        if (account !== undefined) {
          const cache = this.clientFor(req.session).getTokenCache()
          await cache.removeAccount(account)
        }
        const url = new URL(`${this.config.auth.authority}/oauth2/v2.0/logout`)
        url.searchParams.set('post_logout_redirect_uri', this.postLogoutRedirectUri)
        req.session.destroy((error) => (error ? next(error) : res.redirect(url.href)))
      } catch (error) {
        next(error)
      }
    }
  }
}
