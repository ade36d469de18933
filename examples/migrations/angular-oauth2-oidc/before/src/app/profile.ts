import { Component, inject, signal } from '@angular/core'
import { OAuthService } from 'angular-oauth2-oidc'

@Component({
  selector: 'app-profile',
  template: `
    <h1>Profile</h1>
    <p>{{ email() }}</p>
  `,
})
export class Profile {
  protected readonly email = signal<string | undefined>(undefined)

  constructor() {
    inject(OAuthService)
      .loadUserProfile()
      .then((profile) => this.email.set((profile as { info: { email?: string } }).info.email))
      .catch(console.error)
  }
}
