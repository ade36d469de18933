import { provideHttpClient, withInterceptors } from '@angular/common/http'
import { type ApplicationConfig, provideBrowserGlobalErrorListeners } from '@angular/core'
// #region angular
import { provideClientHydration, withEventReplay } from '@angular/platform-browser'
// #endregion angular
import { provideRouter } from '@angular/router'
import { identityInterceptor, provideIdentity } from 'identity-web/angular'
import { routes } from './app.routes'

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    // #region angular
    provideClientHydration(withEventReplay()),
    // #endregion angular
    provideHttpClient(withInterceptors([identityInterceptor])),
    // If the API requires a sign-in or a consent, the browser goes there at once.
    provideIdentity({ onLoginRequired: 'redirect' }),
  ],
}
