import { provideHttpClient, withInterceptors } from '@angular/common/http'
import { provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core'
import { provideRouter } from '@angular/router'
import { identityInterceptor, provideIdentity } from 'identity-web/angular'
import { routes } from './app.routes'

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideHttpClient(withInterceptors([identityInterceptor])),
    provideIdentity({ onLoginRequired: 'redirect' }),
  ],
}
