import { provideHttpClient, withInterceptors } from '@angular/common/http'
import { provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core'
import { provideClientHydration, withEventReplay } from '@angular/platform-browser'
import { provideRouter } from '@angular/router'
import { identityInterceptor, provideIdentity } from 'identity-web/angular'
import { routes } from './app.routes'

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideClientHydration(withEventReplay()),
    provideHttpClient(withInterceptors([identityInterceptor])),
    // The path is relative to <base href>.
    provideIdentity({ path: 'session', onLoginRequired: 'redirect' }),
  ],
}
