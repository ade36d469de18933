import { inject } from '@angular/core'
import type { CanActivateFn } from '@angular/router'
import { OAuthService } from 'angular-oauth2-oidc'

export const signedInGuard: CanActivateFn = (_route, { url }) => {
  const oauth = inject(OAuthService)
  if (oauth.hasValidAccessToken() && oauth.hasValidIdToken()) return true
  oauth.initLoginFlow(url)
  return false
}
