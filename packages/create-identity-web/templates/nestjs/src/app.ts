import type { Server } from 'node:http'
import { Controller, Get, Inject, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  Auth,
  CurrentUser,
  // #region api
  IdentityContext,
  // #endregion api
  IdentityModule,
  LoginRequired,
  type Claims,
  // #region api
  type TokenContext,
  // #endregion api
} from 'identity-web/nestjs'
import * as pages from './pages.ts'

@Controller()
class PagesController {
  readonly #auth: Auth

  // tsx does not emit the types of parameters, so @Inject() is required.
  constructor(@Inject(Auth) auth: Auth) {
    this.#auth = auth
  }

  @Get()
  @LoginRequired()
  home(@CurrentUser() user: Claims): string {
    return pages.home(user, this.#auth.logoutPath)
  }
  // #region api

  // Users consent to the scopes when they open the page for the first time.
  @Get('call_api')
  @LoginRequired({ scopes: ['User.Read'] })
  async callApi(@IdentityContext() context: TokenContext): Promise<string> {
    const response = await context.fetch('/me')
    return pages.api(response.status, (await response.json()) as object)
  }
  // #endregion api
}

// The settings are environment variables. `npm run dev` sets those of the development provider, `npm start` those of .env.
@Module({ imports: [IdentityModule.forRoot({ auth: {} })], controllers: [PagesController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })

export const auth = app.get(Auth)

export async function start(port: number): Promise<Server> {
  return (await app.listen(port)) as Server
}
