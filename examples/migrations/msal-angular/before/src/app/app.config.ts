import { HTTP_INTERCEPTORS, provideHttpClient, withInterceptorsFromDi } from '@angular/common/http'
import { provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core'
import { provideRouter } from '@angular/router'
import {
  MSAL_GUARD_CONFIG,
  MSAL_INSTANCE,
  MSAL_INTERCEPTOR_CONFIG,
  MsalBroadcastService,
  MsalGuard,
  MsalInterceptor,
  MsalService,
  type MsalGuardConfiguration,
  type MsalInterceptorConfiguration,
} from '@azure/msal-angular'
import {
  BrowserCacheLocation,
  InteractionType,
  PublicClientApplication,
  type IPublicClientApplication,
} from '@azure/msal-browser'
import { environment } from '../environments/environment'
import { routes } from './app.routes'

function msalInstanceFactory(): IPublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: environment.clientId,
      authority: environment.authority,
      knownAuthorities: environment.knownAuthorities,
      redirectUri: '/redirect',
      postLogoutRedirectUri: '/',
    },
    cache: { cacheLocation: BrowserCacheLocation.LocalStorage },
  })
}

function msalGuardConfigFactory(): MsalGuardConfiguration {
  return {
    interactionType: InteractionType.Redirect,
    authRequest: { scopes: environment.graph.scopes },
    loginFailedRoute: '/login-failed',
  }
}

function msalInterceptorConfigFactory(): MsalInterceptorConfiguration {
  return {
    interactionType: InteractionType.Redirect,
    protectedResourceMap: new Map([
      [`${environment.graph.url}/me`, environment.graph.scopes],
      [environment.todos.url, environment.todos.scopes],
    ]),
  }
}

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideHttpClient(withInterceptorsFromDi()),
    { provide: HTTP_INTERCEPTORS, useClass: MsalInterceptor, multi: true },
    { provide: MSAL_INSTANCE, useFactory: msalInstanceFactory },
    { provide: MSAL_GUARD_CONFIG, useFactory: msalGuardConfigFactory },
    { provide: MSAL_INTERCEPTOR_CONFIG, useFactory: msalInterceptorConfigFactory },
    MsalService,
    MsalGuard,
    MsalBroadcastService,
  ],
}
