import { Component } from '@angular/core'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-profile',
  template: `
    <h1>Profile</h1>
    <p>{{ session.user()?.email }}</p>
  `,
})
export class Profile {
  protected readonly session = injectSession<{ email: string }>()
}
