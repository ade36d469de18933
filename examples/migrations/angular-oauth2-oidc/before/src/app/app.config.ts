import { provideHttpClient, withInterceptorsFromDi } from '@angular/common/http'
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core'
import { provideRouter, Router } from '@angular/router'
import { OAuthService, provideOAuthClient } from 'angular-oauth2-oidc'
import { routes } from './app.routes'
import { authCodeFlowConfig, todosUrl } from './auth.config'

async function startOAuth(): Promise<void> {
  const oauth = inject(OAuthService)
  const router = inject(Router)
  oauth.configure(authCodeFlowConfig)
  oauth.setupAutomaticSilentRefresh()
  await oauth.loadDiscoveryDocumentAndTryLogin()
  // The guard passed the URL that the user wanted to see.
  if (oauth.state) void router.navigateByUrl(decodeURIComponent(oauth.state))
}

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideHttpClient(withInterceptorsFromDi()),
    provideOAuthClient({ resourceServer: { allowedUrls: [todosUrl], sendAccessToken: true } }),
    provideAppInitializer(startOAuth),
  ],
}
