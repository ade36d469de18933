import type {
  // #region azure-ad-b2c
  IncomingMessage,
  // #endregion azure-ad-b2c
  Server,
} from 'node:http'
import {
  Controller,
  Get,
  Inject,
  Module,
  // #region azure-ad-b2c
  Req,
  // #endregion azure-ad-b2c
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  Auth,
  CurrentUser,
  // #region graph oidc
  IdentityContext,
  // #endregion graph oidc
  IdentityModule,
  LoginRequired,
  type Claims,
  // #region oidc
  type LoginContext,
  // #endregion oidc
  // #region graph
  type TokenContext,
  // #endregion graph
} from 'identity-web/nestjs'
import * as pages from './pages.ts'
// #region store
import { store } from './store.ts'
// #endregion store

@Controller()
class PagesController {
  readonly #auth: Auth

  // tsx does not emit the types of parameters, so @Inject() is required.
  constructor(@Inject(Auth) auth: Auth) {
    this.#auth = auth
  }

  @Get()
  home(): string {
    return pages.home()
  }

  // #region entra-id external-id ad-fs oidc
  @Get('account')
  @LoginRequired()
  account(@CurrentUser() user: Claims): string {
    return pages.account(user, this.#auth.paths.logout)
  }
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  @Get('account')
  @LoginRequired()
  async profile(@CurrentUser() user: Claims, @Req() request: IncomingMessage): Promise<string> {
    const editProfile = await this.#auth.getEditProfileUrl(request)
    return pages.account(user, this.#auth.paths.logout, editProfile)
  }
  // #endregion azure-ad-b2c
  // #region graph

  // Users consent to the scopes when they open the page for the first time.
  @Get('call_api')
  @LoginRequired({ scopes: ['User.Read'] })
  async callApi(@IdentityContext() context: TokenContext): Promise<string> {
    const response = await context.fetch('/me')
    return pages.api(response.status, (await response.json()) as object)
  }
  // #endregion graph
  // #region oidc

  // Reads the current claims of the user from the provider.
  @Get('user_info')
  @LoginRequired()
  async userInfo(@IdentityContext() context: LoginContext): Promise<string> {
    return pages.userInfo(await context.userInfo())
  }
  // #endregion oidc
}

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
@Module({
  imports: [
    IdentityModule.forRoot({
      auth: {
        // #region store
        session: { store },
        // #endregion store
      },
    }),
  ],
  controllers: [PagesController],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })

export const auth = app.get(Auth)

export async function start(port: number): Promise<Server> {
  return (await app.listen(port)) as Server
}
