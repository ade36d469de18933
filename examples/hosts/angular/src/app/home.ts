import { Component } from '@angular/core'
import { RouterLink } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  imports: [RouterLink],
  template: `
    <h1>Welcome</h1>
    @if (session.user(); as user) {
      <p>You are signed in as {{ user.name }}.</p>
    } @else {
      <p>You are not signed in.</p>
    }
    <nav>
      <a routerLink="/account">My account</a>
      @if (session.isSignedIn()) {
        <a [href]="session.logoutUrl()">Sign out</a>
      } @else {
        <button (click)="session.login()">Sign in</button>
      }
    </nav>
  `,
})
export class Home {
  protected readonly session = injectSession()
}
