import type { IncomingMessage, Server } from 'node:http'
import { Catch, Controller, Get, Inject, Module, Req, type ArgumentsHost } from '@nestjs/common'
// #region entra-id
import { NotFoundException, StreamableFile } from '@nestjs/common'
// #endregion entra-id
import { NestFactory } from '@nestjs/core'
import { Auth, IdentityContext, IdentityModule, LoginRequired } from 'identity-web/nestjs'
import type {
  AuthOptions,
  Claims,
  LoginContext,
  // #region graph
  TokenContext,
  // #endregion graph
} from 'identity-web/nestjs'
import { IdentityError } from 'identity-web'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

@Controller()
class PagesController {
  // tsx does not emit types, so Nest needs @Inject().
  @Inject(Auth) readonly auth!: Auth<Claims>

  /** A page with the user in the header. */
  #page = (title: string, content: pages.Html, claims?: Claims) =>
    pages.layout(title, content, pages.userOf(claims, this.auth.paths.logout))

  @Get()
  async home(@Req() request: IncomingMessage) {
    return this.#page('Welcome', pages.home, await this.auth.getUser(request))
  }

  // #region entra-id external-id ad-fs oidc
  @Get('account')
  @LoginRequired()
  account(@IdentityContext() { claims }: LoginContext) {
    return this.#page('Account', pages.account(claims), claims)
  }
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  @Get('account')
  @LoginRequired()
  async profile(@IdentityContext() { claims }: LoginContext, @Req() request: IncomingMessage) {
    const editUrl = await this.auth.getEditProfileUrl(request)
    return this.#page('Account', pages.account(claims, editUrl), claims)
  }
  // #endregion azure-ad-b2c
  // #region graph

  // If a user has not consented to the scopes, the guard asks for the consent.
  @Get('call_api')
  @LoginRequired({ scopes: ['User.Read'] })
  async callApi(@IdentityContext() { claims, fetch }: TokenContext) {
    const response = await fetch('/me')
    return this.#page('Microsoft Graph', pages.graph(await response.json()), claims)
  }
  // #endregion graph
  // #region entra-id

  // The picture in the header, which shows the initials of users without a picture.
  @Get('photo')
  @LoginRequired({ scopes: ['User.Read'] })
  async photo(@IdentityContext() { fetch }: TokenContext) {
    const photo = await fetch('/me/photo/$value')
    if (!photo.ok) throw new NotFoundException()
    // The type is fixed, so that no response can be a page with a script.
    return new StreamableFile(Buffer.from(await photo.arrayBuffer()), { type: 'image/jpeg' })
  }
  // #endregion entra-id
  // #region oidc

  // Reads the current claims of the user from the provider.
  @Get('user_info')
  @LoginRequired()
  async userInfo(@IdentityContext() { claims, userInfo }: LoginContext) {
    return this.#page('UserInfo', pages.currentClaims(await userInfo()), claims)
  }
  // #endregion oidc

  // Other users see pages.forbidden, with the status 403.
  @Get('admin')
  @LoginRequired({ roles: ['Todos.Admin'] })
  admin(@IdentityContext() { claims }: LoginContext) {
    return this.#page('Administration', pages.admin, claims)
  }
}

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
const options: AuthOptions = {
  pages: { forbidden: ({ loginUrl }) => pages.forbidden(loginUrl, auth.paths.logout) },
  // #region entra-id
  scopes: ['User.Read'],
  // #endregion entra-id
  // #region store
  session: { store },
  // #endregion store
}

// Shows the errors that a guard does not show, for example during an outage.
@Catch(IdentityError)
class ErrorFilter {
  catch = (error: IdentityError, host: ArgumentsHost) =>
    auth.sendResponse(host.getArgByIndex(0), host.getArgByIndex(1), error)
}

@Module({ imports: [IdentityModule.forRoot({ auth: options })], controllers: [PagesController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })

export const auth = app.get(Auth)
app.useGlobalFilters(new ErrorFilter())

export const start = (port: number): Promise<Server> => app.listen(port)
