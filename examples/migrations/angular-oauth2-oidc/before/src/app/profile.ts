import { Component, inject } from '@angular/core'
import { OAuthService } from 'angular-oauth2-oidc'

@Component({
  selector: 'app-profile',
  template: `
    <h1>Profile</h1>
    <p>{{ email }}</p>
  `,
})
export class Profile {
  protected readonly email: string | undefined = inject(OAuthService).getIdentityClaims()['email']
}
