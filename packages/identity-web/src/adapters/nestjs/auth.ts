import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type LoginOptions,
  type TokenResult,
} from '../../web/index.ts'
import { AuthBase } from '../base/auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { notConfigured } from './absent.ts'
import { connectionOf, type PlatformRequest, type PlatformResponse } from './connection.ts'
import { answer } from './respond.ts'

/**
 * Signs the users of a Nest application in, keeps their sessions and gets their tokens: on the Express platform and on
 * the Fastify platform.
 *
 * {@link IdentityModule} makes it and mounts its routes; inject it where a request is at hand. Faults of the
 * configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * @Controller()
 * export class HomeController {
 *   constructor(private readonly auth: Auth) {}
 *
 *   @Get()
 *   @Public()
 *   async home(@Req() req: PlatformRequest) {
 *     const user = await this.auth.getUser(req)
 *     return user === undefined ? { signIn: this.auth.loginPath } : { name: user.name }
 *   }
 * }
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User> {
  /**
   * @param options - Of the module: those not given are read from the environment. Without any, for an application that
   *   is only an API, whatever is asked of this object is a `configuration` error.
   */
  constructor(options?: AuthOptions<User>) {
    super(options === undefined ? notConfigured('auth') : createWebAuth(options, toEnvironment()))
    // A request that the module did not see is refused by `connectionOf`.
    AuthBase.setMounted(this)
  }

  /**
   * Begins a sign-in: for a page of the application's own, or with other parameters than the options'.
   *
   * It answers the request, so take the response by `@Res()`. What fails becomes the error page. Without a `redirectUri`
   * it shows the page with the code.
   *
   * @param req - Of a page visitor: a script can't follow to the provider.
   * @param res - Its response, not begun.
   * @param options - What else to ask for. `returnTo` is a path of this origin; anything else leads to `/`.
   *
   * @example A link to sign up
   * ```ts
   * @Controller()
   * export class SignUpController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Get('sign-up')
   *   @Public()
   *   signUp(@Req() req: PlatformRequest, @Res() res: PlatformResponse) {
   *     return this.auth.login(req, res, { prompt: 'create', returnTo: '/welcome' })
   *   }
   * }
   * ```
   */
  login(req: PlatformRequest, res: PlatformResponse, options?: LoginOptions): Promise<void> {
    return answer(req, res, (request) => AuthBase.web(this).login(request, options))
  }

  /**
   * Takes the provider's answer at the redirect URI, where `routes: false` leaves that to the application: signs the
   * user in and leads back to the page that they wanted.
   *
   * Take POST as well as GET where `responseMode` is `'form_post'`, and keep global guards away by `@Public()`. What
   * fails becomes the error page.
   *
   * @param req - The request at the redirect URI.
   * @param res - Its response, not begun.
   * @throws What `onLogin` throws, unless it is an {@link IdentityError}.
   *
   * @example
   * ```ts
   * @Controller('redirect')
   * @Public()
   * export class RedirectController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @All()
   *   redirect(@Req() req: PlatformRequest, @Res() res: PlatformResponse) {
   *     return this.auth.completeLogin(req, res)
   *   }
   * }
   * ```
   */
  completeLogin(req: PlatformRequest, res: PlatformResponse): Promise<void> {
    return answer(req, res, (request) => AuthBase.web(this).completeLogin(request))
  }

  /**
   * Ends the session, here and at the provider, and leads on.
   *
   * A request from another site is answered with a question first; its button posts to {@link Auth.logoutPath}, so with
   * `routes: false` let that path lead here, for GET and POST.
   *
   * @param req - Of a page visitor: a script can't follow to the provider.
   * @param res - Its response, not begun.
   * @param url - Where to land: an absolute URL that is registered at the provider. `postLogoutRedirectUri` without it.
   *
   * @example A landing of its own
   * ```ts
   * @Controller()
   * export class LeaveController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Post('leave')
   *   leave(@Req() req: PlatformRequest, @Res() res: PlatformResponse) {
   *     return this.auth.logout(req, res, 'https://example.com/goodbye')
   *   }
   * }
   * ```
   */
  logout(req: PlatformRequest, res: PlatformResponse, url?: string): Promise<void> {
    return answer(req, res, (request) => AuthBase.web(this).logout(request, url))
  }

  /**
   * Ends the session that the provider names (`sid`) when the user signed out elsewhere, where `routes: false` leaves
   * that to the application.
   *
   * The provider loads it in a hidden frame: the session's cookie comes along only with `session.cookie.sameSite:
   * 'none'`, and this answer must be without frame protection. A call that names another session changes nothing.
   *
   * @param req - The request at the front-channel logout URL.
   * @param res - Its response, not begun.
   *
   * @example
   * ```ts
   * @Controller('front-channel-logout')
   * @Public()
   * export class FrontChannelController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Get()
   *   logout(@Req() req: PlatformRequest, @Res() res: PlatformResponse) {
   *     return this.auth.frontChannelLogout(req, res)
   *   }
   * }
   * ```
   * @see {@link https://openid.net/specs/openid-connect-frontchannel-1_0.html | OpenID Connect Front-Channel Logout}
   */
  frontChannelLogout(req: PlatformRequest, res: PlatformResponse): Promise<void> {
    return answer(req, res, (request) => AuthBase.web(this).frontChannelLogout(request))
  }

  /**
   * Ends the sessions that the provider's server names when a user signed out elsewhere, where `routes: false` leaves that
   * to the application. Take POST. It needs `session.store` or `session.denyList`.
   *
   * @param req - The request at the back-channel logout URL.
   * @param res - Its response, not begun: 200 where it was obeyed, 400 for a token that is refused.
   *
   * @example
   * ```ts
   * @Controller('back-channel-logout')
   * @Public()
   * export class BackChannelController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Post()
   *   logout(@Req() req: PlatformRequest, @Res() res: PlatformResponse) {
   *     return this.auth.backChannelLogout(req, res)
   *   }
   * }
   * ```
   * @see {@link https://openid.net/specs/openid-connect-backchannel-1_0.html | OpenID Connect Back-Channel Logout}
   */
  backChannelLogout(req: PlatformRequest, res: PlatformResponse): Promise<void> {
    return answer(req, res, (request) => AuthBase.web(this).backChannelLogout(request))
  }

  /**
   * Tells who is signed in, for a page that everybody may see.
   *
   * @param req - The request; what is renewed is stored with its response, so ask before that begins.
   * @returns The user, `undefined` when nobody is signed in; never a redirect.
   *
   * @example
   * ```ts
   * @Controller()
   * export class HomeController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Get()
   *   @Public()
   *   async home(@Req() req: PlatformRequest) {
   *     const user = await this.auth.getUser(req)
   *     return `Hello, ${user?.name ?? 'stranger'}`
   *   }
   * }
   * ```
   */
  async getUser(req: PlatformRequest): Promise<User | undefined> {
    return AuthBase.web(this).getUser(connectionOf(req).exchange)
  }

  /**
   * Gets an access token for the signed-in user, from the session or refreshed.
   *
   * Let its errors through behind {@link LoginGuard}: the user is sent to the provider for what is missing.
   *
   * @param req - The request; a refreshed token is stored with its response, so ask before that begins.
   * @param scopes - Of one API, as a list or separated by spaces.
   * @returns The token, and for how many seconds it is good.
   * @throws {@link IdentityError} `login_required` when nobody is signed in; `interaction_required` when the user has to
   *   consent or do another step; `provider_unavailable` when the provider can't answer now; `provider_error` when it
   *   refuses; `configuration` for scopes of several APIs.
   *
   * @example
   * ```ts
   * @Controller('report')
   * @LoginRequired()
   * export class ReportController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Get()
   *   async report(@Req() req: PlatformRequest) {
   *     const { accessToken } = await this.auth.getTokenForUser(req, ['Reports.Read.All'])
   *     return makeReport(accessToken)
   *   }
   * }
   * ```
   */
  async getTokenForUser(
    req: PlatformRequest,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    return AuthBase.web(this).getTokenForUser(connectionOf(req).exchange, scopes)
  }

  /**
   * Azure AD B2C: gives the URL at which the user edits their profile, and from which they come back to the page that
   * links there.
   *
   * @param req - The request of the page that shows the link.
   * @returns The URL; `undefined` where `b2c.editProfileUserFlow` is not configured.
   *
   * @example
   * ```ts
   * @Controller('account')
   * @LoginRequired()
   * export class AccountController {
   *   constructor(private readonly auth: Auth) {}
   *
   *   @Get()
   *   async account(@Req() req: PlatformRequest, @CurrentUser('name') name: string) {
   *     return { name, editUrl: await this.auth.getEditProfileUrl(req) }
   *   }
   * }
   * ```
   */
  async getEditProfileUrl(req: PlatformRequest): Promise<string | undefined> {
    return AuthBase.web(this).getEditProfileUrl(connectionOf(req).exchange)
  }
}
