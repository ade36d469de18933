import { Component } from '@angular/core'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-home',
  template: `
    <h1>Welcome</h1>
    @if (session.user(); as user) {
      <p>You are signed in as {{ user.name }}.</p>
    } @else {
      <p>You are not signed in.</p>
    }
  `,
})
export class Home {
  protected readonly session = injectSession()
}
